# SPDX-License-Identifier: MIT
"""What the tests of the panel share: running a program under it, and reading its pictures."""
import os
import struct
import subprocess
import sys
import tempfile
import zlib

TOP, BUILD = sys.argv[1], sys.argv[2]
FOLDER = tempfile.mkdtemp()
PROGRAM = os.path.join(BUILD, "micropython")
if not os.path.exists(os.path.join(BUILD, "micropython-panel")):
    print("this build has no panel")
    sys.exit(77)


def run(source, *options, script=None, env=None, timeout=60, stdin=None):
    """Runs a program of the board (None: the prompt); script: what a person does to the window, which then is SDL's dummy."""
    words = [PROGRAM, "--board=pybv11", *options]
    if source is not None:
        words.append(os.path.join(FOLDER, "program.py"))
        with open(words[-1], "w") as f:
            f.write(source)
    around = dict(os.environ, **(env or {}))
    if script is not None:
        around["BREADBOARD_PANEL_SCRIPT"] = os.path.join(FOLDER, "script")
        if not env:
            around["SDL_VIDEODRIVER"] = "dummy"
        with open(around["BREADBOARD_PANEL_SCRIPT"], "w") as f:
            f.write(script)
    given = {"input": stdin} if stdin is not None else {"stdin": subprocess.DEVNULL}
    p = subprocess.run(words, cwd=FOLDER, env=around, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace",
                       timeout=timeout, **given)
    if p.stderr:
        print(p.stderr, file=sys.stderr)
    run.errors = p.stderr
    return p.stdout


def picture_size(name):
    """(width, height): all of it is looked at by picture(), which takes its time."""
    with open(os.path.join(FOLDER, name), "rb") as f:
        data = f.read(24)
    return struct.unpack(">II", data[16:24]) if data[12:16] == b"IHDR" else None


def picture(name):
    """(width, height, rows of (r, g, b) tuples) of an 8-bit RGB PNG in the test's folder."""
    with open(os.path.join(FOLDER, name), "rb") as f:
        data = f.read()
    at, body = 8, b""
    while at < len(data):
        n, kind = struct.unpack(">I4s", data[at:at + 8])
        if kind == b"IHDR":
            w, h = struct.unpack(">II", data[at + 8:at + 16])
        if kind == b"IDAT":
            body += data[at + 8:at + 8 + n]
        at += 12 + n
    raw, rows, before = zlib.decompress(body), [], bytearray(3 * w)
    for y in range(h):
        kind, line = raw[y * (3 * w + 1)], bytearray(raw[y * (3 * w + 1) + 1:(y + 1) * (3 * w + 1)])
        for i in range(3 * w):
            a, b, c = line[i - 3] if i >= 3 else 0, before[i], before[i - 3] if i >= 3 else 0
            if kind == 4:
                p = a + b - c
                add = min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]
            else:
                add = (0, a, b, (a + b) // 2)[kind]
            line[i] = (line[i] + add) & 255
        rows.append([tuple(line[i:i + 3]) for i in range(0, 3 * w, 3)])
        before = line
    return w, h, rows


def check(good, what):
    if not good:
        print("FAILED:", what)
        check.failed = True


check.failed = False


def end():
    sys.exit(1 if check.failed else 0)
