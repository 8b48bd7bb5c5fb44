# deflate: reading blocks of every kind, wrappers, damage, ends that are missing, windows that are too small.
import deflate
import io


def show(data, *args):
    try:
        with deflate.DeflateIO(io.BytesIO(data), *args) as d:
            print(d.read())
    except Exception as e:
        print(data, args, type(e).__name__, e.args)


# made by zlib.compress(): stored, fixed, dynamic codes
plain = b"hello hello"
stored = b"x\x01\x01\x0b\x00\xf4\xffhello hello\x19\x91\x04I"
fixed = b"x\x9c\xcbH\xcd\xc9\xc9W\xc8\x00\x91\x00\x19\x91\x04I"
dynamic = b"x\x9c\x05\xc1\x81\x01\x000\x04\x04\xb1\x95\\\x1f\xcfn\x86o\x82d\x06Qq\xc8\x9d\xc5X}<e\xb5g\x83\x0f\x89X\x07\xab"
for data in (stored, fixed, dynamic):
    show(data)
    show(data, deflate.ZLIB, 15)
show(fixed[2:-4], deflate.RAW)
show(fixed[2:-4] + b"more", deflate.RAW)
gzip = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03" + fixed[2:-4] + b"\x86\xa6\x106\x05\x00\x00\x00"
show(gzip)  # checksum of another text
gzip = b"\x1f\x8b\x08\x1e}\x9a\x9bd\x02\x00\x00\x00\x00\x00\x00\xff\xcb\xcdL.\xca/\xa8,\xc9\xc8\xcf\x03\x00\xf2KF>\x0b\x00\x00\x00"
show(gzip)
show(gzip, deflate.GZIP)
show(gzip, deflate.ZLIB)
for data, args in ((b"", ()), (b"", (1,)), (b"x", ()), (b"\x1f", ()), (b"\x1f\x8b", ()), (b"x\x9d", ()), (b"x\xbb", ()), (b"\x88\x1c", ()), (b"y\x9c\x03\x00", ()),
                   (b"\x07", (1,)), (b"\x04", (1,)), (b"\x05", (1,)), (b"\x01\x01\x00\xff\xffa", (1,)), (b"\x01\x01\x00\xfe\xffa", (1,)), (b"\x01\x01\x00\xfe\xff", (1,)),
                   (b"K\xff", (1,)), (b"K\x04\x82", (1,)), (fixed[:-1], ()), (fixed[:-1] + b"J", ()), (stored, (3,)), (fixed, (1,))):
    show(data, *args)
# every damaged byte is an error or gives other data, never more
for i in range(len(dynamic)):
    for value in (0, 0xFF, dynamic[i] ^ 1):
        damaged = bytearray(dynamic)
        damaged[i] = value
        if damaged == dynamic:
            continue
        try:
            if deflate.DeflateIO(io.BytesIO(damaged)).read() == b"13371813150|13764518736|12345678901":
                print("not found", i, value)
        except (OSError, EOFError):
            pass
for i in range(len(dynamic)):
    try:
        deflate.DeflateIO(io.BytesIO(dynamic[:i])).read()
        print("ended early", i)
    except EOFError:
        pass
# a reference further back than the window
far = b"\xcbH\xcd\xc9\xc9g\x18\xe9\x00\x08\x88\xf5\x7fFjNN>\x00"
for bits in (5, 7, 8, 15, 0):
    try:
        print(bits, len(deflate.DeflateIO(io.BytesIO(far), deflate.RAW, bits).read()))
    except OSError as e:
        print(bits, e.args)
# not a byte more than needed is taken
s = io.BytesIO(fixed + b"next")
d = deflate.DeflateIO(s)
print(s.tell())
while True:
    b = d.read(1)
    print(b, s.tell(), end="; ")
    if not b:
        break
print(s.read(), d.read(), d.readinto(bytearray(3)))
d = deflate.DeflateIO(io.BytesIO(b"x\x9c\xcb\xcfK\xe5*)\xcf\xe7*\xc9(JM\x05\x00!\r\x04\xc9"))
print(d.readline(), d.readline(), d.readline(), d.readline())
