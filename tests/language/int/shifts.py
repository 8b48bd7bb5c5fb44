# Shifts: borders of small integers, rounding down to minus infinity, counts that make no sense.
for a in (1, -1, 3, -3, 0x40000001, -0x40000001, (1 << 70) + 1, -(1 << 70) - 1):
    print(a << 1, a << 31, a << 64, a >> 1, a >> 16, a >> 64, a >> 200)
    for n in range(0, 130, 7):
        assert a << n == a * 2**n and a >> n == a // 2**n
print(0 << 1000000, 0 >> 5, 1 << 0, -1 >> 1000000)
for f in (lambda: 1 << -1, lambda: 1 >> -1, lambda: (1 << 70) << -1, lambda: (1 << 70) >> -1, lambda: 1 << (1 << 70), lambda: 1 >> (1 << 70)):
    try:
        f()
    except (ValueError, OverflowError) as e:
        print(type(e).__name__, e)
try:
    1 << (1 << 50)
    print("no error")
except (MemoryError, OverflowError):
    print("refused")
