# An LED that breathes: PWM with a duty that follows a parabola. The panel shows it as bright as an eye would see it.
#   micropython --panel --board=pybv11 examples/fade.py
import time
from machine import PWM, Pin

names = dir(Pin.board) if hasattr(Pin, "board") else ()
pwm = PWM(Pin("LED_BLUE" if "LED_BLUE" in names else 25), freq=1000, duty_u16=0)
for breath in range(2):
    for i in range(-32, 33):
        pwm.duty_u16((32 * 32 - i * i) * 63)
        time.sleep_ms(20)
pwm.deinit()
print("two breaths")
