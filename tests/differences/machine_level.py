# A level trigger whose level lasts: on a chip with such triggers the handler is called again at once, and the main program stands still.
# Here it is called every 10 us.
import time
from machine import Pin

count = bytearray(1)


def low(pin):
    count[0] += 1


p = Pin(4, Pin.OUT, value=0)
p.irq(low, Pin.IRQ_LOW_LEVEL, hard=True)
time.sleep_us(95)
p.irq(None)
print(count[0])
