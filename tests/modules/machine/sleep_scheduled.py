# While the program sleeps, what a scheduled function schedules runs at once, not when the sleep is over.
import bench
import micropython
import time
from machine import Timer

log = []


def step(n):
    log.append((n, time.ticks_ms()))
    if n < 4:
        micropython.schedule(step, n + 1)


for sleep in (time.sleep_ms, bench.advance_ms):
    log.clear()
    start = time.ticks_ms()
    micropython.schedule(step, 0)
    sleep(100)
    print([(n, time.ticks_diff(t, start)) for n, t in log])


class Lights:
    times = (300, 200, 100)

    def __init__(self):
        self.i = 0
        self.log = []
        self.timer = Timer(-1)
        self.next = self.change
        self.start()

    def start(self):
        self.timer.init(mode=Timer.ONE_SHOT, period=self.times[self.i], callback=self.due)

    def due(self, timer):
        micropython.schedule(self.next, 0)

    def change(self, _):
        self.i = (self.i + 1) % 3
        self.log.append(time.ticks_diff(time.ticks_ms(), start))
        self.start()


start = time.ticks_ms()
lights = Lights()
time.sleep_ms(1000)
print(lights.log)
bench.advance_ms(550)
print(lights.log)
