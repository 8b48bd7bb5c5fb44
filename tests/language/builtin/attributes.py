# SPDX-License-Identifier: MIT
# getattr setattr delattr hasattr dir callable hash id


def attempt(text):
    try:
        print(text, "=", repr(eval(text)))
    except BaseException as e:
        print(text, type(e).__name__, e)


class A:
    x = 1

    def m(self):
        pass


a = A()
for text in (
    "getattr(a, 'x')", "getattr(a, 'y')", "getattr(a, 'y', 2)", "getattr(a, 1)", "getattr(a)", "hasattr(a, 'x')", "hasattr(a, 'y')", "hasattr(a, 1)",
    "setattr(a, 'y', 5)", "a.y", "delattr(a, 'y')", "delattr(a, 'y')", "setattr(1, 'a', 1)", "delattr(1, 'a')", "setattr(len, 'a', 1)",
    "(1).foo", "A.foo", "len.foo", "None.x", "[].__len__", "'a'.x", "(1.5).x", "attempt.x", "attempt.__name__", "a.m.__name__", "a.m.__self__",
    "callable(len)", "callable(A)", "callable(a)", "callable(a.m)", "callable(1)", "callable(lambda: 0)", "callable(None)",
    "hash(1)", "hash(-1)", "hash(True)", "hash(None)", "hash('a') == hash(b'a')", "hash(1.0) == hash(1)", "hash((1, 2)) == hash((1, 2))",
    "hash([])", "hash({})", "hash(set())", "hash(bytearray())", "hash(a) == hash(a)", "hash(len) == hash(len)", "hash(a.m) == hash(a.m)",
    "a.m == a.m", "a.m is a.m", "[].append == [].append", "len == len", "id(a) == id(a)", "id(1) == id(1)", "isinstance(id('a'), int)",
    "len.__class__", "a.__class__", "(1).__class__", "iter([]).__class__.__name__", "a.__dict__", "[].__dict__", "len.__dict__",
    "len", "[].append", "list.append", "A", "A.m",
):
    if text in ("[].append", "A.m"):
        print(text, repr(eval(text)).split(" ")[0])
    else:
        attempt(text)
print(sorted(n for n in dir(a) if not n.startswith("_")), [n for n in dir(A) if n.startswith("m")])
print(sorted(n for n in dir([]) if n in ("append", "sort", "nothing")), "x" in dir(A), "a" in dir(), type(dir()))


class WithDir:
    def __dir__(self):
        return "listed"


print(dir(WithDir()))
attempt("dir(1, 2)")


# properties and __getattr__ are tried for every name; errors other than AttributeError come through
class Failing:
    def __getattr__(self, name):
        raise AttributeError(name)


print("__class__" in dir(Failing()))
