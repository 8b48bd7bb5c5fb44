# SPDX-License-Identifier: MIT
"""Under the virtual clock the same program with the same stimuli leaves the same trace, byte for byte: timer and pin interrupts, collections,
waits of odd lengths. 20 runs here; more with a number behind the build: tests/desk/determinism.py TOP BUILD 1000."""
import os
import subprocess
import sys
import tempfile

PROGRAM = os.path.join(sys.argv[2], "micropython")
RUNS = int(sys.argv[3]) if len(sys.argv) > 3 else 20
SOURCE = """
import gc, machine, random, time
random.seed(5)
led, out = machine.Pin("X1", machine.Pin.OUT), machine.Pin("X3", machine.Pin.OUT)
button = machine.Pin("X2", machine.Pin.IN, machine.Pin.PULL_UP)
ticks = 0
def tick(timer):
    global ticks
    ticks += 1
    led.toggle()
timer = machine.Timer(-1, freq=1234, callback=tick)
button.irq(lambda pin: out.toggle(), machine.Pin.IRQ_FALLING | machine.Pin.IRQ_RISING)
kept = []
for i in range(200):
    kept.append(random.random())
    if i % 50 == 0:
        gc.collect()
    time.sleep_us(random.randint(10, 900))
print(ticks)
"""
with tempfile.TemporaryDirectory() as folder:
    def file(name, text):
        with open(os.path.join(folder, name), "w") as f:
            f.write(text)
        return f.name

    program = file("program.py", SOURCE)
    stimulus = file("stimulus", "".join("%dms X2 = %d\n" % (3 * i + 1, i % 2) for i in range(30)))
    seen = set()
    for i in range(RUNS):
        trace = os.path.join(folder, "trace.vcd")
        done = subprocess.run([PROGRAM, "--board=pybv11", "--clock=virtual", "--stimulus", stimulus, "--trace", trace, program],
                              stdout=subprocess.PIPE, check=True)
        with open(trace, "rb") as f:
            seen.add((done.stdout, f.read()))
print("%d different runs of %d" % (len(seen), RUNS))
text = min(seen)[1].decode()
wanted = ("$var wire 1", " X1 ", " X3 ", "collection", "irq_")
missing = [w for w in wanted if w not in text]
print("missing in the trace:", missing)
sys.exit(len(seen) != 1 or bool(missing))
