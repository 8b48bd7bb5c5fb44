# SPDX-License-Identifier: MIT
"""Parts that turn, tilt and stay: a potentiometer by dragging, wheel and keys, the accelerometer by dragging and keys, a slide switch by
clicks. The program reads what the hand did, and each part's picture follows."""
import json
import os
from _panel import FOLDER, TOP, check, end, picture, run

with open(os.path.join(TOP, "emu", "boards", "pybv11.json")) as f:
    board = json.load(f)
board["name"] = "wired"
board["parts"] += [{"kind": "potentiometer", "name": "POT", "pin": "X19"}, {"kind": "switch", "name": "S1", "pin": "Y1", "active_low": True},
                   {"kind": "led", "name": "LAMP", "pin": "Y3", "colour": "green"}, {"kind": "gyroscope", "name": "G"}]
with open(os.path.join(FOLDER, "wired.json"), "w") as f:
    json.dump(board, f)
SIZE = ("--board=./wired.json", "--panel-size=640x480", "--panel-views=board,console")

POT = """
import machine, time
adc, last = machine.ADC("X19"), -1
lamp = machine.Pin("Y3", machine.Pin.OUT)
while True:
    now = round(adc.read_u16() * 100 / 65535)
    if now != last:
        print(now)
        lamp.value(now > 50)
        last = now
    time.sleep_ms(5)
"""
out = run(POT, "--panel", *SIZE, script="20 shot low.png\n22 drag POT 45 -30\n40 wheel POT 5\n60 shot high.png\n61 drag POT -600 0\n80 wheel POT 1\n100 close\n")
check(out == "0\n50\n70\n0\n4\n", "potentiometer: %r" % out)


def changed(one, other):
    """The rectangle in which two pictures differ by more than a shade."""
    a, b = picture(one)[2], picture(other)[2]
    at = [(x, y) for y in range(50, 455) for x in range(300) if sum(abs(i - k) for i, k in zip(a[y][x], b[y][x])) > 60]
    return at and (min(x for x, y in at), min(y for x, y in at), max(x for x, y in at), max(y for x, y in at))


def green(name):
    return max(g - max(r, b) for row in picture(name)[2][380:470] for r, g, b in row[:300])


check(changed("low.png", "high.png") is not None and green("low.png") + 60 < green("high.png"), "pictures of knob and lamp")

SWITCH = """
import machine, time
pin, last = machine.Pin("Y1", machine.Pin.IN, machine.Pin.PULL_UP), None
while True:
    if pin.value() != last:
        last = pin.value()
        print("open" if last else "closed")
    time.sleep_ms(5)
"""
out = run(SWITCH, "--panel", *SIZE, script="20 shot off.png\n21 press S1\n24 release\n44 shot on.png\n46 press S1\n50 release\n70 close\n")
check(out == "open\nclosed\nopen\n" and changed("off.png", "on.png"), "switch: %r" % out)

TILT = """
import pyb, time
accel, last = pyb.Accel(), None
while True:
    now = accel.x(), accel.y(), accel.z()
    if now != last:
        last = now
        print(*now)
    time.sleep_ms(5)
"""
out = run(TILT, "--panel", *SIZE, script="20 shot flat.png\n21 drag MMA7660 30 0\n50 shot right.png\n52 drag MMA7660 -30 -60\n80 close\n")
check(out.split("\n")[-4:-1] == ["0 0 21", "11 0 18", "1 21 0"], "accelerometer: %r" % out)
check(changed("flat.png", "right.png") is not None, "picture of the accelerometer")
end()
