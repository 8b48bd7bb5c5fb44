# An index whose __int__ empties the list that is being indexed.
import collections


class M:
    def __init__(self, l): self.act = l.clear
    def __int__(self): self.act(); return 1
    def __index__(self): self.act(); return 1
def st(l): l[M(l)] = 5
def de(l): del l[M(l)]
def ss(l): l[M(l):3] = [7, 8]
def ds(l): del l[M(l):]
for op in (lambda l: l[M(l)], lambda l: l.pop(M(l)), lambda l: l.insert(M(l), 1), lambda l: l[M(l):5],lambda l: l[M(l):5:2], lambda l: l * M(l), lambda l: l.index(9, M(l)), st, de, ss, ds):
    l = [1,2,3,4]
    try: print(op(l), l)
    except Exception as e: print(repr(e), l)

d = collections.deque((1, 2, 3), 3)
M.act = 0


class P:
    def __int__(self):
        while d:
            d.pop()
        return 2


try:
    print(d[P()])
except IndexError as e:
    print(repr(e))
