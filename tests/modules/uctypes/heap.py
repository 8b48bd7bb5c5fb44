# uctypes: what objects and values cost in the heap of a 32-bit board.
import gc
import uctypes as u


def cost(f):
    f()
    before = gc.mem_alloc()
    kept = f()
    return gc.mem_alloc() - before


data = bytearray(16)
address = u.addressof(data)
descriptor = {
    "q": 0 | u.UINT64, "i": 0 | u.INT64, "w": 8 | u.UINT32, "f": 8 | u.FLOAT32, "bits": 8 | u.BFUINT32 | 0 << u.BF_POS | 4 << u.BF_LEN,
    "sub": (0, {"x": 0 | u.UINT8}), "bytes": (0 | u.ARRAY, 4 | u.UINT8), "words": (0 | u.ARRAY, 2 | u.UINT32), "longs": (0 | u.ARRAY, 2 | u.UINT64),
    "subs": (0 | u.ARRAY, 2, {"x": 0 | u.UINT8}), "p": (0 | u.PTR, u.UINT8),
}
s = u.struct(address, descriptor)
print(cost(lambda: u.struct(address, descriptor)), cost(lambda: u.bytes_at(address, 3)), cost(lambda: u.bytearray_at(address, 3)), cost(lambda: u.sizeof(s)))
for name in ("w", "f", "bits", "sub", "bytes", "words", "longs", "subs", "p"):
    print(name, cost(lambda: getattr(s, name)), end="; ")
print()
for value in (0, 1, 1 << 29, 1 << 30, 1 << 31, 1 << 62):
    s.q = value
    print(value, cost(lambda: s.q), cost(lambda: s.i), cost(lambda: s.longs[0]))
s.w = 1 << 31
print(cost(lambda: s.w), cost(lambda: s.words[1]))
