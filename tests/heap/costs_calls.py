# Blocks that operations leave behind: calls, attributes, classes, generators, exceptions, refusals.
# The figures: those of the released 32-bit WebAssembly build where it agrees with the heap model of a Cortex-M4F board, the model's where
# the two targets differ: single floats (a complex number is one block), code objects of compile(), and texts that only that build has interned.
from costs_common import run

run(r"""
f0()
f1(1)
f1(a=1)
f2(1)
f2(1, 2)
f2(1, b=2)
f2(a=1, b=2)
f2(b=1, a=2)
fa()
fa(1)
fa(1, 2)
fa(1, 2, 3, 4, 5)
fk()
fk(a=1)
fk(a=1, b=2)
fk(a=1, b=2, c=3, d=4, e=5)
fak()
fak(1)
fak(1, 2, a=1)
fko(1)
fko(1, k=2)
fa(*T)
fa(*L)
fa(*L9)
fa(*())
fa(1, *T)
fa(*T, *L)
fa(*g3())
fa(*It(7))
fa(*range(20))
fk(**DS)
fk(**{})
fk(a=1, **DS)
fk(**DS, **{"zz": 1})
fak(*T, **DS)
fak(1, *T, a=1, **DS)
f2(*T1)
f2(**{"a": 1})
f2(*T1, **{"b": 1})
f1(*[5])
big(1, 2, 3, 4, 5)
big(1, 2, 3, 4, 5, 6, 7, 8)
big(1, 2, 3, 4, 5, h=1)
big(*T5)
big(*T5, h=1)
rec(1)
rec(10)
p1.m()
p1.m(1)
p1.m(1, 2, 3, 4, 5, 6)
p1.m(*T)
p1.m
x = p1.m; x(1)
x = p1.m; x(1, 2, 3, 4, 5)
x = p1.m; x(1, 2, 3, 4, 5, 6)
p1.g()
p2.g()
p1.p
p1.p = 5
p1.s(1)
p1.c()
P1.s(1)
P1.c()
P1.c
P1.s
P1.g(p1)
p1.x
p1.a
p1.a = 5
x = P1(); x.b = 1
x = P1(); x.b = 1; x.c = 2
x = P(); x.a = 1
x = P(); x.a = 1; x.b = 2; x.c = 3
x = P(); x.a = 1; del x.a
hasattr(p1, "a")
hasattr(p1, "zz")
getattr(p1, "a")
getattr(p1, "zz", 0)
setattr(p1, "a", 5)
x = P(); setattr(x, "q", 5)
isinstance(p1, P1)
isinstance(p1, (int, P1))
isinstance(5, int)
issubclass(P2, P1)
issubclass(bool, int)
type(p1)
type(p1).__name__
P1.__name__
P1.__dict__
p1.__dict__
p1.__class__
P2.__bases__
P1.__module__
P1.__qualname__
f0.__name__
id(p1) and 0
id(L) and 0
hash(p1) and 0
hash(5)
hash(1.5)
hash(BIG)
hash(v)
callable(len)
callable(5)
v + 1
5 + v
-v
v == 5
v < v
len(v)
v[0]
v[1:2]
v[0] = 1
del v[0]
5 in v
v()
v(1, 2)
v(a=1)
bool(v)
v.zz
int(v)
bytes(v)
[v][0] == 3
v != 5
v in [v]
with v: pass
with v: raise ValueError(1)
{v: 1}
p == p
class K: pass
class K(P): pass
class K(P1): pass
class K(P1, P): pass
class K(list): pass
class K(Exception): pass
class K(object): pass
class K: x = 1
class K: x = 1; y = 2; z = 3
class K:$ def f(self): pass
class K:$ def f(self): pass$ def g(self): pass
class K:$ def f(self): pass$ def g(self): pass$ def h(self): pass$ def i(self): pass$ def j(self): pass
class K:$ def __init__(self): super().__init__()
class K(P1):$ def g(self): return super().g()
class K:$ @property$ def f(self): pass
class K:$ @property$ def f(self): pass$ @f.setter$ def f(self, v): pass
class K:$ @staticmethod$ def f(): pass
class K:$ @classmethod$ def f(cls): pass
class K:$ def __add__(self, o): return 1
class K:$ def __init__(self): self.a = 1$return K()
class K:$ __slots__ = ("a",)
class K:$ 'doc'
class K:$ class M: pass
class K:$ def __new__(cls, *a): return object.__new__(cls)$return K(1, 2)
cl.append(1)
cl[0]
len(cl)
cl + [1]
cl == [1, 2]
cl.a = 5
ct[0]
ct + (1,)
cd[1] = 2
cd.get(1)
len(cd)
1 in cd
ci + 1
ci == 5
-ci
CS("q z") + "x"
CS("q z").upper()
x = CL(); x.append(1)
x = CL(); x.a = 1
super(P2, p2).g()
def f(): pass
def f(a): pass
def f(a=1): pass
def f(a=1, b=2): pass
def f(a=I, b=I, c=I): pass
def f(*, k=1): pass
def f(a=1, *, k=1): pass
def f(*, k=1, l=2, m=3): pass
def f(*a, **k): pass
def f(): yield
def f(a=1): yield
async def f(): pass
n = 1$def f(): return n
n = 1; m = 2$def f(): return n + m
n = 1$def f(a=1): return n
n = 1$def f(): return n$f()
n = 1$def f(a, b): return n$f(1, 2)
n = 1$def f(a, b, c, d, e): return n$f(1, 2, 3, 4, 5)
n = 1$def f():$ nonlocal n$ n += 1$f(); f()
n = 1$def f():$ def h(): return n$ return h$f()()
n = 1$return lambda: n
n = 1$return (lambda a: a + n)(2)
(lambda: 5)()
(lambda a, b=2: a)(1)
def deco(f): return f$@deco$def h(): pass
global gg$gg = 5
g0()
g3()
list(g3())
x = g3(); next(x)
x = g3(); next(x); next(x)
for i in g3(): pass
x = gs(); next(x); x.send(5)
x = gs(); x.send(None); x.send(5); x.send(6)
x = gs(); next(x); x.close()
x = gs(); x.close()
x = gt(); next(x); x.throw(ValueError)
x = gt(); next(x); x.throw(ValueError, ValueError(1))
x = gt(); next(x); x.close()
list(gf())
x = gf(); next(x)
for i in gf(): pass
x = g3(); list(x); next(x, None)
sum(g3())
x = gs(); next(x); x.pend_throw(ValueError())
def h():$ return (yield from gr())$for i in h(): pass
async def f():$ await f1(1)$x = f()
def f():$ a=b=c=d=e=f=g=h=i=j=k=l=m=1$ yield 1$return f()
def f(a, b, c, d): yield a$return f(1, 2, 3, 4)
def f(*a, **k): yield a$return f(1, 2, 3, 4, b=1)
def f(*a): yield a$return f()
raise ValueError
raise ValueError()
raise ValueError(1)
raise ValueError("text")
raise ValueError(1, 2)
raise CE
raise CE(1)
raise CE2(1)
raise OSError(2)
raise KeyError("k")
raise SystemExit
try: raise ValueError$except ValueError: pass
try: raise ValueError()$except ValueError: pass
try: raise ValueError(1)$except ValueError: pass
try: raise ValueError(1)$except ValueError as e: pass
try: raise ValueError(1)$except (KeyError, ValueError) as e: pass
try: raise ValueError(1)$except: pass
try: raise ValueError("a %d" % 5)$except: pass
try: raise CE(1)$except CE: pass
try: raise CE$except Exception: pass
try: pass$except: pass
try: pass$finally: pass
try: 1 / 1$except: pass$else: pass
try:$ try: raise ValueError(1)$ finally: pass$except: pass
try:$ try: raise ValueError(1)$ except ValueError: raise$except: pass
try:$ try: raise ValueError(1)$ except ValueError as e: raise e$except: pass
try:$ try: raise ValueError(1)$ except ValueError as e: raise KeyError(2)$except: pass
try:$ try: raise ValueError(1)$ except KeyError: pass$except: pass
def f(): raise ValueError(1)$try: f()$except: pass
def f(): raise ValueError(1)$def h(): f()$def k(): h()$try: k()$except: pass
def f(n):$ if n: f(n - 1)$ raise ValueError(1)$try: f(5)$except: pass
5 ** -1
raise 5
import math
import sys
from math import sin
from math import sin, cos
import collections
import os
x = bytearray(2); x[0] = 300
""")
