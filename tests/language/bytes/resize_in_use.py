# bytearray: resized by Python code that runs in the middle of an operation on it, or while a memoryview looks at it
import gc
import struct


class Resizing:
    def __init__(self, target, grow, value):
        self.target = target
        self.grow = grow
        self.value = value

    def __int__(self):
        if self.grow:
            self.target.extend(b"x" * 300)
        else:
            self.target[:] = b""
        gc.collect()
        return self.value


def store(a, m, e):
    a[e] = 5


def store_value(a, m, e):
    a[25] = e


def store_slice(a, m, e):
    a[e:4] = b"qq"


def view_store(a, m, e):
    m[1] = e


def view_slice(a, m, e):
    m[e:4] = b"zz"


def pack(a, m, e):
    struct.pack_into("bbbbb", a, 20, 1, 2, e, 3, e)


actions = (
    lambda a, m, e: a[e],
    lambda a, m, e: a[e:],
    lambda a, m, e: a[:e],
    lambda a, m, e: a.find(b"c", e),
    lambda a, m, e: a.count(b"c", e, e),
    lambda a, m, e: a.center(e),
    lambda a, m, e: a.split(b"c", e),
    lambda a, m, e: a.replace(b"a", b"bb", e),
    lambda a, m, e: a.rsplit(b"c", e),
    lambda a, m, e: m[e],
    lambda a, m, e: bytes(m[1:e]),
    lambda a, m, e: struct.unpack_from("b", a, e),
    lambda a, m, e: a.append(e),
    lambda a, m, e: a.extend([e, 1, e]),
    store,
    store_value,
    store_slice,
    view_store,
    view_slice,
    pack,
)
for grow in (True, False):
    for action in actions:
        a = bytearray(b"abcdef" * 5)
        m = memoryview(a)
        try:
            r = action(a, m, Resizing(a, grow, 2))
            print(r if not isinstance(r, (list, bytearray)) else len(r), len(a), len(m))
        except Exception as x:
            print(type(x).__name__, *x.args, len(a), len(m))


class Repr:
    def __init__(self, target):
        self.target = target

    def __repr__(self):
        self.target.extend(b"}" * 5000)
        gc.collect()
        return "R"


a = bytearray(b"{} {!r:>4} {:{}}")
print(a.format(Repr(a), Repr(a), 5, 8))

a = bytearray(b"123")
m = memoryview(a)
for i in range(1000):
    a.append(i & 255)
gc.collect()
print(bytes(m), len(a))
m[0] = 65
print(a[:2], bytes(m))
