# arrays filled from a generator that is the last of several arguments, and then used in place
from array import array

SIZE = const(20)
index = 0
data = array("i", 0 for x in range(SIZE))


class BoundsError(Exception):
    pass


def store(value):
    global index
    if index >= SIZE:
        raise BoundsError("array is full")
    data[index] = value
    index += 1


try:
    for x in range(100):
        store(x * x - 50)
except BoundsError as e:
    print(e, index)
print(data)
print(array("f", (x / 2 for x in range(4))), array("B", b"\1\2"), array("H"))
a = array("h", [1, -1])
a.append(300)
a.extend(array("h", [7, 8]))
print(a, len(a), a[-1])
print(array("b", [200, -1]), array("H", [65537]))
