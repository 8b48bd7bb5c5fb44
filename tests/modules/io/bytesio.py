# BytesIO: reading, writing anywhere, copy on write, closing.
import io


def show(f, *args):
    try:
        print(repr(f(*args)))
    except Exception as e:
        print(type(e).__name__, e.args)


b = io.BytesIO(b"abc\ndef\n")
show(b.write, "x")
show(b.getvalue)
print(list(b))
show(b.seek, 0)
show(b.readline, -1)
show(b.read, -1)
show(b.read, 0)
show(b.readline, 0)
show(b.seek, 0, 2)
show(b.flush)
x = bytearray(10)
b.seek(0)
show(b.readinto, x, 3)
show(b.readinto, x, -1)
show(b.readinto, b"read only")
show(b.readinto, x, 20)
print(x)
show(b.write, b"abcdef", -1)
show(b.write, b"abcdef", 1, -1)
show(b.write, b"abcdef", -1, 2)
show(b.write, b"abcdef", 2)
show(b.write, b"abcdef", 1, 2)
show(b.write, b"abcdef", 10, 2)
show(b.getvalue)
show(b.seek, 5, 1)
show(b.write, b"after a gap")
show(b.getvalue)
show(b.seek, -100, 1)
show(b.tell)
show(b.seek, 0, 7)
show(b.close)
show(b.read)
show(b.write, b"x")
show(b.getvalue)
show(b.close)

for source in (b"foobar", bytearray(b"foobar"), memoryview(b"foobar")):
    b = io.BytesIO(source)
    b.write(b"1")
    print(bytes(source), b.getvalue())
source = bytearray(b"grow")
b = io.BytesIO(source)
source += b"x" * 1000
print(b.read())
show(io.BytesIO, 1.5)
