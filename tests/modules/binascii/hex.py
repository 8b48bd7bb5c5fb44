# binascii: hexlify and unhexlify, separators, what is refused.
import ubinascii as binascii


def show(f, *args):
    try:
        print(args, f(*args))
    except Exception as e:
        print(args, type(e).__name__, e)


for args in ((b"",), (b"\x00\xff",), ("ab",), (b"abc", ":"), (b"abc", b"-"), (b"", ":"), (b"a", ":"), (b"abc", "::"), (b"abc", ""), (bytearray(b"ab"),), (b"abc", 1), (1,), (),
             (b"a", ":", 1), (b"abc", None)):
    show(binascii.hexlify, *args)
for args in ((b"",), (b"00ff",), ("0aF9",), (b"0",), (b"0g",), (b"abc",), (bytearray(b"ab"),), (b"a b",), (b"ab cd",), (1,), ()):
    show(binascii.unhexlify, *args)
print(binascii.unhexlify(binascii.hexlify(bytes(range(256)))) == bytes(range(256)))
