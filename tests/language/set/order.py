# Items stand in the order of the hash table, and nothing crashes when a set changes under a walk.
s = set()
for i in range(20):
    s.add(i * 7 % 20)
    if i in (0, 1, 3, 5, 9, 19):
        print(s)
for i in (3, 4, 0, 19):
    s.remove(i)
s.add(40)
s.add(23)
print(s, len(s))
print({3, 2, 1}, {1, 3}, {5, 11, 17}, {1, 1, 1, 2}, s.pop())
s = {1, 2, 3, 4}
for i in s:
    s.discard(i)
print(s)
it = iter({1, 2, 3})
next(it)


armed = False


class Evil:
    def __init__(self, s, n):
        self.s = s
        self.n = n

    def __hash__(self):
        if armed and self.n > 0:
            self.n -= 1
            self.s.clear()
        return 1

    def __eq__(self, other):
        if armed and self.n > 0:
            self.n -= 1
            self.s.clear()
            self.s.update(range(30))
        return False


for n in range(1, 4):
    for use in (
        lambda s: Evil(s, n) in s,
        lambda s: s.add(Evil(s, n)),
        lambda s: s.update([Evil(s, n) for i in range(9)]),
        lambda s: s.discard(Evil(s, n)),
        lambda s: s | {Evil(s, n)},
        lambda s: s & {Evil(s, n)},
        lambda s: s - {Evil(s, n)},
        lambda s: s.symmetric_difference_update([Evil(s, n)] * 3),
        lambda s: s <= set(range(100)),
    ):
        s = set()
        for i in range(5):
            s.add(Evil(s, 0))
        for x in list(s):
            x.n = n
        armed = True
        use(s)
        armed = False
        s.add("end")
        print("end" in s)
