# A button that interrupts: each press toggles the blue LED. Press it in the panel (key b), or run with --stimulus.
#   micropython --panel --board=pybv11 examples/button.py
import time
from machine import Pin

led = Pin("LED_BLUE", Pin.OUT)
button = Pin("SW", Pin.IN, Pin.PULL_UP)
presses = 0


def pressed(pin):
    global presses
    presses += 1
    led.toggle()


button.irq(pressed, Pin.IRQ_FALLING)
seen = 0
while presses < 5:
    if presses != seen:
        seen = presses
        print("pressed", seen, "times, LED", "on" if led.value() else "off")
    time.sleep_ms(10)
print("that is enough")
