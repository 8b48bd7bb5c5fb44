# SPDX-License-Identifier: MIT
# __new__ and __init__.


def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


class Empty:
    pass


# without __init__ any arguments pass
print(type(Empty(1, 2, a=3)))


class Init:
    def __init__(self, a, b=2, *c, d=4, **e):
        print(a, b, c, d, e)


Init(1)
Init(1, 3, 5, d=6, f=7)
attempt(lambda: Init())
attempt(lambda: Init(1, a=2))


class Bad:
    def __init__(self):
        return 5


attempt(lambda: Bad())


class Other:
    def __new__(cls, *args):
        print("new", cls, args)
        return 5

    def __init__(self):
        print("not reached")


print(Other(1))


class Usual:
    def __new__(cls, *args):
        print("new", args)
        return object.__new__(cls)

    def __init__(self, *args):
        print("init", args)


class Derived(Usual):
    def __new__(cls):
        return super().__new__(cls, 1, 2)


print(type(Usual(3)), type(Derived()))
print(Usual.__dict__["__new__"])
attempt(lambda: object.__new__(int))
attempt(lambda: object.__new__(1))
attempt(lambda: object(1))
print(object())


class Static:
    @staticmethod
    def __init__(*args):
        print("static", args)


Static(1)


class Late:
    pass


Late.__init__ = lambda self, x: print("late", x)
Late(1)


class Deep:
    def __init__(self):
        super().__init__()


print(type(Deep()))


class TooMuch:
    def __init__(self):
        super().__init__(1)


attempt(lambda: TooMuch())
