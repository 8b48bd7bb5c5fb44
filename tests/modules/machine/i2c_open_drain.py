# I2C's lines are open drain: what else pulls SDA low in the middle of a byte makes it low, and that is no short (--strict would say so)
import bench
from machine import I2C, Pin, SoftI2C

line, scl, sda = bench.Net("X10"), Pin("X1"), Pin("X2", Pin.OPEN_DRAIN, value=1)
seen = []


def falls(pin):
    global n
    n += 1
    if n % 10 == 5:
        sda.value(0)
        seen.append(line.level())
    elif n % 10 == 7:
        sda.value(1)
        seen.append(line.level())


scl.irq(falls, Pin.IRQ_FALLING)
for bus in (I2C("X", freq=10000), SoftI2C("X9", "X10", freq=10000)):
    n = 0
    try:
        bus.writeto(0x7F, b"")
    except OSError as e:
        print(e, n, seen, line.shorted())
    seen.clear()
