# BufferedWriter hands on whole buffers; a failing flush keeps what it had.
import io

target = io.BytesIO()
w = io.BufferedWriter(target, 8)
print(w.write(b"foobar"), target.getvalue())
print(w.write(b"foobar"), target.getvalue())
w.flush()
print(target.getvalue())
w.write(b"x" * 20)
print(target.getvalue())
for size in (0, -1):
    try:
        io.BufferedWriter(target, size)
    except ValueError as e:
        print(e)


class Slow(io.IOBase):
    def __init__(self):
        self.calls = 0

    def write(self, data):
        self.calls += 1
        if self.calls < 3:
            return None
        print("written", bytes(data))
        return len(data)


w = io.BufferedWriter(Slow(), 8)
w.write(b"late")
for _ in range(4):
    try:
        w.flush()
        print("flushed")
    except OSError as e:
        print(repr(e))
