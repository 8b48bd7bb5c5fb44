# zlib: window sizes out of range, the extremes of an integer included.
import zlib

for bits in (0, 4, 16, 20, 32, 33, 36, 48, -4, -16, -(1 << 63), (1 << 63) - 1, -(1 << 70), 1 << 70):
    for f in (zlib.compress, zlib.decompress):
        try:
            print(bits, f(b"", bits), end="; ")
        except (ValueError, OverflowError, EOFError, OSError) as e:
            print(bits, type(e).__name__, e, end="; ")
    print()
data = b"window" * 20
print([zlib.decompress(zlib.compress(data, b), b) == data for b in (5, 15, -5, -15, 21, 31)])
