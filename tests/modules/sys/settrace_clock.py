# sys.settrace under the virtual clock: a trace function takes no time, so interrupts come where they come without it
import sys
import time
from machine import Timer


def work(n):
    for i in range(n):
        ticks[-1] += i & 1
    return n


def run():
    global ticks
    ticks = [0]
    at = []
    timer = Timer(-1, freq=7000, mode=Timer.PERIODIC, callback=lambda t: at.append(ticks[-1]))
    before = time.ticks_us()
    for i in range(40):
        work(100)
    timer.deinit()
    return time.ticks_diff(time.ticks_us(), before), at


def trace(frame, event, arg):
    global events
    events += 1
    for i in range(20):
        pass
    return trace


events = 0
run()
plain = run()
sys.settrace(trace)
traced = run()
sys.settrace(None)
print(abs(plain[0] - traced[0]) <= 1, plain[1] == traced[1], len(plain[1]) > 3, events > 8000)
