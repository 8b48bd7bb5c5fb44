# Order and equality of small, big, bool and float.
values = [-(1 << 80), -(1 << 64), -(1 << 30) - 1, -1, 0, 1, (1 << 30) - 1, 1 << 30, 1 << 62, 1 << 64, (1 << 64) + 1, 1 << 80]
for i, a in enumerate(values):
    for j, b in enumerate(values):
        assert (a < b, a <= b, a == b, a != b, a >= b, a > b) == (i < j, i <= j, i == j, i != j, i >= j, i > j)
print(1 == 1.0, 1 == True, (1 << 70) == float(1 << 70), (1 << 70) < 1e22, 1 << 70 > 1e20, 1 == 1 + 0j)
print(1 == None, 1 == "1", (1 << 70) == [], 1 != "a")
print({1: "a", 1.0: "b", True: "c"}, (1 << 70) in {float(1 << 70)}, 1.0 in [1])
for f in (lambda: 1 < None, lambda: (1 << 70) < "a", lambda: 1 < 1j, lambda: True < []):
    try:
        f()
    except TypeError as e:
        print(e)
