# poll and ipoll: masks, one-shot, user data, streams with and without a descriptor, changes while it waits.
import io
import micropython
import select
import socket


def fails(f, *args):
    try:
        print("no error:", f(*args))
    except Exception as e:
        print(repr(e))


class Source(io.IOBase):
    def __init__(self, name):
        self.name = name
        self.ready = 0
        self.hook = None

    def __repr__(self):
        return self.name

    def ioctl(self, request, arg):
        if request == 10:
            return -1
        if self.hook:
            self.hook(self)
        return self.ready & (arg | 24) if self.ready >= 0 else self.ready


def names(found):
    return [(repr(o), flags) for o, flags in found]


a, b = Source("a"), Source("b")
p = select.poll()
print(p.register(a), p.register(b, select.POLLOUT), p.register(b, select.POLLIN))
print(p.poll(0), p.poll(2))
a.ready = 5
b.ready = 1
print(p.poll(0))
print(p.modify(a, select.POLLOUT), p.poll())
b.ready = 16
print(p.poll(-1), p.poll(None))
print([tuple(t) for t in p.ipoll(0)], [tuple(t) for t in p.ipoll(0, 1)], p.poll(0))
p.modify(a, select.POLLIN)
p.register(a, select.POLLIN, "data of a")
print([tuple(t) for t in p.ipoll(0)], p.poll(0))
print(p.ipoll(0) is p, next(p) is next(p))
fails(next, p)
print(p.unregister(b), p.unregister(b), p.unregister("never there", False), p.poll(0))
fails(p.modify, b, 1)
fails(p.register, "text")
fails(p.register, -1)
fails(p.register, io.BytesIO())
fails(p.poll, 0)
a.ready = -5
p = select.poll()
p.register(a)
fails(p.poll, 0)
fails(p.poll, "soon")
fails(p.poll, 0, 1)

# it becomes ready while poll waits; it leaves while poll asks
a.ready = 0
calls = []


def third_time(source):
    calls.append(source)
    if len(calls) == 3:
        source.ready = 1


a.hook = third_time
print(p.poll(), len(calls))
a.hook = lambda source: p.unregister(source)
p.register(b, select.POLLIN)
b.ready = 1
print(p.poll(0))
b.ready = 0
b.hook = lambda source: p.register(Source("new"), 0) if len(calls) < 9 and not calls.append(0) else None
print(p.poll(1), 3 < len(calls) <= 9)

# descriptors
u = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
v = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
for port in range(18300, 18400):
    try:
        u.bind(("127.0.0.1", port))
        break
    except OSError:
        pass
p = select.poll()
p.register(u, select.POLLIN)
p.register(1, select.POLLOUT)
print([flags for o, flags in p.poll(0)], p.modify(1, 0), p.poll(1))
micropython.schedule(lambda n: v.sendto(b"x", ("127.0.0.1", port)), 0)
print(len(p.poll()), u.recv(1))
u.close()
print([flags for o, flags in p.poll(0)])
print([(len(r), len(w), len(x)) for r, w, x in [select.select([v], [v], [v], 0)]])
