# A board whose integers have 32 bits knows the days until 2099 and beyond, in both directions. Expected: CPython's calendar, from 2000 on.
import time

EPOCH = 946684800  # 2000-01-01 in seconds since 1970
for date in ((2038, 1, 19, 3, 14, 8), (2068, 1, 19, 3, 14, 8), (2099, 12, 31, 23, 59, 59), (1970, 1, 1, 0, 0, 0), (2199, 6, 1, 12, 0, 0)):
    seconds = time.mktime(date + (0, 0))
    print(seconds + EPOCH, time.localtime(seconds), time.gmtime(seconds) == time.localtime(seconds))
for odd in (1 << 41, -1 << 41, 1 << 70, 1.5, "1"):
    try:
        print(time.gmtime(odd))
    except (OverflowError, TypeError) as e:
        print(type(e).__name__)
