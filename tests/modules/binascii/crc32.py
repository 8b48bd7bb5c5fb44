# binascii.crc32: known values, continuing, any start value.
import ubinascii as binascii

print(binascii.crc32(b""), binascii.crc32(b"123456789"), binascii.crc32("The quick brown fox jumps over the lazy dog"))
data = bytes(range(256)) * 3
print(all(binascii.crc32(data[n:], binascii.crc32(data[:n])) == binascii.crc32(data) for n in range(0, 768, 13)))
print(binascii.crc32(b"abc", 1), binascii.crc32(b"abc", -1), binascii.crc32(b"abc", 1 << 40), binascii.crc32(b"abc", 0xFFFFFFFF))
for args in ((1,), (b"a", "x"), ()):
    try:
        binascii.crc32(*args)
    except TypeError as e:
        print(e)
