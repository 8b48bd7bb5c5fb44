# Output compare, input capture and encoders.
import bench
import pyb
from pyb import Pin, Timer

net = bench.Net("X1")
t = Timer(5, prescaler=83, period=999)
times = []
for mode in ("OC_TIMING", "OC_ACTIVE", "OC_INACTIVE", "OC_TOGGLE", "OC_FORCED_ACTIVE", "OC_FORCED_INACTIVE"):
    ch = t.channel(1, getattr(Timer, mode), pin=Pin.board.X1, compare=300)
    edges = net.edges()
    bench.advance_us(2500)
    print(ch, ch.compare(), net.level() if mode != "OC_TIMING" else net.floating(), net.edges() - edges)
ch = t.channel(1, Timer.OC_FORCED_ACTIVE, pin=Pin.board.X1, polarity=Timer.LOW)
print(net.level())

# a callback at the compare value, given the timer
count = 0
at = 0


def reached(timer):
    global count, at
    count += timer is t
    at = timer.counter()


t.counter(0)
ch = t.channel(2, Timer.OC_TIMING, compare=700, callback=reached)
pyb.delay(5)
print(count, 700 <= at < 720)
ch.callback(None)
pyb.delay(5)
print(count)
t.deinit()

# capture: one net drives, the timer notes when
t = Timer(2, prescaler=83, period=0x3FFFFFFF)
rise = t.channel(1, Timer.IC, pin=Pin.board.X1)
net.drive(0)
t.counter(0)
base = t.counter()
bench.advance_us(300)
net.drive(1)
bench.advance_us(100)
net.drive(0)
print(abs(rise.capture() - base - 300) < 30)
both = t.channel(1, Timer.IC, pin=Pin.board.X1, polarity=Timer.BOTH, callback=reached)
count = 0
for level in (1, 0, 1, 0):
    net.drive(level)
    pyb.udelay(50)
print(both, count)
t.deinit()

# a quadrature encoder on X1 and X2
b = bench.Net("X2")
net.drive(0)
b.drive(0)
Pin("X1", Pin.ALT, alt=Pin.AF1_TIM2)
Pin("X2", Pin.ALT, alt=Pin.AF1_TIM2)
for mode, name in ((Timer.ENC_AB, "AB"), (Timer.ENC_A, "A"), (Timer.ENC_B, "B")):
    t = Timer(2, prescaler=0, period=0xFFFF)
    e = t.channel(1, mode)
    for _ in range(5):
        for x, y in ((1, 0), (1, 1), (0, 1), (0, 0)):
            net.drive(x)
            b.drive(y)
    there = t.counter()
    for _ in range(5):
        for x, y in ((0, 1), (1, 1), (1, 0), (0, 0)):
            net.drive(x)
            b.drive(y)
    print(name, e, there, t.counter())
    t.deinit()
