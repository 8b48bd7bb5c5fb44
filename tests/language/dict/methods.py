# Every method of dict.
def show(f):
    d = {1: 2, 3: 4}
    try:
        print(f(d), d)
    except Exception as e:
        print(type(e).__name__, e, d)


show(lambda d: d.get(1))
show(lambda d: d.get(9))
show(lambda d: d.get(9, 7))
show(lambda d: d.get(9, 7, 1))
show(lambda d: d.pop(1))
show(lambda d: d.pop(9))
show(lambda d: d.pop(9, None))
show(lambda d: d.pop())
show(lambda d: d.popitem())
show(lambda d: {}.popitem())
show(lambda d: d.setdefault(9))
show(lambda d: d.setdefault(9, 5))
show(lambda d: d.setdefault(1, 5))
show(lambda d: d.update())
show(lambda d: d.update({5: 6}))
show(lambda d: d.update({5: 6}, a=1))
show(lambda d: d.update([(5, 6), [7, 8], "ab"]))
show(lambda d: d.update([(5,)]))
show(lambda d: d.update([(5, 6, 7)]))
show(lambda d: d.update([5]))
show(lambda d: d.update(5))
show(lambda d: d.update({1: 2}, {3: 4}))
show(lambda d: d.update(d))
show(lambda d: d.clear())
show(lambda d: d.copy())
show(lambda d: d.__getitem__(1))
show(lambda d: d.__setitem__(5, 6))
show(lambda d: d.__delitem__(1))
show(lambda d: d.has_key)
show(lambda d: dict.get(5, 1))
show(lambda d: dict.fromkeys([1, 2]))
show(lambda d: dict.fromkeys("ab", 3))
show(lambda d: d.fromkeys(range(3)))
show(lambda d: dict.fromkeys(5))
show(lambda d: dict.fromkeys())
show(lambda d: dict())
show(lambda d: dict(5))
show(lambda d: dict(1, 2))
show(lambda d: dict(d, a=1))
show(lambda d: dict([(1, 2)], b=5))
show(lambda d: dict(x for x in ((1, 2), (3, 4))))
show(lambda d: d | {5: 6})
show(lambda d: d | [(5, 6)])
show(lambda d: d | 5)
show(lambda d: d + d)
show(lambda d: d < d)
show(lambda d: (d == {3: 4, 1: 2}, d == {3: 4}, d == {1: 2, 3: 5}, d != {}, d == 5))
show(lambda d: (1 in d, 2 in d, len(d), bool(d), bool({})))
show(lambda d: list(reversed({0: "a"})))
d = {1: 2}
e = d
e |= {3: 4}
print(d, d is e)
a = {}
a[1] = a
try:
    repr(a)
except RuntimeError as e:
    print(e)
