# weakref: after a collection that nobody asked for the callbacks are called soon, by the scheduler; an error in one does not stop the others.
import gc
import weakref


class Thing:
    pass


count = 0


def gone(n):
    global count
    count += 1
    if n == 1:
        raise ValueError("one of them")


def make():
    for i in range(5):
        weakref.finalize(Thing(), gone, i)


make()
gc.threshold(10000)
for i in range(2000):
    bytearray(100)
print(count)
