# struct: packed objects come back; bytes that never were one do not
import gc
import struct


class C:
    pass


o = C()
for x in (o, [1], "a text that is not interned", "a", 5, -5, None, True, C, object, 1.5):
    packed = struct.pack("<O", x)
    print(len(packed) == struct.calcsize("<O"), struct.unpack("<O", packed)[0] == x)
packed = struct.pack("O", o)
gc.collect()
print(struct.unpack("O", packed)[0] is o)
size = struct.calcsize("P")
for junk in (bytes(size), bytes(range(16, 16 + 2 * size, 2)), b"\xf8" * size):
    try:
        print(struct.unpack("O", junk))
    except ValueError as x:
        print(x)
    try:
        print(struct.unpack("S", junk))
    except UnicodeError:
        print("UnicodeError")
print(struct.unpack("P", struct.pack("P", 1234)))
