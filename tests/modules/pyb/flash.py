# pyb.Flash: the disk with its partition table, parts of the window, both protocols, what is kept back and what is written when
from pyb import Flash
import pyb
import time

disk, f = Flash(), Flash(start=0)
print(disk.ioctl(4, 0), disk.ioctl(5, 0), f, f.ioctl(4, 0), f.ioctl(5, 0), f.ioctl(1, 0), f.ioctl(6, 3), f.ioctl(99, 0))
block = bytearray(512)
print(disk.readblocks(0, block), block[446:462], block[510:], disk.readblocks(1, block), max(block))
for i in range(512):
    block[i] = i & 255
print(f.writeblocks(2, block), disk.readblocks(0x102, block), block[:3], block[-3:])
part = bytearray(6)
print(f.writeblocks(2, b"xyz", 511), f.readblocks(2, part, 509), part)
tail = Flash(start=1024, len=1024)
print(tail, tail.readblocks(0, part, 1), part, tail.ioctl(4, 0))
print(f.readblocks(224, block), f.readblocks(223, block, 1), tail.writeblocks(2, block), disk.readblocks(480, block), disk.readblocks(479, block))


def took(g):
    start = time.ticks_us()
    g()
    return time.ticks_diff(time.ticks_us(), start) // 1000


print("sync:", took(lambda: f.ioctl(3, 0)), "ms for pages only,", took(lambda: f.ioctl(3, 0)), "when there is nothing")
f.writeblocks(2, bytes(512))
f.writeblocks(2, b"\xff" * 512)
print("back to erased:", took(pyb.sync))
f.writeblocks(0, bytes(512))
print("another sector:", took(lambda: f.writeblocks(40, block)))
for bad in ({"start": 100}, {"start": 0, "len": 100}, {"start": 114688}, {"len": 0}, {"start": -5}, {"start": 512, "len": 114688}):
    try:
        print(Flash(**bad))
    except ValueError as e:
        print(bad, repr(e))
