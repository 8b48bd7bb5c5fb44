# SPDX-License-Identifier: MIT
# Names of classes are resolved depth first, left to right; instances look at themselves, then at the class, then at __getattr__.


def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


class Base:
    x = "Base.x"
    y = "Base.y"

    def who(self):
        return "Base.who"


class Left(Base):
    pass


class Right(Base):
    x = "Right.x"


class Both(Left, Right):
    pass


# depth first: CPython says Right.x
print(Both.x, Both().x, Both().who())
print(Both.__bases__, Left.__bases__, Base.__bases__, object.__bases__, list.__bases__)
print(Both.__name__, Both.__qualname__, Both.__module__, Both.__class__)

b = Both()
b.x = "own"
print(b.x, Both.x, b.__dict__)
del b.x
print(b.x, b.__dict__)
attempt(lambda: b.missing)
attempt(lambda: Both.missing)
attempt(lambda: delattr(b, "x"))
attempt(lambda: delattr(Both, "x"))
Both.z = 1
print(b.z, Both.z)
del Both.z
attempt(lambda: b.z)


class Dynamic:
    def __getattr__(self, name):
        if name.startswith("d_"):
            return name.upper()
        raise AttributeError("no " + name)


d = Dynamic()
print(d.d_one, hasattr(d, "d_x"), hasattr(d, "e"), getattr(d, "e", 5))
attempt(lambda: d.e)
d.d_one = 1
print(d.d_one)


class Wrong:
    def __getattr__(self, name):
        raise ValueError(name)


# only AttributeError means "has none"
attempt(lambda: hasattr(Wrong(), "q"))
attempt(lambda: getattr(Wrong(), "q", 1))

# the dictionaries cannot be changed
attempt(lambda: b.__dict__.update({"q": 1}))
try:
    Both.__dict__["q"] = 1
except TypeError:
    print("TypeError")

# __class__ is an ordinary name of an instance
b.__class__ = Left
print(b.__class__, type(b), isinstance(b, Both))
# object's methods are not found on classes
attempt(lambda: Both.__init__)
attempt(lambda: b.__new__)
# names that are no identifiers
setattr(b, "hello world", 3)
print(getattr(b, "hello world"))
