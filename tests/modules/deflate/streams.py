# deflate: the stream underneath: when it is used, its errors, closing, both directions at once, arguments.
import deflate
import io


class S(io.IOBase):
    def __init__(self, data=b"", most=1000):
        self.data = data
        self.most = most

    def write(self, b):
        print("write", bytes(b))
        self.most -= 1
        return len(b) if self.most >= 0 else -5

    def readinto(self, b):
        print("read", len(b))
        n = min(len(b), len(self.data))
        b[:n] = self.data[:n]
        self.data = self.data[n:]
        return n

    def ioctl(self, request, arg):
        print("ioctl", request, arg)
        return 0


def show(f, *args, **kw):
    try:
        print(f(*args, **kw))
    except Exception as e:
        print(type(e).__name__, e.args)


d = deflate.DeflateIO(S(), deflate.RAW, 0, True)
print(d.write(b"ab"), d.write(b""))
d.close()
d.close()
show(d.write, b"x")
show(d.read)
show(d.readinto, bytearray(2))
show(d.readline)
for f in (deflate.AUTO, deflate.RAW, deflate.ZLIB, deflate.GZIP):
    with deflate.DeflateIO(S(), f) as d:  # nothing written: nothing is
        d.write(b"")
    with deflate.DeflateIO(S(), f) as d:
        d.write("a")
    for most in range(5):
        print(f, most)
        d = deflate.DeflateIO(S(b"", most), f)
        show(d.write, b"abc")
        show(d.close)
d = deflate.DeflateIO(S(b"K\x04\x00"), deflate.RAW)
print(d.write(b"b"), d.read(1), d.read(1))
d.close()
show(deflate.DeflateIO(1).read)
show(deflate.DeflateIO(1).write, b"a")
for args in ((), (1, 4), (1, -1), (1, 1, 4), (1, 1, 16), (1, 1, -1), (1, "x"), (1, 1, 1, 1, 1)):
    show(deflate.DeflateIO, *args)
show(deflate.DeflateIO, 1, format=1)
print(deflate.AUTO, deflate.RAW, deflate.ZLIB, deflate.GZIP)
