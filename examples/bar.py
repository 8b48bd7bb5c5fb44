# A potentiometer on X19 and a bar of eight LEDs on Y1 to Y8: turn the knob in the panel, by dragging or with the wheel.
#   micropython --panel --board=examples/bar.json examples/bar.py
# With --board=pybv11 there is a slider beside X19 instead of the knob, and pins instead of LEDs.
import time
from machine import ADC, Pin

adc = ADC("X19")
bar = [Pin("Y%d" % i, Pin.OUT) for i in range(1, 9)]
shown = -1
for _ in range(200):
    lit = (adc.read_u16() * 9) >> 16
    for i, led in enumerate(bar):
        led.value(i < lit)
    if lit != shown:
        shown = lit
        print("*" * lit + "." * (8 - lit))
    time.sleep_ms(20)
