# Big integers as text in every usual base, and back.
x = 1
for i in range(60):
    x = x * 1000003 + i
    for v in (x, -x):
        assert int(str(v)) == v and int(hex(v), 16) == v and int(bin(v), 2) == v and int(oct(v), 8) == v
print(x)
print(hex(x), oct(1 << 70), bin(-(1 << 65)))
print("%d %x %X %o" % (1 << 70, 1 << 70, (1 << 70) - 1, 1 << 70))
print("{:,} {:30d}|{:<30}|{:+d} {:#x}".format(1 << 70, 1 << 70, 1 << 70, 1 << 70, 1 << 70))
print(repr(10**40), str(-(10**40)), [1 << 64])
