# weakref.ref: gives the object while it lives, then None; its callback; what has no place in the heap is refused.
import gc
import weakref


class Thing:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return "Thing " + self.name


def gone(ref):
    print("gone", ref(), ref in refs)


def make(name, *callback):
    return weakref.ref(Thing(name), *callback)


for value in (None, True, ..., 5, 1.5, "", (), "interned", int, len):
    for f in (weakref.ref, lambda v: weakref.finalize(v, print)):
        try:
            f(value)
            print(value, "taken")
        except TypeError as e:
            print("TypeError", e, end="; ")
print()
for args in ((), ([], None, 1), ([],)):
    try:
        print(weakref.ref(*args)())
    except TypeError as e:
        print(e)

kept = Thing("kept")
refs = [weakref.ref(kept, gone), make("lost", gone), make("silent"), make("none", None)]
clean = [0] * 10
gc.collect()
print([r() for r in refs], refs[0]() is kept, type(refs[0]), refs[0])
gc.collect()
kept = None
clean = [0] * 10
gc.collect()
print([r() for r in refs])

# a ref that is collected first calls nothing
kept = Thing("again")
make_and_drop = lambda: weakref.ref(kept, gone) and None
make_and_drop()
clean = [0] * 10
gc.collect()
kept = None
gc.collect()

# containers, functions, arrays and instances that refer to each other
a, b = Thing("a"), Thing("b")
a.other, b.other = b, a
refs = [weakref.ref(a), weakref.ref(b), weakref.ref([1]), weakref.ref({}), weakref.ref(lambda: a), weakref.ref(bytearray(10)), weakref.ref(a.__init__)]
a = b = None
clean = [0] * 10
gc.collect()
print([r() for r in refs])
try:
    refs[0](1)
except TypeError as e:
    print(e)
