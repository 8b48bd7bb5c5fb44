# A list that changes while something walks over it: no crash, and iterators see what is there.
l = [1, 2, 3]
it = iter(l)
next(it)
l.clear()
print(list(it))
l = [1, 2, 3]
it = iter(l)
l.append(4)
print(list(it))
l.append(5)
print(list(it))


class Evil:
    def __init__(self, of):
        self.of = of

    def __eq__(self, other):
        self.of.clear()
        for i in range(3):
            self.of.append(i)
        return False

    def __lt__(self, other):
        self.of.clear()
        return True

    __gt__ = __lt__


for use in (
    lambda l: 99 in l,
    lambda l: l.count(99),
    lambda l: l == [1] * 50,
    lambda l: l < [1] * 50,
    lambda l: l.remove(99),
    lambda l: l.index(99),
    lambda l: l.sort(),
    lambda l: l.sort(key=lambda x: l.clear()),
    lambda l: l.extend(x for x in range(5) if l.clear() is None),
):
    l = [0] * 20
    l.extend([Evil(l) for i in range(20)])
    try:
        use(l)
    except (ValueError, TypeError) as e:
        pass
    print(len(l) <= 60)
l = []
for i in range(1000):
    l.append([l, i])
while len(l) > 1:
    l.pop(len(l) // 2)
print(len(l))
a = []
a.append(a)
try:
    repr(a)
except RuntimeError as e:
    print(e)
