# sys.exc_info: the exception that is being handled, through calls, in finally, in a generator, and none after any handler has ended.
import sys


def show(where):
    kind, value, traceback = sys.exc_info()
    print(where, kind and kind.__name__, value and value.args, traceback)


def inner():
    show("called")
    try:
        raise ValueError(2)
    except ValueError:
        show("inner")
    show("back")


def gen():
    show("gen")
    yield 1
    try:
        raise KeyError(3)
    except KeyError:
        show("gen handler")
        yield 2


show("before")
try:
    raise IndexError(1)
except IndexError:
    show("handler")
    inner()
    for x in gen():
        show("between")
show("after")
try:
    try:
        raise OSError(5)
    finally:
        show("finally")
except OSError:
    pass
show("end")
