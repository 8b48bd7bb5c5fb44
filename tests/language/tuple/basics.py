# tuple: indices, slices, operators, methods, hashing.
t = (1, 2, 3)


def show(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


def store():
    t[0] = 1


def delete():
    del t[0]


for f in (
    lambda: (t[0], t[-1], t[True], t[0:2], t[-2:], t[5:], t[2:1]),
    lambda: t[5],
    lambda: t[-4],
    lambda: t["a"],
    lambda: t[::2],
    lambda: t[::-1],
    lambda: t[::0],
    store,
    delete,
    lambda: t + (4,),
    lambda: t + [1],
    lambda: (t * 2, 2 * t, t * 0, t * -1, () * 5),
    lambda: t * "a",
    lambda: (t < (1, 2, 4), t <= t, t > (1,), t >= (2,), t == (1, 2, 3), t != (1, 2), () < (1,)),
    lambda: t < [1],
    lambda: (1,) < ("a",),
    lambda: (t == [1, 2, 3], (1, (2, 3)) == (1, (2, 3)), (1.0,) == (1,)),
    lambda: (2 in t, 9 in t, None in ()),
    lambda: (t.index(2), t.index(3, 1), t.count(1), t.count(9)),
    lambda: t.index(9),
    lambda: t.index(1, 1),
    lambda: t.index(),
    lambda: t.append(1),
    lambda: tuple.count(5, 1),
    lambda: (tuple(), tuple([1]), tuple("abc"), tuple({1: 2}), tuple(range(3)), tuple(x for x in "ab")),
    lambda: (tuple(t) is t, tuple([]) is (), t[0:0] is ()),
    lambda: tuple(5),
    lambda: tuple(1, 2),
    lambda: tuple(a=1),
    lambda: hash(t) == hash((1, 2, 3)),
    lambda: hash(([],)),
    lambda: (len(t), bool(t), bool(()), not ()),
    lambda: -t,
    lambda: t(),
    lambda: (repr((1,)), repr(()), str(("a", b"b", 1.5))),
    lambda: list(iter(t)),
):
    show(f)
a = t
a += (4,)
print(a, t)
try:
    a += [1]
except TypeError as e:
    print(e)
