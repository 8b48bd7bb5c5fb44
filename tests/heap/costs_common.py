# SPDX-License-Identifier: MIT
# For the costs_*.py beside this file: objects to work on, and run(), which prints for each line of a text how many heap blocks running
# it for the second time takes and does not give back, with collections off. `$` in a line stands for a new line.
import gc, micropython, sys, io, struct, math, random, time
from array import array
from collections import deque, namedtuple, OrderedDict

class P: pass
class P1:
    x = 7
    def __init__(self, a=1):
        self.a = a
    def m(self, *a): return a
    def g(self): return 5
    @property
    def p(self): return 5
    @p.setter
    def p(self, v): self.a = v
    @staticmethod
    def s(x): return x
    @classmethod
    def c(cls, x=1): return x
class P2(P1):
    def __init__(self):
        super().__init__(2)
    def g(self): return super().g()
class V:
    def __init__(self, v): self.v = v
    def __add__(self, o): return V(self.v + 1)
    def __iadd__(self, o): return self
    def __radd__(self, o): return self.v
    def __neg__(self): return self
    def __eq__(self, o): return True
    def __lt__(self, o): return self.v < o.v
    def __hash__(self): return 5
    def __len__(self): return 3
    def __getitem__(self, i):
        if i == 3: raise IndexError
        return i
    def __setitem__(self, i, v): pass
    def __delitem__(self, i): pass
    def __contains__(self, i): return True
    def __call__(self, *a, **k): return 1
    def __repr__(self): return "V!!repr of it"
    def __str__(self): return "V!!str of it"
    def __bool__(self): return False
    def __enter__(self): return self
    def __exit__(self, *a): return True
    def __getattr__(self, n): return 3
    def __int__(self): return 4
    def __index__(self): return 1
class It:
    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self):
        self.n -= 1
        if self.n < 0: raise StopIteration
        return self.n
class CL(list): pass
class CT(tuple): pass
class CD(dict): pass
class CS(str): pass
class CI(int): pass
class CE(Exception): pass
class CE2(ValueError):
    def __init__(self, a): self.a = a
NT = namedtuple("NT", ("a", "b"))
def f0(): pass
def f1(a): return a
def f2(a, b=2): return a
def fa(*a): return a
def fk(**k): return k
def fak(*a, **k): return a
def fko(a, *, k=1): return a
def big(a, b, c, d, e, f=1, g=2, h=3): return a
def rec(n): return 0 if n == 0 else 1 + rec(n - 1)
def g0():
    yield
def g3():
    yield 1
    yield 2
    yield 3
def gr():
    yield 1
    return 2
def gs():
    x = yield 1
    while True: x = yield x
def gf():
    yield from (1, 2)
    yield from g3()
def gt():
    try:
        yield 1
        yield 2
    except ValueError:
        yield 3
    finally:
        pass
ONE = 1
I = 12345; J = -77; K = 3; Z = 0
MAX = 0x3fffffff
BIG = 1 << 40; BN = -(1 << 40); BB = 3 ** 100; BBN = -BB; HUGE = 7 ** 400; M32 = 0xffffffff; M64 = (1 << 64) - 1; E30 = 1 << 30
F = 2.5; FN = -0.75; FB = 1e20; FI = 1e-7; F0 = 0.0
C = 1 + 2j; TR = True; NO = None
S = "hello brave world"; SC = "x,y,,zz,qq"; SP = "  a bb  ccc "; SU = "caf\xe9 \u20ac uro"; SE = ""; SN = "12345"
B = b"hello brave world"; BC = b"x,y,,zz"; BP = b"  ab  "; BE = b""
BA = bytearray(b"hello brave"); MV = memoryview(BA); MB = memoryview(B)
A = array("i", (1, 2, 3)); AB = array("B", (1, 2, 3)); AF = array("f", (1.0, 2.0)); AH = array("H", range(20))
L = [5, 3, 8, 1]; L9 = list(range(9)); LS = ["qzx", "wvut", "jkq"]; LE = []
T = (5, 3, 8); T5 = (1, 2, 3, 4, 5); T1 = (1,); T0 = ()
D = {1: 2, 3: 4}; DS = {"qa": 1, "qb": 2}; DE = {}
ST = {1, 2, 3}; SS = {3, 4}; FS = frozenset((2, 3)); SZ = set()
R = range(3, 20, 4); RE = range(0)
class Sl:
    def __getitem__(self, i): return i
SL = Sl()[1:3]
OD = OrderedDict(((1, 2), (3, 4)))
DQ = deque((1, 2, 3), 5)
N = NT(1, 2)
p = P(); p1 = P1(); p2 = P2(); v = V(1); cl = CL((1, 2)); ct = CT((1, 2)); cd = CD(); ci = CI(5)
e1 = ValueError("text of it"); 
x = y = z = 0
G = globals()

def cost(f):
    gc.collect()
    gc.disable()
    try:
        f()
    except BaseException:
        pass
    gc.collect()
    n = ""
    a = gc.mem_alloc()
    try:
        f()
    except BaseException as e:
        n = e
    b = gc.mem_alloc()
    gc.enable()
    if n: n = " " + repr(n)
    return (b - a) // 16, n

def run(t):
    for op in t.split("\n"):
        if not op: continue
        try:
            exec("def fn():\n " + op.replace("$", "\n "), G)
        except BaseException as e:
            print(op, "->", repr(e))
            continue
        r = cost(G["fn"])
        if r[1]: print(op, "->", r[0], r[1])
        else: print(op, "->", r[0])

