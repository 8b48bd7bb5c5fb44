# SPDX-License-Identifier: MIT
"""A short is ringed in red; what drives a net from outside when the program ends does no harm; a time that is none is refused."""
import subprocess
from _panel import FOLDER, PROGRAM, check, end, picture, run

SOURCE = """
import bench, time
from machine import Pin
out = Pin("X6", Pin.OUT, value=1)
time.sleep_ms(50)
bench.Net("X6").drive(0)
print(bench.Net("X6").shorted())
time.sleep_ms(50)
"""
SIZE = ("--panel-size=360x360", "--panel-views=board")
out = run(SOURCE, "--clock=virtual", *SIZE, "--screenshot=good.png@40ms", "--screenshot=short.png@90ms")
check(out == "True\n", out)


def red(name):
    return sum(r > 180 and g < 130 and b < 90 and r - b > 110 for row in picture(name)[2] for r, g, b in row)


good, short = red("good.png"), red("short.png")
check(short > good + 15, "red of a short: %d, without: %d" % (short, good))
p = subprocess.run([PROGRAM, "--board=pybv11", "--screenshot=x.png@soon", "-c", "1"], cwd=FOLDER,
                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=30)
check(p.returncode == 2 and p.stdout == "micropython: not a time 'soon': write --screenshot=FILE.png@500ms\n", p.stdout)
end()
