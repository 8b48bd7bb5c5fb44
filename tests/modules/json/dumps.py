# json.dumps: every kind of value, keys, escapes, separators, arguments.
import json
from collections import OrderedDict


def show(*args, **kw):
    try:
        print(json.dumps(*args, **kw))
    except Exception as e:
        print(type(e).__name__, e)


class A:
    def __repr__(self):
        return "<A>"


class L(list):
    pass


for value in (None, True, False, 0, -1, 1 << 70, -(1 << 62), 1.5, 1e100, float("inf"), "", "text", 'quote " and \\ and /', "\n\r\t\b\f\0\x1f\x7f", b"bytes", [], [1], [1, [2, []]],
              (), (1,), (1, 2), {}, {"a": 1}, {1: 2}, {None: 1}, {True: 1}, {1.5: 1}, {(1, 2): 3}, {b"k": 1}, OrderedDict([("z", 1), ("y", [2])]), L([1, 2]),
              A(), [A()], {A(): A()}, range(3), ..., ValueError("x", 1), set(), object):
    show(value)
for separators in (None, (", ", ": "), (",", ":"), [";", "="], ("", ""), (",",), (1, 2), ",:", ("a", "b", "c")):
    show([1, {"a": [2, 3], "b": {}}], separators=separators)
show()
show(1, 2)
show(1, indent=1)
print(json.dumps("\xe9\u20ac").encode())
# there and back
value = {"list": [1, 2.5, None, True, "x" * 300], "n": {"k": [[]]}, "t": "\"\\\n"}
print(json.loads(json.dumps(value)) == value, json.loads(json.dumps(value, separators=(",", ":"))) == value)
