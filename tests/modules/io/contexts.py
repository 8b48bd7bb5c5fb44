# io: streams in `with` are closed at its end, also when it ends with an exception; then everything is ValueError.
import io

for make in (lambda: io.StringIO("abc"), lambda: io.BytesIO(b"abc")):
    with make() as s:
        print(s.__enter__() is s, s.read(2), s.flush(), s.tell())
    for f in (s.read, s.readline, s.getvalue, s.tell, s.flush, lambda: s.seek(0), lambda: s.write("x"), lambda: s.readinto(bytearray(1)), s.__enter__):
        try:
            result = f()
            print("s" if result is s else result, end="; ")
        except ValueError as e:
            print("ValueError", e, end="; ")
    print()
    print(s.close())
    try:
        with make() as s:
            raise KeyError
    except KeyError:
        try:
            s.read()
        except ValueError:
            print("closed")

with open("file", "w") as f:
    print(f.write("text"))
try:
    f.write("more")
except (ValueError, OSError) as e:
    print(type(e).__name__, e)
with io.open("file", mode="rb") as f:
    print(f.read(), type(f).__name__)
with io.open("file") as f:
    print(f.read(), type(f).__name__)
