# property: getter(), setter() and deleter() make a new property with that function replaced.
class Thing:
    def __init__(self):
        self.v = 1

    first = property(lambda self: ("first", self.v))
    second = first.getter(lambda self: ("second", self.v))
    both = second.setter(lambda self, v: setattr(self, "v", v))
    all = both.deleter(lambda self: setattr(self, "v", None))


t = Thing()
print(t.first, t.second, t.both)
t.both = 5
print(t.second, t.all)
del t.all
print(t.first)
for name in ("first", "second"):
    try:
        setattr(t, name, 1)
    except AttributeError as e:
        print(name, type(e).__name__)
try:
    del t.both
except AttributeError as e:
    print(type(e).__name__)
