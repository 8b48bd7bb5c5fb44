# Pin.irq(): triggers, soft and hard handlers, flags, the callback object, exceptions, levels.
import time
from machine import Pin

seen = []
p = Pin(4, Pin.OUT, value=0)
irq = p.irq(lambda pin: seen.append((pin is p, pin(), irq.flags())))
p(1), p(1), p(0)
time.sleep_ms(1)
print(seen, irq.flags(), irq.trigger() == Pin.IRQ_FALLING | Pin.IRQ_RISING)
seen.clear()
irq.trigger(Pin.IRQ_FALLING)
p(1), p(0), p(1)
time.sleep_ms(1)
print(seen, p.irq() is irq)
irq()
print(len(seen))

count = bytearray(2)


def hard(pin):
    count[pin.value()] += 1


p.irq(hard, hard=True)
for i in range(10):
    p.toggle()
print(count)  # each edge was taken before the next line


def bad(pin):
    [pin]


p.irq(handler=bad, trigger=Pin.IRQ_RISING, hard=True)
p(0), p(1)
print("still here", p(0), p(1))

levels = []


def low(pin):
    levels.append(pin())
    if len(levels) == 3:
        pin(1)


p.irq(low, Pin.IRQ_LOW_LEVEL)
p(0)
time.sleep_ms(5)
print(levels)
p.irq(None)
p(0), p(1)
time.sleep_ms(1)
print(levels)
for wrong in (dict(trigger=16), dict(handler=3), dict(priority=99)):
    try:
        p.irq(**wrong)
    except ValueError as e:
        print(e)
