# StringIO: characters out, bytes counted by readline, seek and tell.
import io


def show(f, *args):
    try:
        print(repr(f(*args)))
    except Exception as e:
        print(type(e).__name__, e.args)


s = io.StringIO("héllo\nwörld\nlast")
show(s.read, 2)
show(s.tell)
show(s.readline)
show(s.readline, 3)
show(s.read)
show(s.read)
show(s.seek, 0)
show(s.readinto, bytearray(3))
show(s.seek, -1)
show(s.seek, -1, 2)
show(s.read)
show(s.seek, 1, 1)
show(s.seek, 20)
show(s.read)
show(s.write, "zz")
show(s.getvalue)
show(s.write, b"x")
show(s.write, 1)
show(s.write, None)
show(s.getvalue)
show(s.seek, "x")
show(s.seek)
show(s.read, "x")
show(s.read, None)

show(io.StringIO, None)
for source in ("", "abc", 5):
    s = io.StringIO(source)
    show(s.getvalue)
    show(s.write, "Z")
    show(s.getvalue)
print(list(io.StringIO("one\ntwo\n\nthree")))
with io.StringIO("q") as s:
    show(s.read)
show(s.read)
show(s.write, "x")
show(s.getvalue)
show(s.close)
print(io.StringIO("a").__class__, io.StringIO.__bases__)
s = io.StringIO(100)
print("to a stream", 1, 2.5, file=s, sep="|")
show(s.getvalue)
text = "interned"
s = io.StringIO(text)
s.write("IN")
print(text, s.getvalue())
