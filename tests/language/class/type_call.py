# SPDX-License-Identifier: MIT
# type(), class statements with odd bases, __build_class__, isinstance, issubclass.


def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


class A:
    pass


print(type(1), type(A), type(A()), type(type), type(None), type(len), type(attempt), type([].append))
X = type("X", (A,), {"z": 3, "f": lambda self: self.z})
print(X, X.z, X().f(), X.__bases__, X.__dict__["z"])
for args in ((), (1, 2), (1, 2, 3), ("A", 2, 3), ("A", (), 3), ("A", (2,), {}), ("A", [A], {}), (1, 2, 3, 4)):
    attempt(lambda: type(*args))
attempt(lambda: type(x=1))
print(isinstance(1, int), isinstance(True, int), isinstance(A(), (int, A)), isinstance(1, (int, 1)), isinstance(1, (str, 1)), isinstance(1, ()))
print(issubclass(X, A), issubclass(A, X), issubclass(KeyError, LookupError), issubclass(int, ((str,), int)), issubclass(A, object))
attempt(lambda: isinstance(1, 1))
attempt(lambda: isinstance(1, [int]))
attempt(lambda: issubclass(1, int))
attempt(lambda: issubclass(int, 1))
for text in ("class C(1): pass", "class C(undefined): pass", "class C(A, metaclass=A): pass", "class C: x = undefined"):
    try:
        exec(text)
    except Exception as e:
        print(text, type(e).__name__, e)
attempt(lambda: __build_class__())
attempt(lambda: __build_class__(1))
attempt(lambda: __build_class__(1, 2))
print(__build_class__(lambda: None, "N"))
A.x = 1
print(A().x, A == A, A == X, hash(A) == hash(A), A != X)
attempt(lambda: A < X)
attempt(lambda: len(A))
attempt(lambda: A[0])
attempt(lambda: setattr(list, "x", 1))
attempt(lambda: delattr(list, "append"))
attempt(lambda: list.nothing)
attempt(lambda: slice(1))
print(int.__dict__["from_bytes"], sorted(object.__dict__))


class Local:
    a = 1
    b = a + 1
    c = [x for x in (1, 2)]


print(Local.b, Local.c)


def outer():
    v = 5

    class Inner:
        w = v

        def get(self):
            return v, __class__.__name__

    return Inner


print(outer().w, outer()().get())
