# SPDX-License-Identifier: MIT
"""Neither end hurts the other: the panel dies and the program goes on; the window is closed in detached mode and the program goes on; a
window that stays does not keep the pipe open that the program wrote to."""
import signal
import subprocess
import time
import os
from _panel import PROGRAM, FOLDER, check, end, run

SOURCE = "import time\nfor i in range(60):\n    time.sleep_ms(20)\nprint('whole')\n"
out = run(SOURCE, "--panel=detach", script="10 close\n")
check(out == "whole\n", "detached: %r" % out)

path = os.path.join(FOLDER, "program.py")
env = dict(os.environ, SDL_VIDEODRIVER="dummy")


def panel_of(p):
    """Waits until the program has its panel, and gives the panel's process."""
    for _ in range(500):
        with open("/proc/%d/task/%d/children" % (p.pid, p.pid)) as f:
            children = f.read().split()
        if children:
            break
        time.sleep(0.01)
    check(len(children) == 1, "one panel: %s" % children)
    return int(children[0])


p = subprocess.Popen([PROGRAM, "--board=pybv11", "--panel", path], env=env, stdout=subprocess.PIPE, text=True)
time.sleep(0.4)
os.kill(panel_of(p), signal.SIGKILL)
check(p.communicate(timeout=30)[0] == "whole\n" and p.returncode == 0, "the panel died")

p = subprocess.Popen([PROGRAM, "--board=pybv11", "--panel", path], env=env, stdout=subprocess.PIPE, text=True)
panel = panel_of(p)
try:
    check(p.stdout.readline() == "whole\n", "the program's end")
    p.kill()  # the board lives on as long as its window
    check(p.communicate(timeout=30)[0] == "", "the pipe ends with the program")
finally:
    os.kill(panel, signal.SIGKILL)
end()
