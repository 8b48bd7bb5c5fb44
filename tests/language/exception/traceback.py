# SPDX-License-Identifier: MIT
# sys.print_exception: the lines of a traceback.
import io
import sys


def show(f, *args):
    try:
        f(*args)
    except BaseException as e:
        b = io.StringIO()
        sys.print_exception(e, b)
        for line in b.getvalue().split("\n"):
            if line.startswith("  File "):
                line = '  File "FILE", ' + line.split('", ')[1]
            print(line)


def throw(e):
    raise e


def deep(n):
    if n == 0:
        return 1 // 0
    return deep(n - 1)


class E(Exception):
    pass


class Text(Exception):
    def __str__(self):
        return "text"


class Repr(Exception):
    def __repr__(self):
        return "repr"


show(deep, 3)
for e in (E(), E(1), E(1, 2), Text("a"), Repr("a"), ValueError(), OSError(2), OSError(2, "f"), KeyError("k"), SystemExit(3)):
    show(throw, e)
show(throw, E)
show(throw, 5)


def again():
    try:
        deep(1)
    except ZeroDivisionError as e:
        raise e


def again_bare():
    try:
        deep(1)
    except ZeroDivisionError:
        raise


show(again)
show(again_bare)


def gen():
    yield 1
    1 // 0


show(lambda: list(gen()))
show(lambda: sorted([1, 2], key=lambda x: 1 // 0))
show(lambda: exec("def f():\n  return 1 // 0\nf()"))
show(lambda: exec("x = = 1"))
show(lambda: exec("a = 1\n\n\n  b"))
show(lambda: next(iter([])))


class C:
    def __init__(self):
        raise E("init")

    def __add__(self, o):
        raise E("add")


show(C)
show(lambda: object.__new__(C) + 1)

# an exception that is raised again collects more records
kept = E("kept")
show(throw, kept)
show(throw, kept)
kept = ValueError("cleared")
show(throw, kept)
kept.__traceback__ = None
show(throw, kept)
