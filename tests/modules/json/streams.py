# json.dump and json.load: any stream, native or written in Python; what follows the value; errors of the stream.
import io
import json


class Source(io.IOBase):
    def __init__(self, data):
        self.data = data
        self.at = 0

    def readinto(self, buffer):
        n = min(len(buffer), len(self.data) - self.at)
        buffer[:n] = self.data[self.at : self.at + n]
        self.at += n
        return n


class Sink(io.IOBase):
    def __init__(self, most):
        self.most = most
        self.data = b""

    def write(self, buffer):
        self.data += bytes(buffer)[: self.most]
        return min(len(buffer), self.most)


class Broken(io.IOBase):
    def __init__(self, answer):
        self.answer = answer

    def readinto(self, buffer):
        if self.answer == "raise":
            raise RuntimeError("broken")
        return self.answer


def load(stream):
    try:
        print(json.load(stream))
    except Exception as e:
        print(type(e).__name__, e.args)


load(io.StringIO('{"a": [1, 2, {"b": null}]}'))
load(io.BytesIO(b"[true]  \n"))
load(Source(b'["one", 2, 3.5]\n'))
for answer in ("raise", -5, None, 0):
    load(Broken(answer))
for stream in ("text", None, 1, []):
    load(stream)
two = io.StringIO("[1] [2]")
load(two)  # only blanks may follow
print(two.read())

s = io.StringIO()
print(json.dump([1, {"a": 2}, "\"x\""], s), s.getvalue())
s = io.BytesIO()
json.dump({"k": [1.5, None]}, s, separators=(",", ":"))
print(s.getvalue())
s = Sink(100)
json.dump([1, "text", {"a": True}], s)
print(s.data)
for bad in (1, None, "x"):
    try:
        json.dump(1, bad)
    except Exception as e:
        print(type(e).__name__, e)
for args in ((), (1,), (1, s, 3)):
    try:
        json.dump(*args)
    except Exception as e:
        print(type(e).__name__, e)
