# pyb.LED: on, off, toggle, intensity; what reaches the pin.
import bench
import pyb
from pyb import LED

nets = [bench.Net(n) for n in ("LED_RED", "LED_GREEN", "LED_YELLOW", "LED_BLUE")]


def duties():
    before = [n.high_us() for n in nets]
    bench.advance_ms(51)
    return [round((n.high_us() - b) / 510) for n, b in zip(nets, before)]


leds = [LED(i) for i in range(1, 5)]
print(leds, LED(1) is leds[0], duties())
for l in leds:
    l.on()
print(duties(), [l.intensity() for l in leds])
for l in leds:
    l.toggle()
print(duties(), [l.intensity() for l in leds])
for l in leds:
    l.intensity(128)
print(duties(), [l.intensity() for l in leds])
leds[2].toggle()
leds[3].intensity(255)
print(duties(), [l.intensity() for l in leds])
print(pyb.Timer(3).freq() > 1000)  # LED(4) has used it
for bad in (lambda: LED(0), lambda: LED(5), lambda: LED("X"), lambda: LED()):
    try:
        bad()
    except (ValueError, TypeError) as e:
        print(repr(e))
