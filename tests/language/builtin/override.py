# SPDX-License-Identifier: MIT
# Names stored in module builtins cover the builtin functions, also for import statements and class statements.
import builtins


def f():
    return abs(-1)


print(f())
builtins.abs = lambda x: "covered"
print(f())
del builtins.abs
print(f())

real_import = __import__


def tracing(name, globals=None, locals=None, names=None, level=0):
    print("import", name, names, level)
    return real_import(name, globals, locals, names, level)


builtins.__import__ = tracing
import gc
from gc import collect, enable
del builtins.__import__
import gc

real_build = __build_class__


def build(body, name, *bases):
    print("class", name, bases)
    return real_build(body, name, *bases)


builtins.__build_class__ = build


class A:
    x = 1


class B(A):
    pass


del builtins.__build_class__
print(A.x, B().x)


class C:
    pass


try:
    del builtins.never
except KeyError as e:
    print("KeyError", e)
builtins.new_name = 1
print(new_name)
new_name = 2
print(new_name)
del new_name
print(new_name)
