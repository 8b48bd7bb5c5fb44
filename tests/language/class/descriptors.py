# SPDX-License-Identifier: MIT
# Properties, descriptors, __setattr__, __delattr__, __set_name__, static and class methods.


def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


class P:
    def __init__(self):
        self._p = 1

    @property
    def p(self):
        return self._p

    @p.setter
    def p(self, value):
        print("set", value)
        self._p = value

    @p.deleter
    def p(self):
        print("del")

    r = property(lambda self: "read")
    n = property()


o = P()
print(o.p, o.r, P.p)
o.p = 5
print(o.p)
del o.p
for text in ("o.r = 1", "del o.r", "o.n", "o.n = 1"):
    try:
        exec(text, {"o": o})
    except AttributeError as e:
        print(text, e)


class Q(P):
    @property
    def p(self):
        return "Q"


print(Q().p, Q().r)
object.__setattr__(o, "r", "instance")
print(o.r)


class D:
    def __init__(self, name):
        self.name = name

    def __set_name__(self, owner, name):
        print("set_name", owner.__name__, name)

    def __get__(self, obj, cls):
        return ("get", self.name, obj is None, cls.__name__)

    def __set__(self, obj, value):
        print("set", self.name, value)

    def __delete__(self, obj):
        print("delete", self.name)


class Only:
    def __get__(self, obj, cls):
        return "only"


class H:
    d = D("d")
    only = Only()


h = H()
print(h.d, h.only)
h.d = 1
del h.d
print(h.__dict__)
h.only = 2
print(h.only)
# no descriptor call from the class
print(type(H.d).__name__)


class S:
    def __setattr__(self, name, value):
        print("setattr", name, value)
        super().__setattr__(name, value)

    def __delattr__(self, name):
        print("delattr", name)
        super().__delattr__(name)


s = S()
s.a = 1
print(s.a, s.__dict__)
del s.a
attempt(lambda: delattr(s, "a"))
attempt(lambda: object.__setattr__(1, "a", 2))


class M:
    @classmethod
    def cm(cls, *args):
        return cls.__name__, args

    @staticmethod
    def sm(*args):
        return args

    plain = len
    bound = [].append


class M2(M):
    pass


print(M.cm(1), M().cm(1), M2.cm(), M2().cm(), M.sm(1), M().sm(1), M().plain([1]))
m = M()
m.f = lambda x: x
print(m.f(3), m.cm == m.cm, m.cm == M2().cm)
f = M.cm
print(f(2))

# a class that has subclasses cannot become special
try:
    M.late = property(len)
except AttributeError as e:
    print(e)
M2.late = property(lambda self: "late")
print(M2().late)
attempt(lambda: property(1, 2, 3, 4, 5))
attempt(lambda: property(fget=1))
attempt(lambda: staticmethod())
print(property(), staticmethod(1), classmethod(1))
