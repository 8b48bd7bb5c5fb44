# One of everything, so that each kind of allocation is refused once.
class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __repr__(self):
        return "Point({}, {})".format(self.x, self.y)


def count(n):
    i = 0
    while i < n:
        yield i
        i += 1


def attempt(f):
    try:
        return f()
    except (ValueError, KeyError) as e:
        return repr(e)
    finally:
        names.append(f)


names = []
points = [Point(i, -i) for i in range(5)]
table = {str(p): p for p in points}
print(sorted(table), sum(count(10)), {1, 2, 3} & {2, 3, 4})
print(attempt(lambda: int("x")), attempt(lambda: table["no"]))
print("%d-%s-%r" % (1, "two", 3.5), "a,b,c".split(","), b"x" * 3, bytearray(4))
print(2**100, [*range(3), *"ab"], (1, 2) + (3,), "abc"[::-1])
