# pyb.ExtInt: edges, masks, software interrupts, lines in use, registers, errors.
import bench
import pyb
from pyb import ExtInt, Pin

net = bench.Net("X1")
net.drive(1)
hits = bytearray(8)


def hit(line):
    hits[line] += 1


e = ExtInt(Pin("X1"), ExtInt.IRQ_FALLING, Pin.PULL_UP, hit)
print(e, e.line())
for level in (0, 1, 0, 1):
    net.drive(level)
    pyb.delay(1)
print(hits[0])
e.disable()
net.drive(0)
net.drive(1)
e.swint()
print(hits[0])
e.enable()
print(hits[0])
e.swint()
print(hits[0])
try:
    ExtInt(Pin("X19"), ExtInt.IRQ_RISING, Pin.PULL_NONE, hit)  # C0: the same line
except ValueError as x:
    print(repr(x))
ExtInt(Pin("X19"), ExtInt.IRQ_RISING, Pin.PULL_NONE, None)  # frees it
c = ExtInt("X19", ExtInt.IRQ_RISING_FALLING, Pin.PULL_NONE, hit)
n19 = bench.Net("X19")
n19.drive(0)
n19.drive(1)
n19.drive(0)
pyb.delay(1)
print(hits[0] >= 5)
net.drive(0)
ExtInt.regs()
c.regs()
# waiting for an event only: no interrupt
hits[2] = 0
v = ExtInt(Pin("X3"), ExtInt.EVT_RISING, Pin.PULL_NONE, hit)
bench.Net("X3").drive(1)
pyb.delay(1)
print(hits[2])
i = ExtInt(22, ExtInt.IRQ_RISING, Pin.PULL_NONE, lambda line: print("line", line))
i.swint()
for bad in (
    lambda: ExtInt(3, ExtInt.IRQ_RISING, Pin.PULL_NONE, hit),
    lambda: ExtInt(23, ExtInt.IRQ_RISING, Pin.PULL_NONE, hit),
    lambda: ExtInt(Pin("X4"), 5, Pin.PULL_NONE, hit),
    lambda: ExtInt(Pin("X4"), ExtInt.IRQ_RISING, 7, hit),
    lambda: ExtInt(Pin("X4"), ExtInt.IRQ_RISING, Pin.PULL_NONE, 7),
    lambda: ExtInt("X99", ExtInt.IRQ_RISING, Pin.PULL_NONE, hit),
    lambda: ExtInt(Pin("X4")),
):
    try:
        bad()
    except (ValueError, TypeError) as x:
        print(repr(x))
