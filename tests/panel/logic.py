# SPDX-License-Identifier: MIT
"""The logic view: each byte on a UART, I2C or SPI wire is a box above it; waveforms have the times that the wave has, also under the real
clock, where edges are heard late; interrupts and collections are marked on tracks of their own."""
from _panel import check, end, picture, run

VIEW = ("--panel-size=900x300", "--panel-views=logic")


def runs(row, colour, least):
    """(first, last) of each run of at least so many points that colour() accepts."""
    found, start = [], None
    for x, p in enumerate(row + [(0, 0, 0)]):
        if colour(p) and start is None:
            start = x
        elif not colour(p) and start is not None:
            found += [(start, x - 1)] * (x - start >= least)
            start = None
    return found


def most(name, colour, least=1):
    """The runs in that line of a picture, within the waveforms, that has most of them."""
    rows = [row[118:880] for row in picture(name)[2][76:240]]
    return max((runs(row, colour, least) for row in rows), key=len)


def boxes(name):
    """In the uppermost line that has some: above the letters in them, where their round corners keep them apart."""
    for row in picture(name)[2][76:240]:
        found = runs(row[118:880], box, 12)
        if found:
            return found
    return []


def box(p): # of a byte: green; of what is not one: blue, red
    return max(p) - min(p) > 22 and max(p) < 110 


def wave(p):
    return p[0] > 150 and p[2] < 90


run("from machine import UART\nimport time\nu = UART(4, 9600)\nu.write('12345')\ntime.sleep_ms(8)\n", "--clock=virtual", *VIEW, "--panel-span=20ms",
    "--panel-decode=X1:uart", "--screenshot=uart.png")
check(len(boxes("uart.png")) == 5, "UART: %s" % boxes("uart.png"))
run("from machine import SPI\nimport time\ns = SPI(1, baudrate=100000)\ntime.sleep_ms(1)\ns.write(b'spi')\ntime.sleep_us(20)\n", "--clock=virtual", *VIEW,
    "--panel-span=200us", "--panel-decode=X6:spi", "--screenshot=spi.png")
check(len(boxes("spi.png")) == 3, "SPI: %s" % boxes("spi.png"))
run("from machine import I2C\ni = I2C('Y', freq=100000)\nprint(i.scan())\n", "--clock=virtual", *VIEW, "--panel-span=300us", "--panel-decode=Y9:i2c",
    "--screenshot=i2c.png")
check(len(boxes("i2c.png")) == 3, "I2C: %s" % boxes("i2c.png"))

# 250 Hz for 40 ms: ten periods of the same width, whichever clock
for clock in ("virtual", "real"):
    run("import bench, time\nbench.Net('X3').wave(250, 50)\nt = time.ticks_ms()\nwhile time.ticks_diff(time.ticks_ms(), t) < 120:\n    pass\ntime.sleep(5)\n",
        "--panel" if clock == "real" else "--until=121ms", "--clock=" + clock, *VIEW, "--panel-span=40ms",
        *(() if clock == "real" else ("--screenshot=wave.png@100ms",)), script="60 shot wave.png\n70 close\n" if clock == "real" else None)
    edges = [a for a, b in most("wave.png", wave)]
    apart = [b - a for a, b in zip(edges, edges[1:])]
    usual = sorted(apart)[len(apart) // 2] # a host that slept for 100 ms leaves a hole
    check(36 <= usual <= 40 and sum(abs(a - usual) <= 2 for a in apart) >= (len(apart) - 2 if clock == "virtual" else 12), "a wave, %s clock: %s" % (clock, apart))

run("import gc, time, machine\nt = machine.Timer(-1)\nt.init(period=10, callback=lambda t: None)\nfor i in range(9):\n    gc.collect()\n    time.sleep_ms(10)\n",
    "--clock=virtual", *VIEW, "--panel-span=50ms", "--screenshot=tracks.png")
blue = most("tracks.png", lambda p: p[2] > 150 and p[0] < 130)
pink = most("tracks.png", lambda p: p[0] > p[1] + 25 and p[2] > p[1] + 10)
check(4 <= len(blue) <= 6 and 4 <= len(pink) <= 6, "tracks: %s %s" % (blue, pink))
end()
