# deflate: what is written is what a board writes, byte for byte: matches, windows, wrappers, parts.
import binascii
import deflate
import io


def compress(data, *args, part=None):
    s = io.BytesIO()
    with deflate.DeflateIO(s, *args) as d:
        for i in range(0, len(data), part or len(data) or 1):
            d.write(data[i : i + (part or len(data))])
    return s.getvalue()


def letters(n, k):
    x = 1
    out = bytearray()
    for i in range(n):
        x = (x * 1103515245 + 12345) & 0x7FFFFFFF
        out.append(97 + (x >> 16) % k)
    return bytes(out)


for data in (b"", b"a", b"ab", b"aaa", b"aaaa", b"abcabcabd", bytes(range(140, 150)), "text"):
    print(data, compress(data, deflate.RAW))
for n in (257, 258, 259, 260, 261, 262, 263, 516, 518, 519, 520, 1000):
    print(n, compress(b"a" * n, deflate.RAW))
for bits in (0, 5, 6, 7, 8, 9, 10, 12, 15):
    for data in (letters(300, 3), letters(3000, 4), b"XYZW" + letters(28, 24) + b"XYZW", b"XYZW" + letters(29, 24) + b"XYZW"):
        c = compress(data, deflate.RAW, bits)
        print(bits, len(data), len(c), binascii.crc32(c), end="; ")
        with deflate.DeflateIO(io.BytesIO(c), deflate.RAW, bits) as d:
            assert d.read() == data
    print(compress(b"a", deflate.ZLIB, bits), compress(b"a", deflate.GZIP, bits))
for part in (1, 2, 7, 50):
    print(part, binascii.hexlify(compress(letters(120, 3), deflate.ZLIB, 6, part=part)))
