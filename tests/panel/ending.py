# SPDX-License-Identifier: MIT
"""When the program has ended the window says how (status, signal, killed), takes next to no processor time, and closes on request; a paused
program costs nothing either. Where nobody could close it, a window ends with its program's process."""
import os
import signal
import subprocess
import time
from _panel import FOLDER, PROGRAM, check, end, picture

HZ = os.sysconf("SC_CLK_TCK")
SMALL = ("--panel", "--panel-views=console", "--panel-size=700x400")


def start(source, hands=None, words=("--board=pybv11", *SMALL, "-c")):
    env = dict(os.environ, SDL_VIDEODRIVER="dummy")
    if hands:
        start.scripts += 1
        env["BREADBOARD_PANEL_SCRIPT"] = os.path.join(FOLDER, "hands%d" % start.scripts)
        with open(env["BREADBOARD_PANEL_SCRIPT"], "w") as f:
            f.write(hands)
    return subprocess.Popen([PROGRAM, *words, source], cwd=FOLDER, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                            stderr=subprocess.DEVNULL, text=True)


start.scripts = 0


def panel_of(p):
    for _ in range(100):
        with open("/proc/%d/task/%d/children" % (p.pid, p.pid)) as f:
            children = f.read().split()
        if children:
            return int(children[0])
        time.sleep(0.02)


def share(pid, seconds=1.5):
    """Of the processor that a process takes, in per cent."""
    def used():
        with open("/proc/%d/stat" % pid) as f:
            fields = f.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / HZ
    before = used()
    time.sleep(seconds)
    return (used() - before) / seconds * 100


def gone(pid, seconds=3):
    for _ in range(int(seconds * 50)):
        if not os.path.exists("/proc/%d" % pid):
            return True
        time.sleep(0.02)
    return False


def words(name):
    """Where the bar says how the program is, and whether it does so in the colour of what is out of order."""
    rows = [row[200:510] for row in picture(name)[2][8:38]]
    return rows, sum(r > 200 and 120 < g < 190 and b < 90 for row in rows for r, g, b in row) > 20


# the program is over, its process waits with the window: nothing is drawn
p = start("print('over')")
panel = panel_of(p)
time.sleep(1.2)
check(p.poll() is None and share(panel) < 3, "idle when the program is over")
check(share(p.pid) < 2, "the program that is over")
p.send_signal(signal.SIGINT) # Ctrl-C in the terminal: nobody looks any more
check(p.wait(timeout=10) == 0 and gone(panel), "Ctrl-C closes the window")

p = start("import time\ntime.sleep(60)", "30 down Space\n")
panel = panel_of(p)
time.sleep(1.5)
check(share(panel) < 5, "idle when paused")
p.send_signal(signal.SIGTERM)
check(p.wait(timeout=10) == -signal.SIGTERM and gone(panel), "a window that nobody sees ends with its program")

# how it ended
ENDINGS = {"runs": 0, "term": signal.SIGTERM, "segv": signal.SIGSEGV, "kill": signal.SIGKILL, "well": 0, "badly": 0,
           "device": signal.SIGTERM}
WAITS = "import time\nprint()\ntime.sleep(60)"
SOURCES = {"well": "print()", "badly": "print()\nraise SystemExit(3)"}
begun = {}
for name in ENDINGS:
    hands = "60 shot %s.png\n64 close\n" % name
    p = start(FOLDER, hands, ("--device", *SMALL, "--fs")) if name == "device" else start(SOURCES.get(name, WAITS), hands)
    begun[name] = p, panel_of(p)
for name, (p, panel) in begun.items():
    p.stdout.readline()
    if ENDINGS[name]:
        p.send_signal(ENDINGS[name])
        check(p.wait(timeout=10) == -ENDINGS[name], "%s: status %d" % (name, p.returncode))
endings = {}
for name, (p, panel) in begun.items():
    check(gone(panel, 20), "%s: closed" % name)
    if not ENDINGS[name]:
        check(p.wait(timeout=10) == (3 if name == "badly" else 0), "%s: status %d" % (name, p.returncode))
    endings[name] = words(name + ".png")
check(not endings["runs"][1] and all(coloured for name, (rows, coloured) in endings.items() if name != "runs"), "the bar says that it ended")
texts = [[row[210:] for row in endings[name][0]] for name in ENDINGS if name != "device"]
check(all(texts[i] != texts[k] for i in range(len(texts)) for k in range(i)), "the bar says how it ended")
end()
