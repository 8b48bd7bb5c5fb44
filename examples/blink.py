# Blinks the board's first LED. Try:  ./dev run --panel --board=pybv11 examples/blink.py
import sys
import time
from machine import Pin

led = Pin({"pyboard": "LED_RED", "rp2": "LED"}.get(sys.platform, 25), Pin.OUT)
for i in range(20):
    led.toggle()
    print("on" if led.value() else "off")
    time.sleep_ms(250)
