# Ticks wrap at a power of two; sums and differences know it.
import time

PERIOD = time.ticks_add(0, -1) + 1
print(PERIOD & (PERIOD - 1))
print(time.ticks_add(PERIOD - 1, 1), time.ticks_add(5, -6) == PERIOD - 1)
print(time.ticks_diff(1, 2), time.ticks_diff(PERIOD // 2, 0) == -PERIOD // 2, time.ticks_diff(PERIOD // 2 - 1, 0) == PERIOD // 2 - 1)
print(time.ticks_diff(PERIOD, 0), time.ticks_diff(-1, 0), time.ticks_diff(3, PERIOD - 3))
print(time.ticks_add(5, PERIOD // 2 - 1) == PERIOD // 2 + 4)
for delta in (PERIOD // 2, -PERIOD // 2, -PERIOD // 2 - 1):
    try:
        print(time.ticks_add(5, delta))
    except OverflowError as e:
        print(e)
a = time.ticks_us()
b = time.ticks_us()
print(0 <= time.ticks_diff(b, a) < 100000)
