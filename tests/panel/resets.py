# SPDX-License-Identifier: MIT
"""A hard reset does not end pictures: those planned for a time and the animation go on in the board's next life, their times counted on. What
is planned for a time after the end is said. The reset key restarts a script in the same window and with the same pictures."""
import os
import subprocess
from _panel import FOLDER, PROGRAM, check, end, picture, run

SIZE = ("--panel-size=360x360", "--panel-views=board")
root = os.path.join(FOLDER, "root")
os.mkdir(root)
with open(os.path.join(root, "main.py"), "w") as f:
    f.write("import machine, time\n"
            "led = machine.Pin('LED_RED', machine.Pin.OUT)\n"
            "if machine.reset_cause() == machine.PWRON_RESET:\n    time.sleep_ms(200)\n    machine.reset()\n"
            "led.on()\ntime.sleep_ms(300)\n")


def device(*options):
    p = subprocess.run([PROGRAM, "--device", "--serial=stdio", "--clock=virtual", "--fs", root, *SIZE, *options], cwd=FOLDER,
                       stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=60)
    return p.stderr


def red(name):
    return max(r - max(g, b) for row in picture(name)[2][50:180] for r, g, b in row)


os.mkdir(os.path.join(FOLDER, "frames"))
said = device("--screenshot=first.png@100ms", "--screenshot=second.png@350ms", "--screenshot=never.png@10s", "--screenshot=end.png", "--record=frames")
check(red("first.png") < 90 and red("second.png") > 150 and red("end.png") > 150, "pictures of both lives")
check("no picture never.png: the run ended at 0.5" in said and not os.path.exists(os.path.join(FOLDER, "never.png")), "the one too late: %r" % said)
frames = sorted(os.listdir(os.path.join(FOLDER, "frames")))
check(len(frames) in (11, 12, 13) and frames[0] == "00000.png" and frames[-1] == "%05d.png" % (len(frames) - 1), "frames: %s" % frames)
check(red("frames/00001.png") < 90 and red("frames/" + frames[-2]) > 150, "frames of both lives")
device("--record=both.gif")
with open(os.path.join(FOLDER, "both.gif"), "rb") as f:
    data = f.read()
delays = [data[i + 4] | data[i + 5] << 8 for i in range(len(data) - 8) if data[i:i + 4] == b"\x21\xf9\x04\x00" and data[i + 7] == 0]
check(data[:6] == b"GIF89a" and data[-1:] == b"\x3b" and len(delays) >= 11 and max(delays) <= 10, "the animation's delays: %s" % delays)

SOURCE = """
import os, time
from machine import Pin
second = "life" in os.listdir()
print("second" if second else "first")
Pin("LED_RED", Pin.OUT).on()
open("life", "w").close()
while not second:
    time.sleep_ms(10)
time.sleep_ms(100)
"""
out = run(SOURCE, "--panel", "--clock=virtual", *SIZE, "--screenshot=early.png@50ms", "--screenshot=late.png", script="20 down R\n90 close\n")
check(out == "first\nsecond\n" and red("early.png") > 150 and red("late.png") > 150, "reset key: %r" % out)
end()
