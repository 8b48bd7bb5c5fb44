# & | ^ ~ of small and big integers behave as endless two's complement.
values = [0, 1, -1, 5, -6, (1 << 16) - 1, -(1 << 16), 1 << 30, -(1 << 31), (1 << 62) + 3, -(1 << 62) - 3, 1 << 64, -(1 << 64),
          (1 << 70) - 1, -(1 << 70) + 1, 0x123456789ABCDEF0123456789ABCDEF, -0x123456789ABCDEF0123456789ABCDEF]
total = 0
for a in values:
    assert ~a == -a - 1
    for b in values:
        assert a & b == ~(~a | ~b)
        assert a ^ b == (a | b) - (a & b)
        assert (a & b) + (a | b) == a + b
        total = (total * 33 + (a & b) + 2 * (a | b) + 3 * (a ^ b)) % 1000000007
print(total)
print(-(1 << 64) & 0xFFFF, -(1 << 64) | 5, -(1 << 64) ^ (1 << 64), -1 & (1 << 70))
