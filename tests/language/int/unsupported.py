# What integers refuse, with the messages; repeating sequences from the left; bool is no int.
for f in (lambda: 1 + None, lambda: 1 + "a", lambda: 1 @ 1, lambda: 1 | 1.0, lambda: 1 << 1.0, lambda: (1 << 70) @ 1, lambda: True + None,
          lambda: 2 * {1}, lambda: 2 * bytearray(b"a"), lambda: len(1), lambda: 1[0], lambda: 1(), lambda: (1).real, lambda: True.to_bytes(1, "big")):
    try:
        print(f())
    except (TypeError, AttributeError) as e:
        print(type(e).__name__, e)
print(3 * "ab", 2 * b"ab", 2 * [1], 2 * (1, 2), True * "x", 0 * "x")
print(isinstance(True, int), True + 1, True & False, type(True & False), ~True, -True, +True, abs(True), True << 70, True / 2, True == 1)
print(bool(), bool(1 << 70), bool(0), bool([]), not 0, hash(True), hash(5), hash(-1))
