# a decorator that measures how long a function takes
import time


def timed(f):
    name = str(f).split(" ")[1]

    def wrapper(*args, **kwargs):
        start = time.ticks_us()
        result = f(*args, **kwargs)
        took = time.ticks_diff(time.ticks_us(), start)
        print("{} took {}".format(name, "something" if 0 <= took < 10000000 else took))
        text = "{:6.3f}ms".format(took / 1000)
        print(text.endswith("ms") and text.count(".") == 1)
        return result

    return wrapper


@timed
def work(n, *, step=1):
    return sum(range(0, n, step))


print(work(100, step=3))
print(work(1000))
