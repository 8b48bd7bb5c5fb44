# A potentiometer on X19 and a bar of four LEDs: turn the slider beside X19 in the panel.
#   micropython --panel --board=pybv11 examples/bar.py
import time
from machine import ADC, Pin

adc = ADC("X19")
bar = [Pin(name, Pin.OUT) for name in ("LED_RED", "LED_GREEN", "LED_YELLOW", "LED_BLUE")]
shown = -1
for _ in range(200):
    lit = (adc.read_u16() * 5) >> 16
    for i, led in enumerate(bar):
        led.value(i < lit)
    if lit != shown:
        shown = lit
        print("*" * lit + "." * (4 - lit))
    time.sleep_ms(20)
