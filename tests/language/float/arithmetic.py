# Float operators: floor division and modulo signs, mixing with integers, powers, comparisons.
inf, nan = float("inf"), float("nan")
for a in (5.5, -5.5, 0.0, -0.0, 7.0):
    for b in (2, -2, 0.3, inf, -inf):
        print(a // b, a % b, divmod(a, b), end=" ")
    print()
print(inf % 2, inf // 2, nan % 1, 1 % nan, 0 * inf, inf - inf)
print(1 + 0.5, 0.5 + (1 << 70), (1 << 70) / 3, 7 / 2, -7 // 2.0, 2 * 1.5, 1e308 * 10)
print(2**0.5, 4.0**0.5, (-8.0) ** 2, 0.0**0, nan**0, 1**nan, (-2.0) ** inf, inf**-1, 0.0**0.5)
print(1.0 < 2, 2 > 1.5, nan == nan, nan != nan, nan < 1, inf > 1 << 70, 1.5 == "a", 0.0 == -0.0)
for f in (lambda: 1.0 / 0, lambda: 1.0 // 0, lambda: 1.0 % 0, lambda: divmod(1.0, 0), lambda: 0.0**-1):
    try:
        f()
    except ZeroDivisionError as e:
        print(e)
for f in (lambda: 1.0 | 1, lambda: 1.0 << 1, lambda: 1.0 @ 1, lambda: ~1.0, lambda: 1.0 + None, lambda: 1.0 * [1], lambda: 1.0 < "a"):
    try:
        f()
    except TypeError as e:
        print(e)
print(-1.5, +1.5, abs(-1.5), abs(-0.0), not 0.0, bool(nan), hash(1.0), hash(1.5), hash(-0.0))
