# pyb.UART: one character in and out by number; -1 when none comes.
import bench
import pyb

u = pyb.UART("XA", 9600, timeout=5)
print(u.readchar())
bench.uart("XA", b"\x00A\xff")
pyb.delay(5)
print(u.readchar(), u.readchar(), u.readchar(), u.readchar(), u.any())
print(u.writechar(0x41), u.writechar(0x1FF))
for wrong in (None, "A"):
    try:
        u.writechar(wrong)
    except TypeError as e:
        print(e)
