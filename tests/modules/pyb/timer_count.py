# The counter of pyb.Timer follows the clock: up, down, centre-aligned; set and read; frozen by deinit and by a clock that is switched off.
import bench
import pyb
from pyb import Timer

t = Timer(2, prescaler=83, period=0x3FFFFFFF)  # microseconds
t.counter(0)
a = t.counter()
bench.advance_us(1000)
print(1000 <= t.counter() - a <= 1010)
t.counter(5000000)
print(5000000 <= t.counter() <= 5000010)

d = Timer(3, prescaler=8399, period=99, mode=Timer.DOWN)  # 10 kHz
c = Timer(4, prescaler=8399, period=100, mode=Timer.CENTER)
d.counter(99)
c.counter(0)
for _ in range(5):
    bench.advance_us(2950)
    print(d.counter(), c.counter())

# half the clock, half the speed
source = t.source_freq()
pyb.freq(84000000)
print(source, t.source_freq(), pyb.freq())
t.counter(0)
bench.advance_us(1000)
print(490 <= t.counter() <= 510)
pyb.freq(168000000)
t.deinit()
print(t.counter())
