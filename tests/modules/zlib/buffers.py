# zlib: whole buffers, every kind of wbits, the old uzlib names.
import io
import uzlib
import zlib


def show(f, *args):
    try:
        print(f(*args))
    except Exception as e:
        print(type(e).__name__, e.args)


text = b"hello hello hello, " * 20
for bits in (5, 8, 9, 15, -5, -9, -15, 21, 25, 31):
    c = zlib.compress(text, bits)
    print(bits, len(c), c[:2], zlib.decompress(c, bits) == text)
    if bits > 0:
        print(zlib.decompress(c, 32 + bits % 16) == text)
print(zlib.compress(b"a"), zlib.decompress(zlib.compress(b"")), zlib.decompress(zlib.compress(text), 0) == text)
for bits in (4, -4, 16, -16, 17, 20, 32, 36, 48, 100, 0):
    show(zlib.compress, b"a", bits)
    show(zlib.decompress, zlib.compress(b"a"), bits)
for data in (b"", b"x\x9c", b"hello", zlib.compress(b"a")[:-1], 1):
    show(zlib.decompress, data)
show(zlib.compress, 1)
show(zlib.decompress)
# made by zlib.compress() of CPython
print(zlib.decompress(b"x\x9c\xcbH\xcd\xc9\xc9W\xc8\x00\x91\x00\x19\x91\x04I"))
d = uzlib.DecompIO(io.BytesIO(b"x\x9c\xcbH\xcd\xc9\xc9W\xc8\x00\x91\x00\x19\x91\x04I"))
print(d.read(3), d.read(), d.read())
print(uzlib.DecompIO(io.BytesIO(zlib.compress(text, 25)), 31).read() == text, uzlib.DecompIO(io.BytesIO(zlib.compress(text, -9)), -9).read(5))
