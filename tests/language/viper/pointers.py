# pointers: loads, stores, read-only memory, temporary buffers, wrong addresses
import gc
from array import array


@micropython.viper
def both(dst, src):
    d = ptr8(dst)
    s = ptr8(src)
    for i in range(int(len(src))):
        d[i] = s[i]
        d[i] += 1
        d[i] ^= 0x20
        d[i] |= s[i] & 1
    return dst


print(both(bytearray(4), b"abcd"), both(bytearray(3), "xyz"), both(bytearray(8), "interned"))


@micropython.viper
def widths(b):
    p8, p16, p32 = ptr8(b), ptr16(b), ptr32(b)
    p32[0] = 0x12345678
    p16[2] = -2
    p8[6] = 300
    p8[7] = True
    return p32[0] == 0x12345678, p16[0], p16[1], p16[2], p8[6], p8[7], int(p16) == int(p32), p8[p8[7]]


print(widths(bytearray(8)), widths(array("H", [0] * 4)), widths(memoryview(bytearray(8))))


@micropython.viper
def temporary() -> int:
    p = ptr32(bytearray(64))
    for i in range(16):
        p[i] = i
        if not i & 3:
            gc.collect()
            keep = [bytearray(64) for _ in range(10)]
    total = 0
    for i in range(16):
        total += p[i]
    return total


print(temporary())


@micropython.viper
def order(log, p: ptr8):
    p[int(log(1))] = int(log(7))
    p[int(log(0))] += int(log(3))
    p[0] = p[2] = 9
    a, p[3] = p[1], 2
    return p[0], p[1], p[2], p[3]


def log(x):
    print("log", x)
    return x


print(order(log, bytearray(5)))


@micropython.viper
def address(p: ptr8, n: uint) -> ptr8:
    return ptr8(uint(p) + n)


@micropython.viper
def peek(p: ptr8) -> int:
    return p[0]


@micropython.viper
def poke(p: ptr32, i: int, v: int):
    p[i] = v


b = bytearray(b"hello")
print(peek(address(b, 1)), type(address(b, 0)), address(b, 4) - address(b, 0))
for f in (lambda: peek(0), lambda: poke(0, 0, 0), lambda: poke(None, 1, 1), lambda: peek(-1), lambda: poke(1 << 70, -1, 0)):
    try:
        print(f())
    except ValueError as e:
        print("ValueError", e)
try:
    peek("a".__class__)
except TypeError as e:
    print("TypeError", e)
