# machine.Timer on a pyboard: virtual timers only, whole milliseconds.
import time
from machine import Timer

for number in (0, 1, 4):
    try:
        Timer(number)
    except ValueError as e:
        print(e)
count = [0]


def tick(t):
    count[0] += 1


t = Timer(-1, freq=2000, callback=tick)  # too fast: once in a millisecond
time.sleep_ms(10)
t.deinit()
print(count, t)
