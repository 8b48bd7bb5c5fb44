# enumerate, zip, map, filter, reversed, iter, next, and objects that have only __getitem__.
class G:
    def __getitem__(self, i):
        if i > 2:
            raise IndexError
        return i * 10


class Stop(G):
    def __getitem__(self, i):
        if i > 2:
            raise StopIteration
        return i


class Bad(G):
    def __getitem__(self, i):
        raise ValueError("bad")


class L(G):
    def __len__(self):
        return 3


class R:
    def __reversed__(self):
        return "reversed"


def gen():
    yield 1
    yield 2


def show(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


l = [1, 2, 3]
for f in (
    lambda: (list(G()), list(Stop()), [x for x in G()], 20 in G(), next(iter(G()))),
    lambda: list(Bad()),
    lambda: iter(5),
    lambda: iter(l),
    lambda: list(enumerate("ab")),
    lambda: (list(enumerate(l, 5)), list(enumerate(l, start=5)), list(enumerate(iterable=l, start=-1))),
    lambda: enumerate(),
    lambda: enumerate(5),
    lambda: enumerate(l, "a"),
    lambda: enumerate(l, 1, 2),
    lambda: enumerate(l, foo=1),
    lambda: (list(zip()), list(zip(l)), list(zip(l, "ab")), list(zip(l, "ab", gen()))),
    lambda: zip(5),
    lambda: zip(l, 5),
    lambda: zip(l, strict=True),
    lambda: (list(map(lambda x: x + 1, l)), list(map(lambda x, y: x + y, l, [10, 20])), list(map(str, gen()))),
    lambda: map(),
    lambda: map(len),
    lambda: map(len, 5),
    lambda: list(map(5, l)),
    lambda: next(map(lambda x: 1 // 0, l)),
    lambda: (list(filter(None, [0, 1, "", "a"])), list(filter(lambda x: x > 1, l))),
    lambda: filter(None),
    lambda: filter(None, 5),
    lambda: list(filter(5, l)),
    lambda: (list(reversed(l)), list(reversed("abc")), list(reversed((1, 2))), list(reversed(b"ab")), list(reversed(L())), reversed(R())),
    lambda: reversed(5),
    lambda: list(reversed({1})),
    lambda: list(reversed({1: 2})),
    lambda: reversed(gen()),
    lambda: next(reversed([])),
    lambda: (enumerate(l), zip(), map(len, l), filter(None, l), reversed(l), iter(range(3)), iter({}), iter("a")),
    lambda: (enumerate, zip, map, filter, reversed, type(iter(l))),
    lambda: type(iter(l))(),
    lambda: (iter(l).__next__(), enumerate(l).__next__(), bool(zip()), iter(l) == iter(l)),
    lambda: len(enumerate(l)),
    lambda: (sum(map(abs, [-1, -2])), max(enumerate([3, 1])), sorted(zip("ba", "cd"))),
):
    show(f)
it = iter(l)
print(iter(it) is it, next(it), next(it), next(it), next(it, "end"), list(it))
for i, (a, b) in enumerate(zip(range(3), "xyz")):
    print(i, a, b)
