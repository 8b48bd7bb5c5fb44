# sys: what describes the interpreter; intern(), getsizeof().
import sys

print(sys.version.split(";")[0], sys.version_info, sys.version_info[:2] >= (3, 4))
print(sys.byteorder, sys.maxsize == (1 << 63) - 1, sys.maxsize + 1 > sys.maxsize)
print(sys.implementation.name, sys.implementation.version[:3], sys.implementation._build, sys.implementation.mpy == sys.implementation._mpy)
print(sys.implementation._thread, len(sys.implementation))
print(type(sys.copyright), type(sys.argv), type(sys.path), type(sys.modules), "sys" in sys.modules)

a = "".join(["in", "terned by a test"])
b = "".join(["interned ", "by a test"])
print(a is b, sys.intern(a) is sys.intern(b), sys.intern(a) == a)
for wrong in (1, b"a", None):
    try:
        print(sys.intern(wrong))
    except TypeError as e:
        print("TypeError", e)

sizes = [sys.getsizeof(o) for o in ([1, 2, 3, 4], [0] * 100)]
print(sizes[0] < sizes[1], all(s > 0 for s in sizes), type(sys.getsizeof({1: 2})))

for name in ("nonsense", "copyright", "platform"):
    try:
        setattr(sys, name, 1)
        print(name, "stored")
    except AttributeError:
        print(name, "cannot be stored")
