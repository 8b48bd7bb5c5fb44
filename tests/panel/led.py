# SPDX-License-Identifier: MIT
"""An LED's picture follows its pin: off, on, dimmed by PWM; other LEDs stay dark. The board alone is drawn, so places are known."""
from _panel import check, end, picture, run

SOURCE = """
import bench, time
red, blue = bench.Net("LED_RED"), bench.Net("LED_BLUE")
red.drive(0); blue.drive(0)
time.sleep_ms(100)
red.drive(1)
time.sleep_ms(100)
red.wave(1000, 8)
time.sleep_ms(100)
"""
SIZE = ("--panel-size=360x360", "--panel-views=board")
run(SOURCE, "--clock=virtual", *SIZE, "--screenshot=off.png@90ms", "--screenshot=on.png@190ms", "--screenshot=dim.png@290ms")


def warmest(name):
    """The largest amount by which red is above green and blue in the picture's upper half, and where."""
    w, h, rows = picture(name)
    return max((r - max(g, b), x, y) for y in range(50, h // 2) for x, (r, g, b) in enumerate(rows[y]))


off, on, dim = warmest("off.png"), warmest("on.png"), warmest("dim.png")
check(off[0] < 90, "dark LED: %s" % (off,))
check(on[0] > 150, "lit LED: %s" % (on,))
check(off[0] + 15 < dim[0] < on[0], "dimmed LED: %s between %s and %s" % (dim, off, on))
end()
