# uctypes: the size of each scalar code, alone and in an array; names of C types; which codes are the same.
import uctypes as u

for size, names in (
    (1, "UINT8 INT8"), (2, "UINT16 INT16 SHORT USHORT"), (4, "UINT32 INT32 FLOAT32 INT UINT"), (8, "UINT64 INT64 FLOAT64 LONGLONG ULONGLONG LONG ULONG"),
):
    for name in names.split():
        code = getattr(u, name)
        print(name, u.sizeof({"a": 0 | code}, u.LITTLE_ENDIAN) == size, u.sizeof({"a": (0 | u.ARRAY, 3 | code)}) == 3 * size, end="; ")
    print()
print(u.SHORT == u.INT16, u.USHORT == u.UINT16, u.INT == u.INT32, u.UINT == u.UINT32, u.LONGLONG == u.INT64, u.ULONGLONG == u.UINT64)
print(u.LONG == u.INT64, u.ULONG == u.UINT64, u.VOID == u.UINT8, len({u.NATIVE, u.LITTLE_ENDIAN, u.BIG_ENDIAN}))
# a bit field is as wide as the scalar around it; its sign is not looked at
data = bytearray(b"\xff\x7f\xff\x0f")
for name, size in (("BFUINT8", 1), ("BFINT8", 1), ("BFUINT16", 2), ("BFINT16", 2), ("BFUINT32", 4), ("BFINT32", 4)):
    d = {"f": 0 | getattr(u, name) | 2 << u.BF_POS | 4 << u.BF_LEN}
    print(name, u.sizeof(d, u.LITTLE_ENDIAN) == size, u.struct(u.addressof(data), d, u.LITTLE_ENDIAN).f, end="; ")
print()
# a pointer is as wide as an address; VOID is what it may point at
word = u.sizeof({"p": (0 | u.PTR, u.VOID)})
print(word == u.sizeof({"a": 0 | u.ULONG}), word)
print(u.bytes_at(u.addressof(data), 2), u.bytearray_at(u.addressof(data), 4) == data)
