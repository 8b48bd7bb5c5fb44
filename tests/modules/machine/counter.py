# machine.Counter: edges, direction, range and cycles, filter, index and reset inputs, match, interrupts.
import time
from machine import Counter, Pin

src = Pin(4, Pin.OUT, value=0)
home = Pin(5, Pin.OUT, value=0)
way = Pin(6, Pin.OUT, value=0)


def pulses(n, pin=src):
    for i in range(n):
        pin(1), pin(0)


c = Counter(0, src)
print(c, c is Counter(0))
pulses(5)
print(c.value(), c.value(100), c.value())
c.init(src, edge=Counter.FALLING, direction=Counter.DOWN)
pulses(3)
src(1)
print(c.value())
src(0)
print(c.value(), c.value(-(2**40)), c.value())
c.init(src, direction=way)
pulses(4)
way(1)
pulses(1)
print("way", c.value())

seen = []
c = Counter(1, src, min=10, max=12, index=home, match=11)
irq = c.irq(lambda x: seen.append((x is c, irq.flags(), x.value())), 31)
print(irq.trigger(), c.irq() is irq)
for i in range(5):
    pulses(1)
    time.sleep_ms(1)
    print(c.value(), c.cycles(), seen)
    seen.clear()
irq.trigger(31)
time.sleep_ms(1)
pulses(1, home)
time.sleep_ms(1)
print(c.value(), c.cycles(-7), c.cycles(), seen)
c.irq(None)
c.init(src, direction=Counter.DOWN, min=-1, max=1, reset=home)
for i in range(4):
    pulses(1)
    print(c.value(), c.cycles())
pulses(1, home)
print(c.value(), c.cycles())

shown = Pin(7)
c.init(src, match=2, match_pin=shown)
print([(pulses(1), shown())[1] for i in range(4)])
c.init(src, filter_ns=1000000)
src(1), src(0), src(1)
time.sleep_ms(2)
src(0)
time.sleep_ms(2)
print(c.value())
c.deinit()
pulses(3)
print(c.value())
for args, kw in (((9,), {}), ((-1, src), {}), ((0, "nowhere"), {}), ((0, src), {"min": 5, "max": 1}), ((0, src), {"filter_ns": -1}), ((0,), {"edge": 1})):
    try:
        Counter(*args, **kw)
        print("no error")
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
