# IOBase: classes with readinto, write and ioctl are streams; what they return is not trusted.
import io

try:
    import json
except ImportError:
    print("SKIP: module json is missing")
    raise SystemExit


def show(f, *args):
    try:
        print(repr(f(*args)))
    except Exception as e:
        print(type(e).__name__, e.args)


class Writer(io.IOBase):
    def __init__(self, answer):
        self.answer = answer

    def write(self, data):
        print("write", bytes(data))
        return len(data) if self.answer is True else self.answer


import sys

out = Writer(True)
print("hi", 1, file=out)
show(json.dump, [1, 2], out)


class Reader(io.IOBase):
    def __init__(self, data):
        self.data = data
        self.at = 0

    def readinto(self, buffer):
        part = self.data[self.at : self.at + len(buffer)]
        buffer[: len(part)] = part
        self.at += len(part)
        return len(part)


show(json.load, Reader(b'{"a": [1, 2, 3]} '))


class Wrong(io.IOBase):
    def __init__(self, answer):
        self.answer = answer

    def readinto(self, buffer):
        return self.answer


show(json.load, Wrong(None))
show(json.load, Wrong(-5))
show(json.load, Wrong(0))
show(json.load, Wrong("x"))
show(json.load, Wrong(100))
try:
    print("more than it got", file=Writer(100))
except OSError as e:
    print("OSError", e.errno)
show(json.load, io.IOBase())
show(json.load, 1)


class Half(io.IOBase):
    pass


show(json.load, Half())
print(io.IOBase(), io.IOBase.__bases__)
