# SPDX-License-Identifier: MIT
"""Pause, a step of a millisecond, on to the next collection, speed; the heap's blocks are named with the line that made them, by mouse and
by keys; a pin that was read while nothing drives it is marked; a panel that is missing, and a display."""
import os
import shutil
import subprocess
from _panel import BUILD, FOLDER, check, end, picture, run

SMALL = ("--panel-size=640x420",)
COLLECTS = """
import gc, machine, time
button, n = machine.Pin("SW", machine.Pin.IN, machine.Pin.PULL_UP), 0
while button.value():
    time.sleep_ms(1)
while True:
    gc.collect()
    n += 1
    print(n)
"""
for clock in ("real", "virtual"):
    out = run(COLLECTS, "--panel", "--clock=" + clock, *SMALL, script="20 down C\n30 press USR\n40 release\n60 down C\n80 down C\n100 close\n")
    check(out in ("1\n2\n", "1\n2\n3\n"), "from collection to collection, %s clock: %r" % (clock, out))

STEPS = """
import machine, time
button, n = machine.Pin("SW", machine.Pin.IN, machine.Pin.PULL_UP), 0
while True:
    time.sleep_ms(1)
    if not button.value():
        n += 1
        print(n)
"""
out = run(STEPS, "--panel", "--clock=virtual", *SMALL, script="20 down Space\n30 down B\n40 down N\n50 down N\n60 down N\n80 close\n")
check(out in ("1\n2\n", "1\n2\n3\n"), "steps of a millisecond: %r" % out)

FAST = "import time\nt = time.ticks_ms()\nwhile True:\n    time.sleep_ms(100)\n    print(time.ticks_diff(time.ticks_ms(), t))\n"
slow, fast = (int(run(FAST, "--panel", "--clock=virtual", *SMALL, script=keys + "90 close\n").split()[-1])
              for keys in ("", "".join("%d down +\n" % (i + 20) for i in range(4))))
check(fast > 4 * slow, "speed: %d ms, faster: %d ms" % (slow, fast))

HEAP = """
import time
def make():
    return bytearray(3000)
kept = make()
time.sleep(60)
"""
hands = "30 hover heap 0.5 0.5\n80 tell\n82 close\n"
out = run(HEAP, "--panel", "--trace-heap", "-X", "heapsize=4k", "--panel-views=heap", *SMALL, script=hands)
check("program.py:4" in run.errors, "the line that made a block: %r" % run.errors)
keys = "".join("%d down shift+Tab\n%d up Tab\n" % (20, 20)) + "24 down Down\n28 down Right\n60 tell\n62 down Down\n100 tell\n102 close\n"
run(HEAP, "--panel", "--panel-views=heap", *SMALL, script=keys)
named = [line for line in run.errors.split("\n") if line.startswith("0x2000")]
check(len(named) == 2 and named[0] != named[1], "by keys: %r" % run.errors)

run("import time\nfrom machine import Pin\npin = Pin('X6', Pin.IN)\ntime.sleep_ms(50)\npin.value()\ntime.sleep_ms(50)\n", "--clock=virtual",
    "--panel-size=640x480", "--panel-views=board", "--screenshot=before.png@40ms", "--screenshot=floats.png@90ms")
before, floats = (sum(r > 170 and g > 160 and b < 110 for row in picture(name)[2][60:440] for r, g, b in row) for name in ("before.png", "floats.png"))
check(floats > before + 30, "a floating read is marked: %d, %d" % (before, floats))

# without the panel's program
shutil.copy(os.path.join(BUILD, "micropython"), FOLDER)
for option in ("--panel", "--screenshot=x.png"):
    p = subprocess.run([os.path.join(FOLDER, "micropython"), option, "-c", "print(1)"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                       stderr=subprocess.PIPE, text=True)
    check(p.returncode == 2 and p.stdout == "" and "install libsdl2-dev" in p.stderr, "%s: %r" % (option, p.stderr))
check(run("print(1)", "--panel", *SMALL, script="20 shot off.png\n30 close\n", env={"SDL_VIDEODRIVER": "offscreen"}) == "1\n", "off screen")
check(os.path.exists(os.path.join(FOLDER, "off.png")), "off screen: a picture")
end()
