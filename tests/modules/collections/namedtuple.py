# collections.namedtuple
from collections import namedtuple

N = namedtuple("N", "a b")
n = N(1, 2)


def show(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


def store():
    n.a = 1


def store_item():
    n[0] = 1


for f in (
    lambda: (N, N.__name__, n, str(n), repr(N("x", b"y"))),
    lambda: (n.a, n.b, n[0], n[-1], n[0:1], n[:], len(n), list(n)),
    lambda: n.c,
    lambda: n.count(1),
    store,
    store_item,
    lambda: n[5],
    lambda: (n + (1,), n * 2, n + n),
    lambda: (n == (1, 2), (1, 2) == n, n == N(1, 2), n < (1, 3), (1, 3) > n, n in [(1, 2)]),
    lambda: (hash(n) == hash((1, 2)), {n: "found"}[(1, 2)], {(1, 2): "found"}[n]),
    lambda: (isinstance(n, tuple), issubclass(N, tuple), isinstance(n, N), type(n) is N),
    lambda: N(1),
    lambda: N(1, 2, 3),
    lambda: N(a=1),
    lambda: (N(a=1, b=2), N(1, b=2), N(b=1, a=2)),
    lambda: N(1, a=2),
    lambda: N(1, c=2),
    lambda: N(1, 2, c=3),
    lambda: namedtuple("X", ("a", "b"))(1, 2),
    lambda: namedtuple("X", ["a", "b"])(1, 2),
    lambda: namedtuple("X", " a  b ")(1, 2),
    lambda: (namedtuple("X", "")(), namedtuple("X", ())()),
    lambda: namedtuple("X", 5),
    lambda: namedtuple(5, "a"),
    lambda: namedtuple("X", [5]),
    lambda: namedtuple("X"),
    lambda: namedtuple("X", {"a": 1}),
):
    show(f)
a, b = n
print(a, b)


class Point(namedtuple("Point", "x y")):
    def norm(self):
        return self.x * self.x + self.y * self.y


p = Point(3, 4)
print(p.x, p[1], p.norm(), len(p), p == (3, 4), isinstance(p, tuple))
