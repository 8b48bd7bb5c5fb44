# what the preview of 1.29 added: a byte is searched by its number, encodings have names, width counts characters
for f in (lambda: b"abcab".find(97), lambda: b"abcab".rfind(97), lambda: bytearray(b"abc").index(99, 1), lambda: b"abcab".rindex(98),
          lambda: b"abc".find(True), lambda: b"a\0b".find(0), lambda: b"abc".find(256), lambda: b"abc".find(-1), lambda: b"".find(1),
          lambda: "abc".find(97), lambda: b"abc".index(120), lambda: b"abc".find(1 << 70)):
    try:
        print(f())
    except (ValueError, TypeError, OverflowError) as e:
        print(type(e).__name__, e)
for f in (lambda: "é".encode("utf8"), lambda: "é".encode("UTF-8"), lambda: "é".encode("ascii"), lambda: b"\xc3".decode("ascii"),
          lambda: bytearray(b"ab").decode("ascii"), lambda: b"a".decode("latin-1"), lambda: bytes("a", "cp1252"), lambda: str(b"\xc3\xa9", "ascii"),
          lambda: str(bytearray(b"\xc3\xa9"), "utf-8"), lambda: str(b"a", ""), lambda: "a".encode(1)):
    try:
        print(ascii(f()) if "ascii" in globals() else f())
    except (LookupError, UnicodeError, TypeError) as e:
        print(type(e).__name__, e)
print(["é".center(n) for n in range(6)], [b"ab".center(n) for n in range(6)])
try:
    ("%(" + "k" * 256 + ")d") % {"k" * 256: 1}
except RuntimeError as e:
    print(e)
