# SPDX-License-Identifier: MIT
"""What a person does in the window reaches the program: keys, clicks on a button and on a pin; closing ends it."""
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
out = run(BUTTON, "--panel", script="30 down B\n34 up B\n45 press USR\n49 release\n60 click X1\n240 close\n")
check(out == "ready\npressed 1\npressed 0\nX1 rose\n", "button and pin: %r" % out)
end()
