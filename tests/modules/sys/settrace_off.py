# without -X settrace there is nothing of it, as in MicroPython as it is usually built
import sys


def f():
    pass


print(hasattr(sys, "settrace"), hasattr(sys, "gettrace"), hasattr(sys, "_getframe"), "settrace" in dir(sys))
print(hasattr(f.__code__, "co_name"), hasattr(f.__code__, "co_lines"))
