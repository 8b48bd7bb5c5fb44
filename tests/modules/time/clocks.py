# time: clocks go forward and agree with each other.
import time

for clock in (time.ticks_ms, time.ticks_us, time.ticks_cpu):
    before = clock()
    time.sleep_ms(3)
    print(time.ticks_diff(clock(), before) > 0, type(before))
us = time.ticks_us()
ms = time.ticks_ms()
time.sleep_us(5000)
us, ms = time.ticks_diff(time.ticks_us(), us), time.ticks_diff(time.ticks_ms(), ms)
print(us >= 5000, ms >= 4, abs(us // 1000 - ms) < 100)

now, ns = time.time(), time.time_ns()
print(type(now), type(ns), abs(ns // 1000000000 - now) <= 2, now > 1700000000)
before = time.clock()
for i in range(100000):
    pass
print(type(before), 0 <= before < time.clock())
