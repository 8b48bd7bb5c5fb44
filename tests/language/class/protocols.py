# SPDX-License-Identifier: MIT
# Truth, length, hash, conversion, items, calls, iteration.


def attempt(f):
    try:
        print(f())
    except BaseException as e:
        print(type(e).__name__, e)


def one(name, result):
    return type("T", (), {name: lambda self, *args: result})()


for result in (True, False, 5, "x", None, NotImplemented):
    x = one("__bool__", result)
    print(result, bool(x), not x, 1 if x else 2)
for result in (0, 3, -1, 2.5):
    x = one("__len__", result)
    attempt(lambda: (bool(x), len(x)))
for result in (0, -5, 1.5, "a"):
    attempt(lambda: hash(one("__hash__", result)))
for result in (1, 1 << 70, "a", 1.0):
    attempt(lambda: int(one("__int__", result)))
for result in (1, 1.5):
    attempt(lambda: float(one("__float__", result)))
x = one("__int__", 3)
print([1, 2, 3, 4][x], [0] * x, range(x), hex(x), chr(one("__int__", 65)))
attempt(lambda: [1][one("__index__", 0)])
attempt(lambda: [1][one("__int__", 1 << 70)])
for f in (len, hash, abs, int, float, complex, iter, next, bool):
    attempt(lambda: type(f(object())) if f is hash else f(object()))


class Items:
    def __getitem__(self, i):
        print("get", i)
        return i

    def __setitem__(self, i, v):
        print("set", i, v)

    def __delitem__(self, i):
        print("del", i)


t = Items()
t[1] = 2
t[1:2] = 3
del t["a"]
print(t[...], t[1, 2], t[::2])
o = one("__len__", 1)
for text in ("o[1]", "o[1] = 2", "del o[1]"):
    try:
        exec(text, {"o": o})
    except TypeError as e:
        print(e)


class Seq:
    def __getitem__(self, i):
        if i > 3:
            raise IndexError
        return i * i


print(list(Seq()), 4 in Seq(), 5 in Seq(), [x for x in Seq()], max(Seq()))


class Count:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        if self.n == 0:
            raise StopIteration("done")
        self.n -= 1
        return self.n


print(list(Count(3)), sum(Count(4)), 1 in Count(3), tuple(Count(2)), *Count(2))
a, b = Count(2)
print(a, b)
c = Count(1)
print(next(c), next(c, "default"))
attempt(lambda: next(c))
attempt(lambda: list(one("__iter__", 5)))
attempt(lambda: iter(one("__next__", 5)))
print(next(one("__next__", 5)))


class Call:
    def __call__(self, *a, **k):
        return a, k


print(Call()(), Call()(1, 2, 3, 4, 5, 6), Call()(1, x=2), callable(Call()), callable(o))
attempt(lambda: o())

# special methods are looked up in the class only
o.__call__ = lambda: 5
attempt(lambda: o())


class Setting:
    __hash__ = None
    __add__ = len
    __str__ = lambda self: "text"


attempt(lambda: hash(Setting()))
attempt(lambda: Setting() + "abc")
print(str(Setting()))


class Text:
    def __repr__(self):
        return "repr"


print(Text(), str(Text()), [Text()], {1: Text()}, "%s %r" % (Text(), Text()), f"{Text()}")


class Failing:
    def __bool__(self):
        raise KeyError(1)

    def __eq__(self, o):
        raise ValueError(2)

    def __str__(self):
        raise OSError(3)


attempt(lambda: bool(Failing()))
attempt(lambda: [Failing()] == [1])
attempt(lambda: str(Failing()))
