# collections.OrderedDict
from collections import OrderedDict

o = OrderedDict([("z", 1), ("a", 2), (5, 3)])
o["new"] = 4
o["z"] = 9
print(o, list(o), list(o.items()), len(o))
del o["a"]
print(o, o.pop(5), o)
o["a"] = 7
print(o.popitem(), o.popitem(), o.popitem(), o)


def show(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


a = OrderedDict([(1, 2), (3, 4)])
for f in (
    lambda: OrderedDict().popitem(),
    lambda: a == OrderedDict([(1, 2), (3, 4)]),
    lambda: a == OrderedDict([(3, 4), (1, 2)]),
    lambda: a == {1: 2, 3: 4},
    lambda: OrderedDict(a=1),
    lambda: OrderedDict({1: 2}),
    lambda: OrderedDict(a, x=1),
    lambda: OrderedDict({}, {}),
    lambda: (a.copy(), a.copy() == a, a | {5: 6}, a.keys()),
    lambda: (isinstance(a, dict), issubclass(OrderedDict, dict), type(a)),
    lambda: OrderedDict.fromkeys([3, 1, 2]),
    lambda: a.move_to_end(1),
    lambda: a.popitem(False),
    lambda: hash(a),
    lambda: a[7],
):
    show(f)
a.clear()
print(a, bool(a))
for i in range(20):
    a[i * 7 % 20] = i
print(list(a))
for i in range(0, 20, 3):
    del a[i]
print(list(a), list(a.values()))
