# Every method of set and frozenset.
def show(f):
    s, z = {1, 2, 3}, frozenset((1, 2))
    try:
        r = f(s, z)
        print(sorted(r) if isinstance(r, (set, frozenset)) else r, type(r).__name__, sorted(s))
    except Exception as e:
        print(type(e).__name__, e, sorted(s))


show(lambda s, z: s.add(9))
show(lambda s, z: s.add(1))
show(lambda s, z: s.add([]))
show(lambda s, z: z.add(1))
show(lambda s, z: s.remove(9))
show(lambda s, z: s.remove(1))
show(lambda s, z: s.discard(9))
show(lambda s, z: s.discard(1))
show(lambda s, z: s.pop())
show(lambda s, z: set().pop())
show(lambda s, z: s.clear())
show(lambda s, z: s.copy())
show(lambda s, z: z.copy())
show(lambda s, z: s.update())
show(lambda s, z: s.update([9], (8,)))
show(lambda s, z: s.update(5))
show(lambda s, z: s.update(s))
for name in ("union", "intersection", "difference", "symmetric_difference", "issubset", "issuperset", "isdisjoint"):
    for arg in ([], [1, 9], [1, 1], {1: 2}, (7, 8), range(5), 5):
        show(lambda s, z: getattr(s, name)(arg))
        show(lambda s, z: getattr(z, name)(arg))
    show(lambda s, z: getattr(s, name)(s))
    show(lambda s, z: getattr(s, name)())
    show(lambda s, z: getattr(s, name)([1], [2]))
for name in ("intersection_update", "difference_update", "symmetric_difference_update"):
    for arg in ([], [1, 9], [1, 1], 5):
        show(lambda s, z: getattr(s, name)(arg))
    show(lambda s, z: getattr(s, name)(s))
    show(lambda s, z: getattr(z, name)(s))
show(lambda s, z: s.__contains__(1))
show(lambda s, z: set.union(z, s))
show(lambda s, z: set.add(5, 1))
show(lambda s, z: set(5))
show(lambda s, z: set(1, 2))
show(lambda s, z: set(a=1))
show(lambda s, z: frozenset(s))
show(lambda s, z: frozenset("aab") == frozenset("ba"))
show(lambda s, z: s.x)
