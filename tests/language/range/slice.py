# Slice objects, as __getitem__ sees them.
class S:
    def __getitem__(self, i):
        return i


s = S()
print(s[1:2:3], s[:], s["a":"b"], s[1, 2:3], s[...])
x = s[1:2]
print(x.start, x.stop, x.step, isinstance(x, slice), slice)
for y in (s[1:2], s[::-1], s[-3::2], s[5::-2], s[::], s[100:-100:-3], s[:3]):
    print(y.indices(10), y.indices(3), y.indices(0))


def refused(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


refused(lambda: s[::0].indices(10))
refused(lambda: x.indices("a"))
refused(lambda: x.indices())
refused(lambda: x.nothing)
refused(lambda: hash(x))
refused(lambda: slice(1))
print(x == x, x == s[1:2])
