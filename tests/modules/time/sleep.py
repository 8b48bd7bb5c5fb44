# A sleep lasts as long as it says, and not much longer.
import time


def measure(f, arg, low, high):
    start = time.ticks_us()
    f(arg)
    took = time.ticks_diff(time.ticks_us(), start)
    print(low <= took < high or took)


measure(time.sleep, 0.02, 20000, 2000000)
measure(time.sleep, 0, 0, 1000000)
measure(time.sleep, -5, 0, 1000000)
measure(time.sleep_ms, 15, 15000, 2000000)
measure(time.sleep_ms, -15, 0, 1000000)
measure(time.sleep_us, 300, 300, 1000000)
measure(time.sleep_us, -1, 0, 1000000)
for f, arg in ((time.sleep, "x"), (time.sleep, None), (time.sleep_ms, 1.0)):
    try:
        f(arg)
    except TypeError as e:
        print(e)
