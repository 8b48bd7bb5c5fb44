# SPDX-License-Identifier: MIT
# super()


def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


class A:
    v = "A.v"

    def m(self):
        return "A.m"

    @classmethod
    def c(cls):
        return "A.c", cls.__name__

    @staticmethod
    def s():
        return "A.s"

    @property
    def p(self):
        return "A.p"


class B(A):
    def m(self):
        return "B.m", super().m()

    @classmethod
    def c(cls):
        return "B.c", super().c()

    def s(self):
        return "B.s", super().s()

    def v2(self):
        return super().v

    def p2(self):
        return type(super().p)

    def none(self):
        return super().none()


class C(B):
    def m(self):
        return "C.m", super().m()


b = B()
c = C()
print(b.m(), b.c(), B.c(), b.s(), b.v2(), c.m(), c.c())
# properties are not run
print(b.p2())
attempt(lambda: b.none())
s = super(C, c)
print(s.m(), s.v)
attempt(lambda: s.q)
try:
    s.x = 1
except AttributeError as e:
    print(e)
print(super(B, c).m(), super(B, C).c())
for args in ((), (1,), (1, 2), (A, 1), (B, A())):
    attempt(lambda: super(*args))


class Mixed(A, list):
    def __init__(self, *items):
        super().__init__(items)

    def m(self):
        return super().m(), super().count(1)


m = Mixed(1, 1, 2)
print(m, m.m())


class First:
    def __init__(self, *args):
        print("First", args)


class Second(First, list):
    def __init__(self):
        super().__init__(1)


class Third(list, First):
    def __init__(self):
        super().__init__((1, 2))


print(Second(), Third())


class Closure(A):
    def m(self):
        def inner():
            return super(Closure, self).m()

        return inner(), __class__.__name__


print(Closure().m())
print(type(super(B, b)), super(A, b).__init__() is None)
