# Board: a handler that watches SCL and pulls SDA low in time for the ninth clock acknowledges, so that scan() finds every address.
# Here: a controller asks devices and target units for their bits, not pins that are driven by a program.
import machine
from machine import I2C, Pin

scl, sda = Pin("X1"), Pin("X2", Pin.OPEN_DRAIN, value=1)


def falls(pin):
    global n
    n += 1
    sda.value(n % 10 != 9)


n = 0
scl.irq(falls, Pin.IRQ_FALLING, hard=True)
print(I2C("X", freq=10000).scan())
