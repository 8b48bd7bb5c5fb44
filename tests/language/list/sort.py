# sort and sorted. Ours is stable, as Python's is.
l = [5, 3, 8, -1, 0, 3, 100, 7, 2, 2, 9]
l.sort()
print(l)
l.sort(reverse=True)
print(l)
l.sort(key=lambda x: -x)
print(l)
print(sorted("hello world"), sorted((3, 1, 2), reverse=True), sorted({"b": 1, "a": 2}))
print(sorted(["b", "aa", "", "a", "B", "é"]))
print(sorted([1.5, 1, -2, 2**70, True, -(2**70)]))
print(sorted([(2, "a"), (1, "b"), (1, "a")]), sorted([[3], [1, 2], []]))
pairs = [(i * 7 % 5, i) for i in range(40)]
print(sorted(pairs, key=lambda p: p[0]) == sorted(pairs))
print([p for p in sorted(pairs, key=lambda p: p[0], reverse=True)[:9]])
big = [i * 7919 % 1009 for i in range(1000)]
print(sorted(big) == sorted(big, key=str) or sorted(big)[:5], sorted(big) == sorted(big, key=lambda x: (x,)))


class V:
    def __init__(self, v):
        self.v = v

    def __lt__(self, other):
        return self.v < other.v


print([x.v for x in sorted([V(3), V(1), V(2), V(1)])])


def refused(f):
    try:
        f()
        print("fine")
    except Exception as e:
        print(type(e).__name__, e)


refused(lambda: [1, "a"].sort())
refused(lambda: ["a", 1].sort())
refused(lambda: [1, 2, "a", 3].sort())
refused(lambda: [None, None].sort())
refused(lambda: [1].sort(5))
refused(lambda: [1, 2].sort(key=5))
refused(lambda: [1, 2].sort(foo=1))
refused(lambda: sorted())
refused(lambda: sorted(5))
refused(lambda: sorted([1], None))
l = [3, 1, 2]
refused(lambda: l.sort(key=lambda x: 1 // (x - 1)))
print(l)
