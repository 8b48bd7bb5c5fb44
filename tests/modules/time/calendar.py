# The calendar, both ways.
import time


def show(f, *args):
    try:
        print(f(*args))
    except Exception as e:
        print(type(e).__name__, e.args)


print(tuple(time.gmtime(0)[:8]), tuple(time.localtime(0)[:8]))
for seconds in (1, 1.9, 86399, 951782400, 4102444800, 2147483648):
    print(tuple(time.gmtime(seconds)[:8]))
for t in (
    (2000, 1, 1, 0, 0, 0, 0, 0),
    (2000, 2, 29, 12, 30, 59, 0, 0, 0),
    (2000, 13, 32, 25, 61, 61, 0, 0),
    (2038, 1, 19, 3, 14, 8, 0, 0),
):
    print(time.mktime(t))
show(time.mktime, (2000, 1, 1, 0, 0, 0))
show(time.mktime, (2000, 1, 1, 0, 0, 0, 0, 0, 0, 0))
show(time.mktime, 1)
show(time.mktime, (2000.0, 1, 1, 0, 0, 0, 0, 0))
show(time.gmtime, 1, 2)
now = time.time()
print(abs(time.mktime(time.localtime()) - now) < 3, abs(time.time_ns() / 1e9 - now) < 3, time.gmtime(None)[0] >= 2024)
for seconds in range(0, 4000000000, 98765431):
    t = time.localtime(seconds)
    if time.mktime(t) != seconds:
        print("wrong", seconds, t)
