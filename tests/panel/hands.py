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

# closing the window is SystemExit to a script: it can put its things in order; one that will not end is ended
TIDY = "import time\ntry:\n    while True:\n        time.sleep_ms(10)\nfinally:\n    print('tidy')\n"
for clock in ("real", "virtual"):
    check(run(TIDY, "--panel", "--clock=" + clock, script="20 close\n") == "tidy\n", "closed, %s clock" % clock)
out = run("while True:\n    try:\n        while True:\n            pass\n    except BaseException:\n        print('no')\n", "--panel", script="20 close\n")
check(out == "no\n", "a program that does not want to end: %r" % out)
end()
