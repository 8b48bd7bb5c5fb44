# struct: records packed and unpacked, one by one
import struct
def run():
    total = 0
    for i in range(100000):
        record = struct.pack("<IhBf8s", i, i % 1000 - 500, i & 255, i * 0.25, b"name")
        a, b, c, d, e = struct.unpack("<IhBf8s", record)
        total += a + b + c + int(d) + len(e)
    return total
print(run())
