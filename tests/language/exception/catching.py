# SPDX-License-Identifier: MIT
# What can be raised, and what can stand after except.


def attempt(f):
    try:
        print(f())
    except BaseException as e:
        print(type(e).__name__, e.args)


def throw(e):
    raise e


class E(Exception):
    pass


class NotOne:
    pass


for e in (E, E(1), ValueError, 1, "a", None, int, NotOne, NotOne(), [ValueError]):
    attempt(lambda: throw(e))


def catch(kind):
    try:
        1 / 0
    except kind:
        return "caught"


for kind in (
    ZeroDivisionError, ArithmeticError, Exception, BaseException, (ValueError, ZeroDivisionError), (), E, (E, KeyError),
    1, int, (int, ZeroDivisionError), (ZeroDivisionError, int), [ZeroDivisionError], None, NotOne, ((ZeroDivisionError,),),
):
    attempt(lambda: catch(kind))


class WithNew(Exception):
    def __new__(cls, *args):
        print("new", args)
        return E("other")


class Useless(Exception):
    def __new__(cls, *args):
        return 1


attempt(lambda: throw(WithNew))
attempt(lambda: throw(WithNew(3)))
attempt(lambda: throw(Useless))


class Unfinished(Exception):
    def __init__(self):
        print(hasattr(self, "args"))


attempt(lambda: throw(Unfinished))


class NeedsArgument(Exception):
    def __init__(self, a):
        pass


attempt(lambda: throw(NeedsArgument))

# re-raising keeps the object
e = E("same")
try:
    try:
        raise e
    except E as x:
        print(x is e)
        raise
except E as y:
    print(y is e)
try:
    raise ValueError("v") from None
except ValueError as x:
    print(x)
