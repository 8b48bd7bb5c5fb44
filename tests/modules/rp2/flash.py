# rp2.Flash: blocks, both protocols, erase and program as flash has them, what is refused
from rp2 import Flash
import time

f = Flash()
print(f is Flash(), f.ioctl(1, 0), f.ioctl(4, 0), f.ioctl(5, 0), f.ioctl(3, 0), f.ioctl(2, 0), f.ioctl(99, 0))
buf = bytearray(4096)
print(f.readblocks(0, buf), set(buf))
print(f.writeblocks(1, bytes(range(256)) * 16), f.readblocks(1, buf), buf[:3], buf[-3:])
part = bytearray(6)
print(f.readblocks(1, part, 254), part)
print(f.writeblocks(1, b"\xf0\x0f", 1), f.readblocks(1, part, 0), part, "programming only clears bits")
start = time.ticks_us()
print(f.ioctl(6, 1), time.ticks_diff(time.ticks_us(), start) // 1000, "ms", f.readblocks(1, part, 0), part)
print(f.writeblocks(2, b"abc", 4090), f.writeblocks(2, b"0123456789", 4093), f.readblocks(2, part, 4090), part)
print(f.readblocks(3, part, 0), part, "goes on in the next block")
for bad in ((352, buf), (351, buf, 1), (-1, buf), (0, buf, -1)):
    print(f.readblocks(*bad), f.writeblocks(*bad))
print(f.ioctl(6, 352), f.ioctl(6, -1))
try:
    f.readblocks(0, b"read only")
except TypeError as e:
    print(e)
