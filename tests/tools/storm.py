#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs scripts while signals rain on them, and compares with a calm run.

usage: tests/tools/storm.py [--program FILE] [--rate HZ] [--seconds N] [SCRIPT ...]

Each script (default: those of tests/language/ without .args) runs below a machine.Timer under the real clock, once in peace and once while
SIGRTMIN, the signal of the board's clock, is sent as fast as --rate says (the host may be slower: the rate reached is shown at the end).
A crash, a deadlock, a sanitizer's report, or another output than in peace is a failure.
"""
import argparse
import glob
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BELOW = """
import machine, sys
t = machine.Timer(-1, period=3, callback=lambda t: None)
h = machine.Timer(-1, period=2, callback=lambda t: None, hard=True)
sys.stderr.write("ready\\n")
with open(sys.argv[1]) as f:
    text = f.read()
exec(text, {"__name__": "__main__"})
"""


def rain(process, rate, counts):
    process.stderr.readline()  # the handler is there
    start, sent = time.monotonic(), 0
    try:
        while process.poll() is None:
            try:
                for _ in range(20):
                    os.kill(process.pid, signal.SIGRTMIN)
                sent += 20
            except BlockingIOError:  # the kernel's queue of signals is full
                time.sleep(0.001)
            ahead = sent / rate - (time.monotonic() - start)
            if ahead > 0:
                time.sleep(ahead)
    except ProcessLookupError:
        pass
    counts[0] += sent
    counts[1] += time.monotonic() - start


def run(program, below, script, folder, storm, rate, counts, seconds):
    p = subprocess.Popen([program, below, script], cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if storm:
        thread = threading.Thread(target=rain, args=(p, rate, counts))
        thread.start()
    timer = threading.Timer(seconds, p.kill)
    timer.start()
    out = p.stdout.read()
    err = p.stderr.read() if not storm else b""
    status = p.wait()
    timer.cancel()
    if storm:
        thread.join()
        err = p.stderr.read()
    return status, out, err


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", type=os.path.abspath, default=os.path.join(TOP, "build/sanitize/micropython"))
    parser.add_argument("--rate", type=float, default=100e3)
    parser.add_argument("--seconds", type=float, default=60, help="for one script")
    parser.add_argument("scripts", nargs="*")
    options = parser.parse_args()
    scripts = options.scripts or [s for s in sorted(glob.glob(os.path.join(TOP, "tests/language/**/*.py"), recursive=True))
                                  if not os.path.exists(s[:-3] + ".args") and os.path.exists(s[:-3] + ".exp")]
    counts, failed = [0, 0.0], 0
    with tempfile.TemporaryDirectory() as folder:
        below = os.path.join(folder, "below.py")
        with open(below, "w") as f:
            f.write(BELOW)
        for script in scripts:
            script = os.path.abspath(script)
            calm = run(options.program, below, script, folder, False, 0, counts, options.seconds)
            wild = run(options.program, below, script, folder, True, options.rate, counts, options.seconds)
            if calm[:2] != wild[:2] or wild[0] < 0 or b"Sanitizer" in wild[2] or b"runtime error" in wild[2]:
                failed += 1
                print("FAIL", os.path.relpath(script, TOP), "status", calm[0], wild[0])
                sys.stdout.write(wild[2].decode("utf-8", "replace")[-6000:])
    print("storm: %d scripts, %d failed, %d signals, %.0f per second" % (len(scripts), failed, counts[0], counts[0] / max(counts[1], 1e-9)))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
