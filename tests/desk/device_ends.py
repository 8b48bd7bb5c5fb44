# SPDX-License-Identifier: MIT
"""A device that a signal ends leaves a whole trace and its report, whatever it is doing, and still says by which signal it ended."""
import os
import signal
import subprocess
import sys
import tempfile
import time

PROGRAM = os.path.join(sys.argv[2], "micropython")
TOGGLE = """
import machine
p = machine.Pin("X1", machine.Pin.OUT)
for i in range(5):
    p.value(not i & 1)
print("toggled")
"""
failures = 0


def check(what, got, wanted):
    global failures
    if got != wanted:
        failures += 1
        print("%s: %r instead of %r" % (what, got, wanted))


def ended_by(number, then, folder):
    with open(os.path.join(folder, "main.py"), "w") as f:
        f.write(TOGGLE + then)
    trace = os.path.join(folder, "trace.vcd")
    process = subprocess.Popen([PROGRAM, "--device", "--board=pybv11", "--serial=stdio", "--fs", folder, "--trace", trace, "--report=pins"],
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    output = b""
    while b"toggled" not in output:
        piece = os.read(process.stdout.fileno(), 4096)
        if not piece:
            break
        output += piece
    time.sleep(0.1)
    process.send_signal(number)
    process.wait(timeout=60)
    errors = process.communicate()[1].decode()
    with open(trace) as f:
        levels = f.read().split("$enddefinitions")[1]
    os.unlink(trace)
    return process.returncode, levels.count("\n#") > 1, "X1" in errors


def looked_at(reset):
    """With a picture to be made at the end, also after a reset."""
    with tempfile.TemporaryDirectory() as folder:
        picture = os.path.join(folder, "end.png")
        process = subprocess.Popen([PROGRAM, "--device", "--board=pybv11", "--serial=stdio", "--fs", folder, "--screenshot", picture],
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        process.stdin.write(b"import machine\r" + (b"machine.reset()\r" if reset else b"") + b"'re' 'ady'\r")
        process.stdin.flush()
        output = b""
        while b"ready" not in output:
            piece = os.read(process.stdout.fileno(), 4096)
            if not piece:
                break
            output += piece
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)
        process.communicate()
        return process.returncode, os.path.exists(picture)


if os.path.exists(PROGRAM + "-panel"):
    for reset in False, True:
        check("picture, reset: %s" % reset, looked_at(reset), (-signal.SIGTERM, True))
for number in signal.SIGTERM, signal.SIGINT, signal.SIGHUP:
    for then in "while True: pass", "while True: machine.idle()", "import time; time.sleep(100)", "":
        with tempfile.TemporaryDirectory() as folder:
            check("%s in %r" % (number.name, then), ended_by(number, then, folder), (-number, True, True))
sys.exit(failures > 0)
