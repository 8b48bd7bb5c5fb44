# Blocks that operations leave behind: lists, tuples, dicts, sets, ordered dicts, deques, ranges; iterating, unpacking, sorting.
# The figures: those of the released 32-bit WebAssembly build where it agrees with the heap model of a Cortex-M4F board, the model's where
# the two targets differ: single floats (a complex number is one block), code objects of compile(), and texts that only that build has interned.
from costs_common import run

run(r"""
L[0]
L[-1]
L[1:3]
L[:]
L[::2]
L[::-1]
L9[1:8]
L[0] = 5
x = [1, 2]; x[0:1] = [5, 6, 7]
x = [1, 2]; x[0:1] = (5, 6, 7, 8)
x = [1, 2, 3]; x[0:2] = []
x = [1, 2]; del x[0]
x = [1, 2, 3]; del x[0:2]
x = []; x.append(1)
x = [1, 2, 3, 4]; x.append(5)
x = []$for i in range(17): x.append(i)
x = [1]; x.extend([2, 3])
x = [1]; x.extend((2, 3))
x = [1]; x.extend(L9)
x = [1]; x.extend(range(9))
x = [1]; x.extend("abc")
x = [1]; x.extend(g3())
x = [1]; x += [2]
x = [1]; x += (2, 3)
x = [1]; x += "abc"
x = [1]; x += L9
x = [1, 2]; x *= 3
x = [1, 2]; x = x + [3]
x = [1, 2]; x.insert(0, 5)
x = [1, 2, 3, 4]; x.insert(0, 5)
x = [1, 2]; x.pop()
x = list(L9); x.pop()
x = list(range(20))$for i in range(18): x.pop()
x = [1, 2]; x.pop(0)
x = [1, 2]; x.remove(1)
x = [1, 2]; x.clear()
x = list(L9); x.clear()
L.copy()
L9.copy()
L.index(3)
L.count(3)
x = [3, 1, 2]; x.sort()
x = [3, 1, 2]; x.sort(reverse=True)
x = [3, 1, 2]; x.sort(key=abs)
x = [3, 1, 2]; x.sort(key=lambda n: -n)
x = [2.5, 1.5]; x.sort()
x = list(LS); x.sort(key=len)
x = [1, 2, 3]; x.reverse()
L + L
L + L9
L + []
L * 2
L * 0
[0] * 10
[0] * I
[None] * 3
3 * [1, 2]
L == [1]
L == L
L < [6]
3 in L
99 in L
len(L)
T[0]
T[1:]
T[:]
T[0:0]
T + T
T + ()
() + T
T + (1,)
T * 2
T * 0
T == (1,)
T < (6,)
3 in T
T.index(3)
T.count(3)
hash(T)
len(T)
D[1]
D[1] = 5
x = {}; x[1] = 2
x = {}; x["a"] = 2
x = {1: 2}; x[3] = 4
x = {}; x[1] = 1; x[2] = 2; x[3] = 3
x = {}$for i in range(5): x[i] = i
x = {}$for i in range(20): x[i] = i
x = {}$for i in range(100): x[i] = i
x = {1: 2}; del x[1]
x = {1: 2, 3: 4}; del x[1]; x[5] = 6
D.get(1)
D.get(99)
D.get(99, 0)
D.keys()
D.values()
D.items()
list(D.items())
x = {1: 2}; x.pop(1)
x = {1: 2}; x.pop(9, None)
x = {1: 2}; x.popitem()
x = {}; x.setdefault(1)
x = {}; x.setdefault(1, []).append(2)
D.setdefault(1, 5)
x = {}; x.update({1: 2})
x = {}; x.update([(1, 2)])
x = {}; x.update(a=1)
x = {}; x.update(D)
x = {}; x.update(((1, 2), (3, 4)))
x = {}; x.update(OD)
x = {1: 2}; x.clear()
D.copy()
DS.copy()
{}.copy()
D | D
D | {5: 6}
x = {1: 2}; x |= D
1 in D
99 in D
D == {1: 2}
D == {1: 2, 3: 4}
len(D)
bool(D)
for k in D: pass
for k in D.keys(): pass
for k in D.values(): pass
for k in D.items(): pass
for k, w in D.items(): pass
for k in OD.items(): pass
for k in OD: pass
[k for k in D]
[k for k, w in D.items()]
sorted(D)
sorted(D.items())
min(D)
max(D, key=D.get)
len(D.keys())
1 in D.keys()
2 in D.values()
(1, 2) in D.items()
ST | SS
ST & SS
ST - SS
ST ^ SS
ST | FS
FS | ST
FS & FS
x = {1, 2}; x |= SS
x = {1, 2}; x &= SS
x = {1, 2}; x -= SS
x = {1, 2}; x ^= SS
x = {1}; x.add(2)
x = set(); x.add(1)
x = set()$for i in range(5): x.add(i)
x = set()$for i in range(30): x.add(i)
x = {1}; x.remove(1)
x = {1}; x.discard(9)
x = {1}; x.discard(1)
x = {1, 2}; x.pop()
x = {1}; x.clear()
ST.copy()
FS.copy()
ST.union(SS)
ST.union((5, 6))
ST.intersection(SS)
ST.intersection((1, 2))
ST.difference(SS)
ST.difference(SS, (1,))
ST.symmetric_difference(SS)
x = {1}; x.update((2, 3))
x = {1}; x.update(SS)
x = {1}; x.update([2], [3])
x = {1, 2}; x.intersection_update(SS)
x = {1, 2}; x.difference_update(SS)
x = {1, 2}; x.symmetric_difference_update(SS)
ST.isdisjoint(SS)
ST.isdisjoint((7, 8))
ST.issubset(SS)
ST.issubset((1, 2))
ST.issuperset(SS)
ST.issuperset((1, 2))
ST <= SS
ST < SS
ST >= SS
ST > SS
ST == SS
ST == ST
1 in ST
len(ST)
hash(FS)
for k in ST: pass
FS - ST
FS == SS
OD[1]
OD[1] = 5
x = OrderedDict(); x[1] = 2
x = OrderedDict()$for i in range(5): x[i] = i
x = OrderedDict()$for i in range(9): x[i] = i
x = OrderedDict(); x[1] = 2; del x[1]
x = OrderedDict(); x[1] = 2; x.popitem()
OD.copy()
OD.keys()
list(OD.items())
OD == OD
x = OrderedDict(); x.update(D)
x = OrderedDict(); x.setdefault(1, 2)
x = OrderedDict(); x[1] = 2; x.pop(1)
x = deque((), 3); x.append(1)
x = deque((), 3); x.appendleft(1)
x = deque((1, 2), 3); x.pop()
x = deque((1, 2), 3); x.popleft()
x = deque((), 3); x.extend((1, 2))
x = deque((), 2); x.extend(range(5))
DQ[0]
DQ[0] = 5
len(DQ)
list(DQ)
for i in DQ: pass
bool(DQ)
N.a
N[0]
N[1:]
a, b = N
N == (1, 2)
len(N)
N + (1,)
hash(N)
R[0]
R[1:3]
R[::-1]
len(R)
3 in R
R == R
R.start
for i in R: pass
for i in range(5): pass
for i in range(K): pass
for i in range(0, 10, 3): pass
for i in range(0, 10, K): pass
for i in range(10, 0, -1): pass
SL.start
SL.stop
SL.indices(5)
L[SL]
B[SL]
T[SL]
for i in L: pass
for i in T: pass
for i in S: pass
for i in B: pass
for i in BA: pass
for i in MV: pass
for i in g3(): pass
for i in It(2): pass
for i in v: pass
for i, j in enumerate(L): pass
for i in enumerate(L): pass
for i, j in zip(L, T): pass
for i in map(abs, L): pass
for i in map(f1, L): pass
for i in filter(None, L): pass
for i in filter(f1, L): pass
for i in reversed(L): pass
for i in sorted(L): pass
for i in iter(L): pass
for i in N: pass
for i in cl: pass
for i in (1, 2, 3): pass
for i in [1, 2, 3]: pass
for i in {1, 2}: pass
for i in (j for j in L): pass
[i for i in L]
[i for i in L if i]
[i for i in range(3)]
[i for i in range(10)]
[i + K for i in L]
[i * 2 for i in L9]
[(i, j) for i in T for j in T]
[[j for j in T] for i in T]
[x for x in S]
[x for x in g3()]
n = 5$return [i + n for i in T]
{i for i in L}
{i for i in range(10)}
{i: i for i in L}
{i: i for i in range(10)}
{i: n for i, n in D.items()}
n = 5$return {i: n for i in L}
(i for i in L)
(i for i in range(5))
n = 5$return (n for i in L)
list(i for i in L)
tuple(i for i in L)
sum(i for i in L)
any(i for i in L)
set(i for i in L)
dict((i, i) for i in L)
a, b = 1, 2
a, b = b, a = 1, 2
a, b, c = T
a, b, c = L9[:3]
a, b, c = "abc"
a, b, c = g3()
a, b, c = It(3)
a, *b = T
a, *b = L
a, *b = "abcd"
a, *b = g3()
*a, b = T
a, *b, c = L9
a, *b = range(5)
(a, b), c = (1, 2), 3
a = b = []
zip(*[L, T])
list(zip(*[T, T]))
list(zip(L, L9, T))
list(map(abs, [-1, 2]))
list(map(f2, L, L))
list(map(lambda i: i + 1, L))
list(map(str, L9))
list(filter(lambda i: i > 2, L))
list(enumerate(L, 1))
next(iter(L))
next(iter(()), 5)
next(g3())
next(zip(L, L))
next(enumerate(L))
next(map(abs, L))
next(filter(None, L))
next(reversed(L))
sorted(L)
sorted(L9)
sorted(T)
sorted(S)
sorted(LS, key=len)
sorted(L, key=lambda n: -n)
sorted(L, reverse=True)
sorted(D)
sorted(ST)
sorted(g3())
sorted(range(20))
sorted([2.5, 1.5])
sorted([(2, 1), (1, 2)])
sorted([V(1), V(2)])
any(L)
any(())
any(g3())
all(L)
all(It(3))
sum(L)
sum(L, 5)
sum([1.5, 2.5])
sum(T)
sum(range(10))
sum(g3())
sum([[1], [2]], [])
min(L)
min(1, 2)
min(L, key=abs)
min(T, default=5)
min((), default=5)
max(L)
max(1, 2, 3)
max(S)
max(L, key=lambda n: -n)
max(1.5, 2)
max(LS, key=len)
max(*L)
abs(-5)
abs(5)
abs(-1.5)
abs(1.5)
abs(C)
abs(BIG)
abs(BN)
divmod(7, 3)
divmod(-7, 3)
divmod(7.5, 2)
divmod(BIG, 7)
divmod(BB, BIG)
pow(2, 5)
pow(2, 100)
pow(2, 5, 7)
pow(2.0, 3)
pow(3, 100, 7)
pow(2, -1)
round(1.5)
round(2.567, 2)
round(5)
round(1e15)
round(BIG)
round(155, -1)
""")
