# gzip: buffers, files, streams.
import gzip
import io

text = b"line of a log\n" * 50
c = gzip.compress(text)
print(c[:10], len(c), gzip.decompress(c) == text)
with gzip.open("t.gz", "wb") as f:
    f.write(text)
with open("t.gz", "rb") as f:
    print(f.read() == c)
with gzip.open("t.gz", "rb") as f:
    print(f.readline(), f.read(7), len(f.read()))
s = io.BytesIO()
with gzip.GzipFile(fileobj=s, mode="wb") as g:
    print(g.write(b"a"))
print(s.getvalue(), gzip.GzipFile(fileobj=io.BytesIO(s.getvalue()), mode="rb").read())
# made by gzip.compress() of CPython, with a window of 32 KB
print(gzip.decompress(b"\x1f\x8b\x08\x1e}\x9a\x9bd\x02\x00\x00\x00\x00\x00\x00\xff\xcb\xcdL.\xca/\xa8,\xc9\xc8\xcf\x03\x00\xf2KF>\x0b\x00\x00\x00"))
for data in (b"", b"x\x9c\x03\x00", c[:-1]):
    try:
        gzip.decompress(data)
    except (OSError, EOFError) as e:
        print(type(e).__name__, e.args)
