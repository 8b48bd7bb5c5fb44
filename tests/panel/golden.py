# SPDX-License-Identifier: MIT
"""Each built-in board looks as it did: the board view of a fresh board against golden/BOARD.txt, a 40 x 30 picture of levels 0 to 9.

Cells are means over many pixels, so another version of the font library does not matter; a part or a row of pins that moved does.
usage to make them anew (look at them before you believe them): tests/panel/golden.py TOP BUILD --update
"""
import os
import subprocess
import sys
from _panel import FOLDER, PROGRAM, check, end, picture

HERE = os.path.dirname(os.path.abspath(__file__))
W, H = 40, 30


def cells(name):
    w, h, rows = picture(name)
    out = []
    for y in range(H):
        line = ""
        for x in range(W):
            block = [sum(p) for row in rows[y * h // H:(y + 1) * h // H] for p in row[x * w // W:(x + 1) * w // W]]
            line += chr(48 + min(9, sum(block) // len(block) * 10 // 766))
        out.append(line)
    return out


for board in ("pybv11", "pico", "generic32", "desktop"):
    name = board + ".png"
    words = [] if board == "desktop" else ["--board=" + board]
    subprocess.run([PROGRAM, *words, "--clock=virtual", "--panel-views=board", "--panel-size=480x360", "--panel-theme=light", "--screenshot=" + name,
                    "-c", "import bench; bench.advance_ms(10)"], cwd=FOLDER, check=True, timeout=60)
    path = os.path.join(HERE, "golden", board + ".txt")
    got = cells(name)
    if sys.argv[3:] == ["--update"]:
        with open(path, "w") as f:
            f.write("\n".join(got) + "\n")
        continue
    with open(path) as f:
        expected = f.read().split()
    far = sum(abs(ord(a) - ord(b)) > 1 for one, other in zip(got, expected) for a, b in zip(one, other))
    check(len(expected) == H and far < 12, "%s: %d of %d cells are another picture" % (board, far, W * H))
end()
