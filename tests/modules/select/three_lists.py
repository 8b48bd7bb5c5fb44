# select.select: three lists in, three out; time out; what is not a stream.
import io
import select


class Source(io.IOBase):
    def __init__(self, name):
        self.name = name
        self.ready = 0

    def __repr__(self):
        return self.name

    def ioctl(self, request, arg):
        return -1 if request == 10 else self.ready & arg


def fails(f, *args):
    try:
        print("no error:", f(*args))
    except Exception as e:
        print(repr(e))


a, b = Source("a"), Source("b")
print(select.select([a, b], [a], [b], 0))
a.ready = 1
print(select.select([a, b], [a], [b], 0))
b.ready = 29
print(select.select([a, b], [a, b], (b,), None))
b.ready = 4
print(select.select([b], [a, b], [], 10), select.select([], [], [], 0.001))
fails(select.select, 5, [], [], 0)
fails(select.select, [5.5], [], [], 0)
fails(select.select, [a], [])
fails(select.select, [a], [], [], "x")
