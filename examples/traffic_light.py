# A traffic light on the LEDs of the pyboard: red, red and yellow, green, yellow.
#   micropython --panel --board=pybv11 examples/traffic_light.py
import time
from machine import Pin

red, yellow, green = (Pin(name, Pin.OUT) for name in ("LED_RED", "LED_YELLOW", "LED_GREEN"))
PHASES = (
    ("stop", 1, 0, 0, 2000),
    ("ready", 1, 1, 0, 700),
    ("go", 0, 0, 1, 2000),
    ("slow down", 0, 1, 0, 700),
)
for _ in range(2):
    for name, r, y, g, ms in PHASES:
        print(name)
        red.value(r)
        yellow.value(y)
        green.value(g)
        time.sleep_ms(ms)
