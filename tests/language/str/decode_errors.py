# bytes.decode() and str() of bytes that are no UTF-8: strict, ignore, replace; what is wrong counts as CPython counts it.
cases = (
    b"", b"hello", b"\xff\xfe", b"hello\xffworld", b"\x80\x81", b"\xc3\x28", b"a\xc3", b"\xe4\xb8", b"\xe4\xb8!", b"\xe4", b"\xf0\x9f\x98", b"\xf0\x9f", b"\xf0",
    b"\xc3\xa9\xff\xe2\x82\xac", b"\xe2\x82\xc3\xa9", b"x" * 20 + b"\xff" + b"y" * 20, b"\xf8\x88", b"\xff" * 5,
)
for data in cases:
    for errors in ("ignore", "replace"):
        a = data.decode("utf-8", errors)
        same = {bytearray(data).decode("utf8", errors), str(data, "utf-8", errors), str(memoryview(data), "utf-8", errors), str(bytearray(data), "utf-8", errors)} == {a}
        print([hex(ord(c)) if ord(c) > 126 else c for c in a][:12], len(a), same)
for data in (b"\xe5\xa5\xbd", b"a\xbb\xccde\x01", b"plain"):
    for errors in ("ignore", "replace"):
        print([hex(ord(c)) for c in data.decode("ascii", errors)])
for errors in ("strict", "STRICT", "unknown"):
    for data in (b"fine", b"\xff"):
        try:
            print(data.decode("utf-8", errors))
        except (UnicodeError, LookupError) as e:
            print(type(e).__name__, errors)
try:
    print(b"abc".decode("latin-1", "ignore"))
except LookupError as e:
    print("LookupError", e)
