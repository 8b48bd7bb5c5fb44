# SPDX-License-Identifier: MIT
"""Neither end hurts the other: the panel dies and the program goes on; the window is closed in detached mode and the program goes on."""
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
p = subprocess.Popen([PROGRAM, "--board=pybv11", "--panel", path], env=env, stdout=subprocess.PIPE, text=True)
time.sleep(0.4)
with open("/proc/%d/task/%d/children" % (p.pid, p.pid)) as f:
    children = f.read().split()
check(len(children) == 1, "one panel: %s" % children)
for child in children:
    os.kill(int(child), signal.SIGKILL)
check(p.communicate(timeout=30)[0] == "whole\n" and p.returncode == 0, "the panel died")
end()
