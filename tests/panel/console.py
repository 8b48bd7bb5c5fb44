# SPDX-License-Identifier: MIT
"""What is typed into the console reaches the program: as lines that are edited and echoed, as keys at the prompt, with Ctrl-C and Ctrl-D;
no short cut of another view hears it. It is typed beside a terminal and beside the line of a device."""
import os
import pty
import subprocess
import time
from _panel import FOLDER, PROGRAM, check, end, picture, run

LINES = """
import sys, time
print("hello", input("name? "))
print(repr(sys.stdin.readline()))
try:
    print("waiting")
    while True:
        time.sleep_ms(5)
except KeyboardInterrupt:
    print("stopped")
print(repr(sys.stdin.read()))
"""
SAID = "name? hello Bobby\n'zwei \u00fc\\n'\nwaiting\nstopped\n'rest q\\n'\n"
HANDS = """20 click console
22 type Bobb
23 down Backspace
24 type by\\n
28 type zwei \u00fcx
29 down Backspace
30 down Return
45 down ctrl+C
55 type rest q\\n
58 down ctrl+D
75 close
"""
SMALL = ("--panel-size=500x300", "--panel-views=console", "--panel-theme=light")
for clock in ("virtual", "real"):
    out = run(LINES, "--panel", "--clock=" + clock, "--screenshot=typed.png", *SMALL, script=HANDS)
    check(out == SAID, "lines, %s clock: %r" % (clock, out))
PLAIN = ("name? Bobby", "hello Bobby", "zwei \u00fc", "'zwei \u00fc\\n'", "waiting", "^C", "stopped", "rest q", "'rest q\\n'")
run("".join("print(%r)\n" % line for line in PLAIN), "--panel", "--screenshot=plain.png", *SMALL, script="20 close\n")
check(picture("typed.png")[2][46:] == picture("plain.png")[2][46:], "the console shows what was typed where it was typed")

out = run(LINES, "--panel", stdin="from a pipe\n", script="20 click console\n40 down ctrl+C\n50 close\n")
check(out == "name? hello from a pipe\n''\nwaiting\nstopped\n''\n", "standard input is a pipe: %r" % out)

# the prompt: the console has the keyboard from the start. b, space and q are short cuts when it has not
out = run(None, "--panel", "--clock=virtual", script="""20 type x = 'b q t'; prinq
22 down Left
23 down Backspace
24 down Right
25 down Backspace
26 type nt
27 type (x)\\n
30 down Up
31 down Home
32 type a = 5; y = 6; #
33 down Return
36 type \u00fc = y * 7; print(\u00fc)\\n
40 paste m = [1,\\n2]\\nfor i in m:\\n    x = i * 5\\n    print('m', x)
41 down Return
42 down Return
44 type print(sum(range(10_000_000)))\\n
48 down ctrl+C
54 down Escape
56 down Q
""")
shown = out.replace("\r", "").split("\n")
for line in ("b q t", "42", "m 5", "m 10"):
    check(line in shown, "prompt: %r is missing in %r" % (line, out))
check(run.errors.endswith("\nKeyboardInterrupt: \n"), "prompt, Ctrl-C: %r" % run.errors)

# a terminal goes on to work beside it, and the console shows what it echoed
master, slave = pty.openpty()
env = dict(os.environ, SDL_VIDEODRIVER="dummy", TERM="xterm", BREADBOARD_PANEL_SCRIPT=os.path.join(FOLDER, "both"))
with open(env["BREADBOARD_PANEL_SCRIPT"], "w") as f:
    f.write("120 click console\n122 type console\\n\n160 close\n")
with open(os.path.join(FOLDER, "both.py"), "w") as f:
    f.write("print('ready')\nfor i in range(2):\n    print('got', input())\n")
p = subprocess.Popen([PROGRAM, "--board=pybv11", "--panel", "--screenshot=both.png", *SMALL, "both.py"], cwd=FOLDER, env=env, stdin=slave,
                     stdout=subprocess.PIPE, text=True)
check(p.stdout.readline() == "ready\n", "with a terminal")
os.write(master, b"terminal\n")
out = p.communicate(timeout=30)[0]
check(out == "got terminal\ngot console\n", "with a terminal: %r" % out)
run("print('ready\\nterminal\\ngot terminal\\nconsole\\ngot console')", "--panel", "--screenshot=plain.png", *SMALL, script="20 close\n")
check(picture("both.png")[2][46:] == picture("plain.png")[2][46:], "the console shows what the terminal echoed")

# a device: typed as if it came through the line, which stays where it is; the reset key resets the board
root, link = os.path.join(FOLDER, "root"), os.path.join(FOLDER, "line")
os.mkdir(root)
with open(os.path.join(root, "main.py"), "w") as f:
    f.write("print('main')\n")
with open(env["BREADBOARD_PANEL_SCRIPT"], "w") as f:
    f.write("60 type print(6 * 7)\\n\n70 down Escape\n72 down R\n130 close\n")
p = subprocess.Popen([PROGRAM, "--device", "--panel", "--fs", root, "--link", link], cwd=FOLDER, env=env, stdin=subprocess.DEVNULL,
                     stdout=subprocess.PIPE, text=True)
p.stdout.readline()
line, heard = os.open(link, os.O_RDWR | os.O_NOCTTY), b""
while True:
    try:
        part = os.read(line, 4096)
    except OSError:
        break
    heard += part
    if not part:
        break
p.wait(timeout=30)
check(b">>> print(6 * 7)\r\n42\r\n>>> " in heard, "device: %r" % heard)
check(b"main\r\nMicroPython v1.28.0" in heard.partition(b"42\r\n")[2], "device, reset: %r" % heard)
end()
