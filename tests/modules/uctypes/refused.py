# uctypes: descriptors that are none, places that are not there, wrong arguments. On a board no address can do harm.
import uctypes as u


def show(f, *args):
    try:
        r = f(*args)
        print(r if not isinstance(r, u.struct) else str(r)[:14])
    except Exception as e:
        print(type(e).__name__, e)


data = bytearray(64)
A = u.addressof(data)
for d in (1, None, "x", [], (), (1,), (0 | u.ARRAY,), (0 | u.ARRAY, 1, 2), (0 | u.PTR, 1, 2), (0, 1, 2, 3), (-1, 1), (u.ARRAY | u.PTR, 1), {"x": None}, {"x": "a"}, {"x": ()}, {"x": (1,)},
          {"x": (0 | u.ARRAY, "a")}, {"x": (0 | u.ARRAY, "a", {})}, {"x": (0 | u.ARRAY, 1 << 40)}, {"x": (0 | u.PTR, None)}, {"x": (0, None)}, {"x": (0, 5)}, {"x": 1.5}, {1: 0 | u.UINT8},
          {"x": 1 << 40}, {"x": 1 << 70}, {"x": (0 | u.ARRAY, 2, (0 | u.ARRAY, 2 | u.UINT8))}, {"x": [1, 2]}):
    print(d)
    s = u.struct(A, d)
    show(lambda: s.x)
    show(lambda: s[0])
    show(u.sizeof, s)
    show(bytes, s)
    show(lambda: s.x.x)
    show(lambda: s.x[0])
for d in ({"x": (1 << 26) | u.UINT8}, {"x": (0 | u.ARRAY, (1 << 27) - 1)}, {"x": (0 | u.ARRAY, (1 << 27) - 1, (0 | u.ARRAY, (1 << 27) - 1, (0 | u.ARRAY, (1 << 27) - 1, (0 | u.ARRAY, 7 | u.UINT64))))},
          {"x": (0 | u.PTR, u.UINT64)}, {"x": (0 | u.PTR, {"y": 0 | u.UINT8})}, {"x": 12345678 | u.FLOAT64}):
    s = u.struct(A, d)
    show(lambda: s.x)
    show(lambda: s.x[0])
    show(lambda: s.x[0x7FFFFFF])
    show(lambda: s.x[-5])
    show(bytes, s)
    show(u.sizeof, s)
loop = {}
loop["x"] = (0, loop)
show(u.sizeof, loop)
for address in (0, 1, 0x08000000, 0x40002C00, 0x1FFFFFFF, 0xFFFFFFFF, -1, 1 << 70):
    s = u.struct(address, {"a": 0 | u.UINT8, "b": 0 | u.UINT32, "c": (0 | u.ARRAY, 4 | u.UINT8)})
    show(lambda: s.a)
    show(lambda: s.c)
    show(lambda: setattr(s, "b", 1))
    show(bytes, s)
    show(u.bytes_at, address, 4)
    show(u.bytearray_at, address, 4)
# a store reaches plain bytes only: an object stays what it is
o = [1, 2, 3]
s = u.struct(id(o), {"a": 0 | u.UINT32})
show(lambda: setattr(s, "a", 0))
show(u.bytearray_at, id(o), 4)
print(o)
show(u.bytes_at, A, -1)
show(u.bytearray_at, A, -1)
show(u.bytes_at, A, 1 << 20)
show(u.bytearray_at, A, 1 << 20)
S = u.struct(A, {"a": 0 | u.UINT8, "arr": (0 | u.ARRAY, 2 | u.UINT16), "sub": (0, {})})
for f in (lambda: S.arr[2], lambda: S.arr[-1], lambda: S.arr["x"], lambda: S.nope, lambda: S[0], lambda: S.sub[0], lambda: len(S.arr), lambda: hash(S), lambda: S + 1, lambda: int(S),
          lambda: setattr(S, "a", "x"), lambda: setattr(S, "a", 1.5), lambda: setattr(S, "arr", 1), lambda: setattr(S, "nope", 1), lambda: delattr(S, "a"), lambda: u.sizeof(S, 0), lambda: u.sizeof(S.a)):
    show(f)
show(u.struct)
show(u.struct, A)
show(u.struct, data, {})
show(u.struct, A, {}, 0, 0)
show(u.addressof, 1)
show(u.sizeof)
