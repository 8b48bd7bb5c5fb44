# bytes: checksums over bytearrays, memoryview slices, struct packing
import struct
def crc(data):
    c = 0xffff
    for b in data:
        c ^= b << 8
        for _ in range(8):
            c = (c << 1) ^ 0x1021 if c & 0x8000 else c << 1
        c &= 0xffff
    return c
def run():
    buf = bytearray(bytes(range(256)) * 40)
    view = memoryview(buf)
    total = crc(view[:10000])
    for i in range(250000):
        struct.pack_into("<HIb", buf, i % 9000, i & 0xffff, i * 3, i % 100)
        a, b, c = struct.unpack_from("<HIb", buf, i % 9000)
        total += a + b + c
    return total
print(run())
