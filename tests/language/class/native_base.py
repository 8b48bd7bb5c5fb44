# SPDX-License-Identifier: MIT
# Classes with a native base: list, dict, int, str, tuple, exceptions.


def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


class L(list):
    pass


x = L((1, 2))
x.append(3)
x.name = "n"
print(x, len(x), x[0], x[1:], 2 in x, x == [1, 2, 3], [1, 2, 3] == x, x.name, x.__dict__)
print(x + [4], x * 2, list(x), sorted(x), bool(L()), isinstance(x, list), issubclass(L, list), type(x).__bases__)
x[0] = 9
del x[1]
print(x, [i for i in x], *x)
attempt(lambda: [1] + x)
attempt(lambda: 2 * x)
attempt(lambda: L(1, 2))
attempt(lambda: hash(x))
attempt(lambda: x.missing)
attempt(lambda: list.append(1, 1))
attempt(lambda: list.append(L(), 1))
attempt(lambda: list.append())


class Doubling(list):
    def __init__(self, *items):
        super().__init__(items)
        self.extra = len(items)

    def append(self, item):
        super().append(item * 2)

    def __len__(self):
        return 100


d = Doubling(1, 2)
d.append(3)
print(d, d.extra, len(d))


class NoInit(list):
    def __init__(self, items):
        print("init")


# the native part is made afterwards from the same arguments
print(NoInit([1, 2]))
attempt(lambda: NoInit(5))


class TooEarly(list):
    def __init__(self):
        self.append(1)


attempt(lambda: TooEarly())


class Own(list):
    def __new__(cls, *args):
        print("new", args)
        return object.__new__(cls)

    def __init__(self, *args):
        super().__init__(args)


print(Own(1, 2))


class D(dict):
    def __getitem__(self, key):
        return ("mine", super().__getitem__(key))


d = D(a=1)
print(d["a"], d.get("a"), d, list(d), len(d), "a" in d)


class I(int):
    def __add__(self, other):
        return "add"

    def __str__(self):
        return "I"


i = I(5)
print(i + 1, i - 1, -i, i == 5, 5 == i, i < 6, int(i), hash(i), [0] * 6 and [1, 2, 3, 4, 5, 6][i], str(i), repr(i), f"{i}")
attempt(lambda: 1 + i)
attempt(lambda: 1 - i)
attempt(lambda: 1 < i)


class S(str):
    def upper(self):
        return "up:" + super().upper()


s = S("abc")
print(s, s.upper(), s[0], s + "d", len(s), s == "abc", "abc" == s, "a" in s, hash(s) == hash("abc"), "%s" % s)
attempt(lambda: "d" + s)
T = type("T", (tuple,), {})
print(T((1, 2)), T((1, 2)) + (3,), T((1, 2))[1], T())
B = type("B", (bytes,), {})
print(B(b"abc"), B(b"abc")[1], b"d" + B(b"abc"), bytes(B(b"x")), memoryview(B(b"q"))[0])
F = type("F", (float,), {})
print(F(1.5), F(1.5) + 1)

# which classes can be bases
for bases in ((bool,), (type(None),), (slice,), (int, str), (L, int), (L, L), (Exception, ValueError), (1,), (object, int), (I, object)):
    attempt(lambda: type("X", bases, {}))


class Shown(list):
    def __repr__(self):
        return "shown"


# str() goes to the native part
print(Shown([1]), str(Shown([1])), repr(Shown([1])), [Shown([1])])
print(L((1,)) != [1], L((1,)) != [2])
