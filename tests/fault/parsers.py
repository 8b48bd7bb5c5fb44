# json, re, deflate and zlib, each allocation refused once: the same call, made again, gives what it always gives.
import deflate
import gzip
import io
import json
import re
import zlib


def again(f, *args):
    """The answer; where memory is refused, that of a second try. An error of the data is an answer too."""
    for _ in range(2):
        try:
            return f(*args)
        except MemoryError:
            pass
        except (ValueError, OSError, EOFError, RuntimeError) as e:
            return type(e)
    print("refused twice")
    raise SystemExit(3)


def check(found, expected):
    if found != expected:
        print("different:", found)
        raise SystemExit(3)


class Slow(io.IOBase):
    """Gives one byte at a time."""

    def __init__(self, data):
        self.data = data
        self.at = 0

    def readinto(self, buf):
        buf[:1] = self.data[self.at : self.at + 1]
        self.at += 1
        return 1 if self.at <= len(self.data) else 0


def into(stream, f, *args, **kw):
    f(*args, stream, **kw)
    return stream.getvalue()


value = {"a": [1, -2.5, 10**30, True, None], "text": "\u20ac\n\"\\", "deep": [[[[{}]]]], "long": "x" * 100}
text = again(json.dumps, value)
check(again(json.loads, text), value)
check(again(lambda: json.load(Slow(text.encode()))), value)
check(again(lambda: json.loads(into(io.StringIO(), json.dump, value, separators=(",", ":")))), value)
check(again(json.loads, bytearray(text.encode())), value)
for bad in ("", "{", "[1,", '"', "nul", "[1 2", "-", "\x00"):
    check(again(json.loads, bad), ValueError)
check(again(json.dumps, b"bytes") is not None, True)

date = again(re.compile, r"(\d\d?)\.((\d+)|[a-f]*?)(?:x|y)+$")
check(again(lambda: date.search("on 12.345xy").groups()), ("12", "345", "345"))
check(again(lambda: date.match("12.345xy").span(2)), (3, 6))
check(again(lambda: re.sub(r"(\w)(\w)", r"\2\g<1>", "abcdef", 2)), "badcef")
check(again(lambda: re.sub(b"[aeiou]", lambda m: m.group(0).upper(), b"some bytes here")), b"sOmE bytEs hErE")
check(again(lambda: re.compile(r"[,;]\s*").split("a, b;c,d", 2)), ["a", "b", "c,d"])
check(again(lambda: re.match("(a*)*b", "a" * 300)), RuntimeError)
for bad in ("(", "[a", "*", "(?<x)", "a{2", "\\"):
    again(re.compile, bad)

data = bytes(range(60)) * 20 + b"the same again and again " * 30
for wbits in (5, -9, 15, 31, -15):
    small = again(zlib.compress, data, wbits)
    check(again(zlib.decompress, small, wbits), data)
    check(again(lambda: zlib.DecompIO(Slow(small), wbits).read()), data)
    for cut in (0, 1, 5, len(small) // 2, len(small) - 1):
        again(zlib.decompress, small[:cut], wbits)
for kind in (deflate.RAW, deflate.ZLIB, deflate.GZIP):

    def pack():
        out = io.BytesIO()
        with deflate.DeflateIO(out, kind, 10) as d:
            for i in range(0, len(data), 333):
                d.write(data[i : i + 333])
        return out.getvalue()

    small = again(pack)
    check(again(lambda: deflate.DeflateIO(io.BytesIO(small), kind if kind == deflate.RAW else deflate.AUTO, 10).read()), data)

    def lines():
        d = deflate.DeflateIO(Slow(small), kind, 10)
        return d.read(7), d.readline(), d.readinto(bytearray(5))

    check(again(lines)[0], data[:7])
check(again(lambda: gzip.decompress(gzip.compress(data))), data)
print("done")
