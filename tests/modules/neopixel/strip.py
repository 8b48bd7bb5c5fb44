# neopixel: pixels, order of the colours, what goes over the wire.
import time
import neopixel
from machine import Counter, Pin

wire = Counter(0, Pin(8))
n = neopixel.NeoPixel(Pin(8), 3)
print(len(n), n[0], n.bpp, n.buf)
n[0] = (1, 2, 3)
n[-1] = (255, 0, 128)
print(n[0], n[1], n[2], n.buf)
start = time.ticks_us()
n.write()
took = time.ticks_diff(time.ticks_us(), start)
print(wire.value(0), took // 10)  # 72 bits of 1.25 us
n.fill((9, 8, 7))
print(n.buf)
w = neopixel.NeoPixel(Pin(8), 2, bpp=4, timing=0)
w[1] = (1, 2, 3, 4)
w.write()
print(w[1], w.buf, wire.value(0), w.timing)
t = neopixel.NeoPixel(Pin(8), 1, timing=(1000, 1000, 2000, 2000))
start = time.ticks_us()
t.write()
print(time.ticks_diff(time.ticks_us(), start) // 10)
for index in (3, -4):
    try:
        n[index]
    except IndexError as e:
        print(e)
