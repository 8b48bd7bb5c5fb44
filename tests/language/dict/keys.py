# Which keys are one key, and which cannot be keys.
d = {1: "int", "a": "text", b"a": "bytes", None: "none", (1, 2): "tuple", 1.5: "float", 2**70: "big"}
print(d[1], d[True], d[1.0], d["a"], d[b"a"], d[None], d[(1, 2)], d[1.5], d[2**70], len(d))
print({1.0: 2, 1: 3}, {True: 2, 1: 3}, {0: 1, False: 2})
print({frozenset((1, 2)): 1}[frozenset((2, 1))], {(): 5}[()], {int: 1}[int], {len: 2}[len])
long = "x" * 30
print({long: 1}["x" * 15 + "x" * 15], ("x" * 30) in {long: 2}, {"ab": 1}["".join(["a", "b"])])


class K:
    def __init__(self, v):
        self.v = v

    def __hash__(self):
        return self.v % 3

    def __eq__(self, other):
        return isinstance(other, K) and self.v == other.v


d = {K(i): i for i in range(10)}
print(sorted(d[K(i)] for i in range(10)), K(11) in d, len(d))
for i in range(0, 10, 2):
    del d[K(i)]
print(sorted(d.values()), d.get(K(4)), d.get(K(5)))


def refused(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, repr(e.args[0]))


d = {1: 2}
refused(lambda: d[9])
refused(lambda: d["x"])
refused(lambda: d[(1,)])
refused(lambda: d[[1]])
refused(lambda: d.get([1]))
refused(lambda: [] in d)
refused(lambda: {{}: 1})
refused(lambda: {}.get([]))
refused(lambda: {}[[]])
refused(lambda: d.__delitem__(5))
refused(lambda: hash(d))
