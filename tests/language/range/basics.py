# range: length, indices, slices, membership, iteration at the limits of a machine integer.
def show(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


r = range(10)


def store():
    r[0] = 1


for f in (
    lambda: (r, range(1, 5), range(0, 10, 3), range(5, 0, -2), range(True)),
    lambda: [len(x) for x in (r, range(0), range(5, 1), range(0, 10, 3), range(5, 0, -2), range(0, 5, -1), range(1 << 29))],
    lambda: [list(x) for x in (range(3), range(5, 0, -2), range(0, 7, 3), range(5, 1), range(-3, 3, 2))],
    lambda: (r[0], r[-1], r[True], range(0, 100, 7)[3]),
    lambda: r[10],
    lambda: r[-11],
    lambda: r["a"],
    store,
    lambda: (r[1:3], r[::2], r[::-1], r[8:2:-2], r[5:2], r[-3:], range(0, 100, 7)[3:9:2]),
    lambda: (list(r[8:2:-2]), list(r[5:2]), list(range(0, 100, 7)[3:9:2]), list(r[100:])),
    lambda: (3 in r, 10 in r, -1 in r, 3.0 in r, "a" in r, 4 in range(1, 10, 3), 5 in range(1, 10, 3), 7 in range(9, 0, -2), 8 in range(9, 0, -2)),
    lambda: (r.start, r.stop, r.step, range(1, 9, 2).step),
    lambda: r.x,
    lambda: r == r,
    lambda: r < r,
    lambda: hash(r),
    lambda: (bool(r), bool(range(0))),
    lambda: range(),
    lambda: range(1, 2, 0),
    lambda: range(1, 2, 3, 4),
    lambda: range("a"),
    lambda: range(1.0),
    lambda: range(a=1),
    lambda: list(reversed(range(5))),
    lambda: [x for x in range(0x3FFFFFF0, 0x3FFFFFFF, 7)],
):
    show(f)
try:
    range(10**30)
except OverflowError as e:
    print(e)
