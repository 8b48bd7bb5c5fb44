# uctypes: every kind of field in every layout: loading, storing, sizes. Addresses are not printed.
import uctypes as u

DESC = {
    "u8": 0 | u.UINT8, "i8": 9 | u.INT8, "u16": 2 | u.UINT16, "i16": 8 | u.INT16, "u32": 4 | u.UINT32, "i32": 8 | u.INT32, "u64": 16 | u.UINT64, "i64": 8 | u.INT64,
    "f32": 4 | u.FLOAT32, "f64": 8 | u.FLOAT64,
    "bytes": (24 | u.ARRAY, 4 | u.UINT8), "halves": (24 | u.ARRAY, 4 | u.UINT16), "pairs": (32 | u.ARRAY, 2, {"x": 0 | u.UINT8, "y": 1 | u.UINT8}),
    "sub": (40, {"z": 0 | u.UINT8, "deep": (1, {"w": 0 | u.UINT16})}),
    "low": 48 | u.BFUINT8 | 0 << u.BF_POS | 4 << u.BF_LEN, "high": 48 | u.BFINT8 | 4 << u.BF_POS | 4 << u.BF_LEN,
    "b16": 50 | u.BFUINT16 | 3 << u.BF_POS | 9 << u.BF_LEN, "b32": 52 | u.BFUINT32 | 1 << u.BF_POS | 30 << u.BF_LEN,
}
for layout in (u.LITTLE_ENDIAN, u.BIG_ENDIAN, u.NATIVE):
    data = bytearray(i * 37 + 11 & 255 for i in range(64))
    s = u.struct(u.addressof(data), DESC, layout)
    print("layout", layout, u.sizeof(s), u.sizeof(DESC, layout), str(s)[:14])
    for name in ("u8", "i8", "u16", "i16", "u32", "i32", "u64", "i64", "f32", "f64", "low", "high", "b16", "b32"):
        print(name, getattr(s, name), end="; ")
    print()
    print(s.bytes, s.bytes[1], s.halves[1], s.halves[3], s.pairs[1].y, s.sub.z, s.sub.deep.w, bytes(s.pairs), bytes(s.sub))
    for name, value in (("u8", 300), ("i8", -2), ("u16", 0x1234), ("i16", -5), ("u32", 0x89ABCDEF), ("u64", 0x123456789ABCDEF0), ("f32", 1.5), ("low", 0x1F), ("high", 9), ("b16", 0x1FF), ("b32", 5)):
        setattr(s, name, value)
        print(name, getattr(s, name), end="; ")
    s.i64 = -3
    s.f64 = -0.75
    print(s.f64)
    s.bytes[2] = 7
    s.halves[3] = 0xABCD
    s.pairs[0].x = 99
    s.sub.deep.w = 0x5566
    print(data)
print([u.sizeof(d, layout) for layout in (0, 1, 2) for d in ({}, {"a": 0 | u.UINT8, "b": 1 | u.UINT32}, {"a": 0 | u.UINT32, "b": 4 | u.UINT8}, {"a": 0 | u.UINT8, "b": 8 | u.UINT64},
       {"s": (0, {"a": 0 | u.UINT32, "b": 4 | u.UINT8}), "t": 5 | u.UINT8}, {"b": 0 | u.BFUINT16 | 4 << u.BF_LEN}, (0 | u.ARRAY, 4 | u.UINT16), (4 | u.ARRAY, 3, {"a": 0 | u.UINT16, "b": 2 | u.UINT8}))])
# pointers: words of the computer
word = u.sizeof({"p": (0 | u.PTR, u.UINT8)})
data = bytearray(b"0123456789abcdef")
holder = bytearray(word)
p = u.struct(u.addressof(holder), {"addr": 0 | (u.UINT32 if word == 4 else u.UINT64), "chars": (0 | u.PTR, u.UINT8), "halves": (0 | u.PTR, u.UINT16), "pairs": (0 | u.PTR, {"a": 0 | u.UINT8, "b": 1 | u.UINT8})})
p.addr = u.addressof(data) + 2
print(p.chars[0], p.chars[3], p.chars[-1], hex(p.halves[1]), p.pairs[2].b, int(p.chars) == p.addr, u.sizeof(p.chars))
p.chars[1] = 88
p.pairs[1].a = 89
print(data, u.addressof(p.pairs[1]) == p.addr + 2, u.addressof(p) == u.addressof(holder))
print(u.bytes_at(u.addressof(data) + 4, 3), u.bytearray_at(u.addressof(data) + 6, 4), u.bytes_at(u.addressof(data), 0))
view = u.bytearray_at(u.addressof(data), 4)
view[0] = 65
print(data[:2], len(view), view + b"x")
view.append(1)
view[1] = 66
print(data[:2], view)
