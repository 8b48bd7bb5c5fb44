# SPDX-License-Identifier: MIT
"""The examples of the panel do what their first lines say, on a board under the virtual clock; each leaves a picture of itself.

usage to make the pictures of docs/panel/ anew (look at them): tests/panel/examples.py TOP BUILD --update
"""
import json
import os
import shutil
import subprocess
import sys
from _panel import FOLDER, PROGRAM, TOP, check, end, picture_size

BAR = os.path.join(TOP, "examples", "bar.json")
PRESSES = "".join("%dms press USR\n+50ms release USR\n" % ms for ms in (100, 300, 500, 700, 900))
# name: what else the command line says, what hands do, what is printed, when the picture is taken
EXAMPLES = {
    "blink": (("--panel-span=2s",), "", "on\noff\n" * 10, "2600ms"),
    "button": (("--panel-span=500ms",), PRESSES, "".join("pressed %d times, LED %s\n" % (i, "on" if i % 2 else "off") for i in range(1, 5)) + "that is enough\n",
               "530ms"),
    "bar": (("--board", BAR), "100ms turn POT 0.3\n1s turn POT 0.6\n2s turn POT 0.97\n3s turn POT 0.02\n",
            "........\n**......\n*****...\n********\n........\n", "2200ms"),
    "fade": (("--panel-span=20ms",), "", "two breaths\n", "550ms"),
    "uart": (("--wire=X1=X2", "--panel-span=12ms", "--panel-decode=X1:uart"), "", "b'Hello'\nb'from'\nb'the wire'\n", "82ms"),
    "two_timers": (("--panel-span=2s",), "", "".join("red %d green %d\n" % (2 * s, 5 * s) for s in range(1, 5)), "3650ms"),
    "traffic_light": (("--panel-span=6s",), "", "stop\nready\ngo\nslow down\n" * 2, "8s"),
}
for name, (words, stimulus, expected, time) in EXAMPLES.items():
    with open(os.path.join(FOLDER, "stimulus"), "w") as f:
        f.write(stimulus)
    p = subprocess.run([PROGRAM, "--board=pybv11", "--clock=virtual", "--stimulus=stimulus", *words, "--screenshot=%s.png@%s" % (name, time),
                        os.path.join(TOP, "examples", name + ".py")], cwd=FOLDER, stdout=subprocess.PIPE, text=True, timeout=60)
    check(p.stdout == expected, "%s: %r" % (name, p.stdout))
    check(picture_size(name + ".png") == (1280, 800), "%s: its picture" % name)

p = subprocess.run([PROGRAM, "--board=pybv11", "--clock=virtual", "--trace-heap", "--screenshot=fragmentation.png@850ms",
                    os.path.join(TOP, "examples", "fragmentation_cure.py")], cwd=FOLDER, stdout=subprocess.PIPE, text=True, timeout=60)
words = [line.split() for line in p.stdout.splitlines()]
check([w[0] for w in words] == ["broken_up", "cured"] and int(words[0][6]) * 3 < int(words[1][6]), "fragmentation: %r" % p.stdout)

# the board of the bar is the pyboard with parts
boards = []
for path in (os.path.join(TOP, "emu", "boards", "pybv11.json"), BAR):
    with open(path) as f:
        boards.append(json.load(f))
both = [{k: v for k, v in b.items() if k not in ("name", "title", "parts")} for b in boards]
check(both[0] == both[1] and boards[1]["parts"][:len(boards[0]["parts"])] == boards[0]["parts"], "bar.json is the pyboard")
if sys.argv[3:] == ["--update"]:
    for name in (*EXAMPLES, "fragmentation"):
        shutil.copy(os.path.join(FOLDER, name + ".png"), os.path.join(TOP, "docs", "panel"))
end()
