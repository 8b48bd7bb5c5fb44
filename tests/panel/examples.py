# SPDX-License-Identifier: MIT
"""The examples of the panel do what their first lines say, on a board under the virtual clock; each leaves a picture of itself."""
import os
import subprocess
from _panel import FOLDER, PROGRAM, TOP, check, end, picture_size

PRESSES = "100ms press USR\n+50ms release USR\n" * 1 + "".join("+200ms press USR\n+50ms release USR\n" for _ in range(4))
EXAMPLES = {
    "blink": ("", "on\noff\n" * 10),
    "button": (PRESSES, "".join("pressed %d times, LED %s\n" % (i, "on" if i % 2 else "off") for i in range(1, 5)) + "that is enough\n"),
    "bar": ("100ms X19 = 1.0V\n1s X19 = 2.0V\n2s X19 = 3.2V\n3s X19 = 0.1V\n", "....\n*...\n***.\n****\n....\n"),
    "fade": ("", "two breaths\n"),
    "uart": ("", "b'Hello'\nb'from'\nb'the wire'\n"),
    "two_timers": ("", "".join("red %d green %d\n" % (2 * s, 5 * s) for s in range(1, 5))),
    "traffic_light": ("", "stop\nready\ngo\nslow down\n" * 2),
}
for name, (stimulus, expected) in EXAMPLES.items():
    with open(os.path.join(FOLDER, "stimulus"), "w") as f:
        f.write(stimulus)
    p = subprocess.run([PROGRAM, "--board=pybv11", "--clock=virtual", "--stimulus=stimulus", "--wire=X1=X2", "--screenshot=" + name + ".png",
                        os.path.join(TOP, "examples", name + ".py")], cwd=FOLDER, stdout=subprocess.PIPE, text=True, timeout=60)
    check(p.stdout == expected, "%s: %r" % (name, p.stdout))
    check(picture_size(name + ".png") == (1280, 800), "%s: its picture" % name)

p = subprocess.run([PROGRAM, "--board=pybv11", "--clock=virtual", os.path.join(TOP, "examples", "fragmentation_cure.py")], stdout=subprocess.PIPE,
                   text=True, timeout=60)
words = [line.split() for line in p.stdout.splitlines()]
check([w[0] for w in words] == ["broken_up", "cured"] and int(words[0][6]) * 3 < int(words[1][6]), "fragmentation: %r" % p.stdout)
end()
