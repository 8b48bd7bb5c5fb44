# SPDX-License-Identifier: MIT
"""Real windows, on an X server without a screen and on a Wayland compositor inside it (where there is one), at both scales of a screen:
clicks reach the program where they are seen, closing ends it, a window has as many pixels as its screen wants."""
import os
import shutil
import subprocess
import sys
import time
from _panel import FOLDER, check, end, picture_size, run

if not shutil.which("Xvfb"):
    print("Xvfb is not installed")
    sys.exit(77)
SOURCE = """
import machine, time
button = machine.Pin("SW", machine.Pin.IN, machine.Pin.PULL_UP)
button.irq(lambda p: print("pressed"), machine.Pin.IRQ_FALLING)
print(input("? "))
while True:
    time.sleep_ms(10)
"""
HANDS = "20 press USR\n24 release\n30 click console\n32 type hands\\n\n44 shot window.png\n50 close\n"
SIZE = ("--panel", "--panel-size=700x420", "--panel-views=board,console")
begun = []


def begin(words, **options):
    begun.append(subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options))


def window(what, scale, env, *options):
    out = run(SOURCE, *SIZE, *options, script=HANDS, env=env)
    check(out == "? pressed\nhands\n", "%s: %r" % (what, out))
    check(picture_size("window.png") == (700 * scale, 420 * scale), "%s: size %s" % (what, picture_size("window.png")))


def compositor(name, scale):
    """True: it is ready to serve. It is inside the X server, since one without a mouse is too little for SDL."""
    begin(["weston", "--backend=x11-backend.so", "--socket=" + name, "--width=1600", "--height=900", "--scale=%d" % scale, "--use-pixman",
           "--idle-time=0", "--no-config"], env=dict(os.environ, **x11, XDG_RUNTIME_DIR=FOLDER))
    for _ in range(200):
        if os.path.exists(os.path.join(FOLDER, name)) or begun[-1].poll() is not None:
            break
        time.sleep(0.05)
    return os.path.exists(os.path.join(FOLDER, name))


reading, writing = os.pipe()
begin(["Xvfb", "-displayfd", str(writing), "-screen", "0", "1700x1000x24", "-nolisten", "tcp", "-noreset"], pass_fds=[writing])
os.close(writing)
display = os.read(reading, 20).decode().strip()
if not display:
    print("Xvfb does not start here")
    sys.exit(77)
x11 = {"SDL_VIDEODRIVER": "x11", "DISPLAY": ":" + display}
try:
    window("X11", 1, x11)
    window("X11, two pixels to a point", 2, x11, "--panel-scale=2")
    if shutil.which("xprop"):
        subprocess.run(["xprop", "-root", "-f", "RESOURCE_MANAGER", "8s", "-set", "RESOURCE_MANAGER", "Xcursor.size: 24\nXft.dpi:\t192\n"],
                       env=dict(os.environ, **x11), check=True, stdout=subprocess.DEVNULL)
        window("X11, 192 dpi", 2, x11)
    os.chmod(FOLDER, 0o700)
    for scale in (1, 2):
        name = "wayland-%d" % scale
        if shutil.which("weston") and compositor(name, scale):
            window("Wayland, scale %d" % scale, scale, {"SDL_VIDEODRIVER": "wayland", "WAYLAND_DISPLAY": name, "XDG_RUNTIME_DIR": FOLDER})
        else:
            print("X11 only: weston is not here")
finally:
    for process in reversed(begun):
        process.terminate()
        process.wait()
end()
