# SPDX-License-Identifier: MIT
# Exception objects: arguments, attributes, texts, the hierarchy.


def attempt(f):
    try:
        print(f())
    except BaseException as e:
        print(type(e).__name__, e.args)


for e in (
    ValueError(), ValueError(1), ValueError("a"), ValueError("a", 1), ValueError(None), ValueError(""), KeyError("a"), KeyError(1, 2),
    OSError(), OSError(2), OSError(2, "x"), OSError(2, 5), OSError(2, "x", "y"), OSError(5000), OSError(5000, "x"), OSError("a"), OSError("a", "b"),
    StopIteration(), StopIteration(3), SystemExit(1), ValueError(ValueError(1)), UnicodeError("u"),
):
    print(repr(e), "|", str(e), "|", e.args, e.value, e.errno)


class E(Exception):
    pass


class O(OSError):
    pass


class Own(Exception):
    def __init__(self, a):
        self.a = a


class Both(Exception):
    def __init__(self, a):
        super().__init__(a, a)


class Text(Exception):
    def __str__(self):
        return "text"


class Repr(Exception):
    def __repr__(self):
        return "repr"


for e in (E(), E(1), E("a", 2), O(2), O(2, "f"), Own(3), Both(4), Text(1), Repr(1)):
    print(repr(e), "|", str(e), "|", e.args)
print(Own(3).a, O(2).errno, E().value)
attempt(lambda: E(x=1))
attempt(lambda: Exception(x=1))
attempt(lambda: Exception().foo)
attempt(lambda: E().foo)
attempt(lambda: setattr(Exception(), "foo", 1))
attempt(lambda: setattr(Exception(), "args", ()))
e = E(1)
e.foo = 1
e.args = 5
print(e.foo, e.args, e.__dict__)
e = ValueError(1)
e.__traceback__ = None
attempt(lambda: setattr(e, "__traceback__", 1))
attempt(lambda: e.__traceback__)
attempt(lambda: Exception.args)
attempt(lambda: Exception.__init__)
print(ValueError(1) == ValueError(1), bool(ValueError()))

parents = {
    Exception: BaseException, KeyboardInterrupt: BaseException, SystemExit: BaseException, GeneratorExit: BaseException,
    ArithmeticError: Exception, ZeroDivisionError: ArithmeticError, OverflowError: ArithmeticError, AssertionError: Exception,
    AttributeError: Exception, EOFError: Exception, ImportError: Exception, LookupError: Exception, IndexError: LookupError,
    KeyError: LookupError, MemoryError: Exception, NameError: Exception, OSError: Exception, RuntimeError: Exception,
    NotImplementedError: RuntimeError, StopIteration: Exception, StopAsyncIteration: Exception, SyntaxError: Exception,
    IndentationError: SyntaxError, TypeError: Exception, ValueError: Exception, UnicodeError: ValueError,
}
for child in parents:
    if child.__bases__ != (parents[child],):
        print("wrong", child, child.__bases__)
    if not issubclass(child, BaseException):
        print("wrong", child)
print(BaseException.__bases__)
