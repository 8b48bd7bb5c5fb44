# Dictionaries that change while they are looked at: nothing crashes.
armed = False


class Evil:
    def __init__(self, d, n):
        self.d = d
        self.n = n

    def __hash__(self):
        if armed and self.n > 0:
            self.n -= 1
            self.d.clear()
        return 1

    def __eq__(self, other):
        if armed and self.n > 0:
            self.n -= 1
            self.d.clear()
            for i in range(30):
                self.d[i] = i
        return False


def fill(d, n):
    for i in range(5):
        d[Evil(d, 0)] = i
    for k in list(d):
        k.n = n


for n in range(1, 4):
    for use in (
        lambda d: d.get(Evil(d, n)),
        lambda d: d.pop(Evil(d, n), None),
        lambda d: d.setdefault(Evil(d, n), 1),
        lambda d: d.update([(Evil(d, n), 1)] * 9),
        lambda d: d == {Evil(d, n): 1, 2: 3, 4: 5, 6: 7, 8: 9},
        lambda d: {x for x in d},
        lambda d: dict(d),
        lambda d: [d.__setitem__(i, i) for i in range(40)],
    ):
        d = {}
        fill(d, n)
        armed = True
        use(d)
        armed = False
        d["end"] = n
        print(d["end"], "end" in list(d))
d = {i: i for i in range(50)}
seen = 0
for k in d:
    d.pop(k)
    seen += 1
print(seen, d)
d = {i: i for i in range(10)}
it = iter(d)
next(it)
d.clear()
print(list(it))
