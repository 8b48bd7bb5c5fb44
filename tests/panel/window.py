# SPDX-License-Identifier: MIT
"""A real window, on an X server without a screen: a click on the button reaches the program, closing ends it."""
import os
import shutil
import subprocess
import sys
import time
from _panel import check, end, run

if not shutil.which("Xvfb"):
    print("Xvfb is not installed")
    sys.exit(77)
SOURCE = """
import machine, time
button = machine.Pin("SW", machine.Pin.IN, machine.Pin.PULL_UP)
button.irq(lambda p: print("pressed"), machine.Pin.IRQ_FALLING)
while True:
    time.sleep_ms(10)
"""
reading, writing = os.pipe()
server = subprocess.Popen(["Xvfb", "-displayfd", str(writing), "-screen", "0", "1400x900x24", "-nolisten", "tcp"], pass_fds=[writing],
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
os.close(writing)
display = os.read(reading, 20).decode().strip()
if not display:
    print("Xvfb does not start here")
    sys.exit(77)
try:
    out = run(SOURCE, "--panel", script="40 press USR\n44 release\n60 close\n", env={"SDL_VIDEODRIVER": "x11", "DISPLAY": ":" + display})
    check(out == "pressed\n", "a click in a real window: %r" % out)
finally:
    server.terminate()
end()
