# int.from_bytes and int.to_bytes. The byte order is "little" or anything else.
print((1).to_bytes(2, "big"), (1).to_bytes(2, "little"), (1).to_bytes(), (1).to_bytes(3), (0).to_bytes(0, "big"))
print((1 << 70).to_bytes(9, "big"), (1 << 70).to_bytes(10, "little"), (-1).to_bytes(3, "big", signed=True), (-(1 << 70)).to_bytes(10, "little", signed=True))
print((255).to_bytes(1, "big"), (-128).to_bytes(1, "big", signed=True), (65535).to_bytes(length=2, byteorder="little"), (-32768).to_bytes(2, signed=True))
for v, n in ((256, 1), (-129, 1), (1, 0), (1 << 70, 8), (-32769, 2), (-(1 << 63) - 1, 8), (1 << 800, 2)):
    try:
        print(v.to_bytes(n, "little"))
    except OverflowError as e:
        print("OverflowError", e)
try:
    (1).to_bytes(-1, "big")
except ValueError as e:
    print("ValueError", e.args)
print(int.from_bytes(b"\x01\x02", "big"), int.from_bytes(b"\x01\x02", "little"), int.from_bytes(b"\x01\x02"), int.from_bytes(b"", "big"))
print(int.from_bytes(b"\xff" * 10, "big"), int.from_bytes(bytearray(b"ab"), "big"), int.from_bytes(bytes(20) + b"\x01", "little"))
print((5).from_bytes(b"a", "big"), int.from_bytes(b"\xff\xff\xff\x3f", "little"), int.from_bytes(b"\xff\xff\xff\x7f", "little"))
for v in (1 << 100, (1 << 64) - 1, 12345678901234567890123):
    assert int.from_bytes(v.to_bytes(20, "big"), "big") == v and int.from_bytes(v.to_bytes(20, "little"), "little") == v
for f in (lambda: int.from_bytes([1], "big"), lambda: int.from_bytes(1, "big"), lambda: int.to_bytes(1.0, 2, "big")):
    try:
        f()
    except TypeError as e:
        print("TypeError", e)
# the range is checked
print((-1).to_bytes(2, "big", signed=True), (127).to_bytes(1, "big", signed=True), (-128).to_bytes(1, "big", signed=True), (-(1 << 64)).to_bytes(9, "little", signed=True))
for v, n, signed in ((128, 1, True), (-129, 1, True), (-1, 1, False), (1 << 64, 8, False), (1 << 63, 8, True), (-(1 << 63) - 1, 8, True)):
    try:
        print(v.to_bytes(n, "big", signed=signed))
    except OverflowError:
        print("OverflowError")
