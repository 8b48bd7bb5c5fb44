# struct: pack_into, offsets from both ends, buffers that are too small or cannot be written
import struct


def t(*args):
    buffer = bytearray(b"-" * 6)
    try:
        print(struct.pack_into(args[0], buffer, *args[1:]), buffer)
    except Exception as x:
        print(args, type(x).__name__, *x.args, buffer)


t("b", 1, 5)
t("<h", -2, 258)
t(">i", 0, 7)
t("bxb", 1, 1, 2)
t("3s", 0, b"x")
t("B", 5, 700)
t("bb", 0, 5)
t("b", 0)
t("b", 6, 5)
t("b", -7, 5)
t("<h", 5, 5)
t("", 6)
t("b", "a", 5)
t("b", 0, "a")
t("bb", 0, 1, None)
for target in (b"abc", 1, "abc", memoryview(b"abc")):
    try:
        struct.pack_into("b", target, 0, 5)
    except TypeError as x:
        print(x)
try:
    struct.pack_into("b", bytearray(1))
except TypeError as x:
    print(x)
b = bytearray(8)
struct.pack_into("<i", memoryview(b)[2:], 1, -1)
print(b)
