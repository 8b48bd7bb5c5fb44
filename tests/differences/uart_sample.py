# Board: the receiver takes three samples around the middle of a bit and believes two of them, so it reads 0xff here and nothing notices the
# spike of 20 us in a bit of 833 us. Here: one sample in the middle, which meets the spike.
import bench
from machine import UART

line = bench.Net("X2")
line.drive(1)
u = UART(4, 1200, timeout=30)
start = bench.now_us()


def at(us, level):
    bench.advance_us(start + us - bench.now_us())
    line.drive(level)


at(1000, 0)  # start bit
at(1833, 1)
at(1000 + 2073, 0)  # the middle of bit 1 is at 2083
at(1000 + 2093, 1)
print(u.read(1))
