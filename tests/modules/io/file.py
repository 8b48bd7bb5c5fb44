# open(): modes, text and bytes, errors, closing, iteration.
import io
import os


def show(f, *args, **kw):
    try:
        print(repr(f(*args, **kw)))
    except Exception as e:
        print(type(e).__name__, e.args)


show(open, "missing")
f = open("t", "w")
show(f.write, "hé")
show(f.read)
show(f.tell)
show(f.seek, 0)
show(f.flush)
show(f.close)
show(f.close)
show(f.write, "x")
show(f.read)
show(f.tell)
show(f.fileno)
print(f)
with open("t") as f:
    show(f.read, 1)
    show(f.read, 1)
    show(f.read, 1)
    show(f.write, "x")
with open("t", "ab") as f:
    show(f.write, "x")
    show(f.write, b"x")
    show(f.write, bytearray(b"y\nz"))
with open("t", "r+") as f:
    show(f.readlines)
    show(f.write, "w")
    show(f.seek, 0)
    show(f.read)
    show(f.seek, -2, 2)
    show(f.readline)
    show(f.seek, -100)
print([line for line in open("t")], [line for line in open("t", "rb")])
with open("t", "wb") as f:
    f.write(b"ab\xe2\x82\xac\xe2\x82\xacz")
f = open("t")
show(f.read, 3)
show(f.read, 3)
show(f.read, 3)
with open("t", "wb") as f:
    f.write(b"ab\xe2\x82")
show(open("t").read, 3)
show(open("t").read)
show(open("t").readline)
show(open("t", "rb").read)
show(open, None)
show(open, 1.5)
show(open, "t", 1)
show(open)
show(open, "t", foo=1)
show(open, "a\0b")
show(open, "t", "r", "x")
print(open(b"t", mode="rb", buffering=0).read(), type(open("t", encoding="utf-8")))
big = "0123456789abcdef" * 1000
with open("big", "w") as f:
    show(f.write, big)
print(open("big").read() == big, len(open("big").read(5000)), open("big", "rb").read(70) == big[:70].encode())
x = bytearray(20)
f = open("big", "rb")
show(f.readinto, x, 5)
print(x)
os.remove("big")
os.remove("t")
