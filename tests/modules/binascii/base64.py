# binascii: base 64 in both directions, padding, characters that are skipped.
import ubinascii as binascii


def show(f, *args, **kw):
    try:
        print(args, kw, f(*args, **kw))
    except Exception as e:
        print(args, kw, type(e).__name__, e)


for text in (b"", b"YQ==", b"YWI=", b"YWJj", "YWJj", b"YWJjZA==\n", b"Y Q\n==", b"YQ", b"YQ=", b"Y", b"YQ==YQ==", b"=", b"====", b"Y=Q=", b"!!YWJj", b"+/-_", b"YWJjZ", b"YWJj=",
             b"YW=Jj", b"YQ==x", b"\xff\xfeYQ==", b"Zm9v===YmFy", b"ab=cdef=", bytearray(b"+/+/"), 1):
    show(binascii.a2b_base64, text)
for data in (b"", b"a", b"ab", b"abc", "abcd", b"\xff\xfe\xfd", b"a" * 60, 1):
    show(binascii.b2a_base64, data)
show(binascii.b2a_base64, b"a", newline=False)
show(binascii.b2a_base64, b"", newline=False)
show(binascii.b2a_base64, newline=True)
show(binascii.b2a_base64, b"a", end=1)
print(all(binascii.a2b_base64(binascii.b2a_base64(bytes(range(n)))) == bytes(range(n)) for n in range(256)))
