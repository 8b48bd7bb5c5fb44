# SPDX-License-Identifier: MIT
"""What a person does in the window reaches the program: keys, clicks on a button, on a pin, on the slider of an analogue input; closing ends it."""
from _panel import check, end, run

BUTTON = """
import machine, time
led = machine.Pin("LED_RED", machine.Pin.OUT)
button = machine.Pin("SW", machine.Pin.IN, machine.Pin.PULL_UP)
button.irq(lambda p: (led.toggle(), print("pressed", led.value())), machine.Pin.IRQ_FALLING)
pin = machine.Pin("X1", machine.Pin.IN, machine.Pin.PULL_DOWN)
pin.irq(lambda p: print("X1 rose"), machine.Pin.IRQ_RISING)
print("ready")
while True:
    time.sleep_ms(10)
"""
out = run(BUTTON, "--panel", script="30 down B\n34 up B\n45 press USR\n49 release\n60 click X1\n75 close\n")
check(out == "ready\npressed 1\npressed 0\nX1 rose\n", "button and pin: %r" % out)

SLIDER = """
import machine, time
adc = machine.ADC("X19")
last = 0
while True:
    now = adc.read_u16()
    if abs(now - last) > 8000:
        print("above half" if now > 40000 else "about half" if now > 25000 else "low")
        last = now
    time.sleep_ms(10)
"""
out = run(SLIDER, "--panel", script="40 slide X19 0.5\n60 slide X19 0.9\n80 slide X19 0.05\n100 close\n")
check(out.split("\n")[-4:] == ["about half", "above half", "low", ""], "slider: %r" % out)
end()
