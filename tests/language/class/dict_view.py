# SPDX-License-Identifier: MIT
# __dict__ is a view that cannot be changed; it stays usable when the object goes on changing.
import gc


class V:
    a = 1


v = V()
for i in range(20):
    setattr(v, "n%d" % i, i)
view = v.__dict__
print(len(view), view["n3"], "n20" in view)
it = iter(view)
next(it)
for i in range(20, 300):
    setattr(v, "n%d" % i, i)
gc.collect()
junk = [[i] for i in range(500)]
print(len(list(view)) >= 20, sum(1 for _ in it) >= 19, len(v.__dict__))
for i in range(300):
    delattr(v, "n%d" % i)
print(v.__dict__)


def refused(f):
    try:
        f(v.__dict__)
        print("changed")
    except TypeError:
        print("TypeError")


v.x = 1
refused(lambda d: d.clear())
refused(lambda d: d.pop("x"))
refused(lambda d: d.popitem())
refused(lambda d: d.setdefault("y", 1))
refused(lambda d: d.update(y=1))
refused(lambda d: d.__setitem__("x", 2))
refused(lambda d: exec("y = 1", d))
copy = v.__dict__.copy()
copy["x"] = 2
print(v.x, copy)
print(sorted(V.__dict__), V.__dict__["a"])
d = {"late": 0}
X = type("X", (), d)
d["more"] = 5
print(X.more, X().more, X.late)
