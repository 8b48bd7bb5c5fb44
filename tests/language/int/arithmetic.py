# Small and big integers: + - * // % divmod across the borders of small integers, all signs.
edges = [1 << 14, 1 << 15, 1 << 16, 1 << 29, 1 << 30, 1 << 31, 1 << 32, 1 << 61, 1 << 62, 1 << 63, 1 << 64, 1 << 100]
values = [0, 1, -1, 2, -7, 10]
for e in edges:
    values += [e, e - 1, -e, -e - 1]
total = 0
for a in values:
    for b in values:
        assert a - b == -(b - a)
        assert (a + b) - b == a
        p = a * b
        if b:
            assert p // b == a and p % b == 0
            q, r = divmod(a, b)
            assert q == a // b and r == a % b
            assert q * b + r == a
            assert 0 <= r < b or b < r <= 0
        total = (total * 31 + (a + b) * 7 + p) % 1000000007
print(total)
print((1 << 64) // 10, -(1 << 64) // 10, (1 << 64) % -10, divmod(-(1 << 64), 10))
print(99999999999999999999 * 99999999999999999999)
print(123456789012345678901234567890 - 123456789012345678901234567889)
for f in (lambda: 1 // 0, lambda: 1 % 0, lambda: 1 / 0, lambda: divmod(1, 0), lambda: (1 << 70) // 0, lambda: (1 << 70) % 0):
    try:
        f()
    except ZeroDivisionError as e:
        print(e)
