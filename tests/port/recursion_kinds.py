# Recursion without end by everything that calls back, and sources nested without end: an exception, never a crash.
import sys, io, gc
gc.disable()
before = gc.mem_alloc()
bytearray(5000)
bytearray(1)
DEEP = 20000 if gc.mem_alloc() - before >= 5000 else 1000  # a build that collects at every allocation has no time for more
gc.enable()
def plain(): plain()
def gen(): yield from gen()
def gen2():
    for x in gen2(): yield x
class A:
    def __getattr__(self, n): return self.zz
class R:
    def __repr__(self): return repr(self)
    def __str__(self): return str(self)
class E:
    def __eq__(self, o): return self == o
    def __hash__(self): return hash(self)
    def __len__(self): return len(self)
    def __bool__(self): return bool(self)
    def __contains__(self, x): return x in self
    def __iter__(self): return iter(self)
    def __next__(self): return next(self)
    def __getitem__(self, i): return self[i]
    def __setitem__(self, i, v): self[i] = v
    def __delitem__(self, i): del self[i]
    def __call__(self, *a): return self(*a)
    def __add__(self, o): return self + o
    def __radd__(self, o): return o + self
    def __iadd__(self, o):
        self += o
    def __lt__(self, o): return self < o
    def __neg__(self): return -self
    def __enter__(self):
        with self: pass
    def __exit__(self, *a): pass
    def __int__(self): return int(self)
    def __del__(self): pass
class I:
    def __init__(self): I()
class N:
    def __new__(cls): return N()
class S:
    def __setattr__(self, n, v): self.x = v
class D:
    def __delattr__(self, n): del self.x
class P:
    @property
    def p(self): return self.p
    @p.setter
    def p(self, v): self.p = v
class G:
    def __get__(self, o, t): return o.g
class H:
    g = G()
class B0:
    def f(self): return super().f()
class B1(B0):
    def f(self): return B0.f(self) if 0 else self.f()
class LL(list):
    def __repr__(self): return repr(list(self))
    def append(self, x): self.append(x)
class Ex(Exception):
    def __init__(self): raise Ex()
e = E()
l = []; l.append(l)
d = {}; d['d'] = d
deep = []
for _ in range(DEEP): deep = [deep]
deept = ()
for _ in range(DEEP): deept = (deept,)
deepd = {}
for _ in range(DEEP): deepd = {1: deepd}
deepi = iter([1])
for _ in range(DEEP): deepi = map(lambda x: x, deepi)
deepz = iter([1])
for _ in range(DEEP): deepz = zip(deepz)
deepe = iter([1])
for _ in range(DEEP): deepe = enumerate(deepe)
deepf = iter([1])
for _ in range(DEEP): deepf = filter(None, deepf)
deepg = iter([1])
def w(g): yield from g
for _ in range(DEEP): deepg = w(deepg)
deepg2 = iter([1])
def w2(g):
    for x in g: yield x
for _ in range(DEEP): deepg2 = w2(deepg2)
cls = object
for i in range(DEEP // 10): cls = type('C', (cls,), {})
bm = plain
class BM: pass
for i in range(DEEP):
    bm = type(BM().__init__)(bm) if 0 else bm
def lam(): return sorted([2, 1], key=lambda x: lam())
def srt(): return [3, 2, 1].sort(key=lambda x: srt())
def mx(): return max([1, 2], key=lambda x: mx())
def mp(): return list(map(lambda x: mp(), [1]))
def fl(): return list(filter(lambda x: fl(), [1]))
def ex(): exec('ex()')
def ev(): return eval('ev()')
def imp(): return __import__('imp_none')
def fs(): return f'{fs()}'
def fmt(): return '{}'.format(R())
def pc(): return '%s' % R()
def cl():
    class X:
        cl()
def lc(): return [lc() for x in (1,)]
def ga(): return getattr(A(), 'x', None)
def ha(): return hasattr(A(), 'x')
def kw(**k): return kw(**k)
def star(*a): return star(*a)
def tf():
    try: tf()
    finally: tf()
def te():
    try: te()
    except RuntimeError: te2()
def te2(): te2()
def wi():
    with e: pass
def pr(): print(R())
def js(): return __import__('json').dumps(deep)
def js2(): return __import__('json').loads('[' * DEEP)
def isub(): return issubclass(cls, int), isinstance(cls(), int)
def clsrep(): return cls().zz
def nest(op, cl, n=DEEP): return lambda: compile_(op * n + cl * n)
def compile_(s): exec(s)
def coro(): return coro()
def sm(): return sum(E() for _ in range(1))
def anyf(): return any(E() for _ in range(1))
def clos():
    def f(): return clos()
    return f()
def send():
    def g():
        x = yield
        while 1: x.send(x)
    q = g(); next(q); q.send(q)
def closeg():
    def g():
        try: yield 1
        finally: closeg()
    q = g(); next(q); q.close()
def throwg():
    def g():
        try: yield 1
        except ValueError: throwg()
    q = g(); next(q); q.throw(ValueError)
def pe():
    sys.print_exception(R())
ntests = [plain, lambda: list(gen()), lambda: list(gen2()), lambda: A().x, lambda: repr(R()), lambda: str(R()), lambda: e == 1, lambda: hash(e), lambda: {e: 1}, lambda: len(e), lambda: bool(e), lambda: 1 in e, lambda: list(e), lambda: next(e), lambda: e[0], lambda: e.__setitem__(0, 1), lambda: e.__delitem__(0), lambda: e(), lambda: e + 1, lambda: 1 + e, lambda: e < 1, lambda: -e, lambda: sorted([e, e]), wi, lambda: int(e), I, N, lambda: setattr(S(), 'x', 1), lambda: delattr(D(), 'x'), lambda: P().p, lambda: setattr(P(), 'p', 1), lambda: H().g, lambda: B1().f(), lambda: repr(LL([LL()])), lambda: LL().append(1), Ex, lambda: repr(l), lambda: str(d), lambda: l == [l], lambda: repr(deep), lambda: str(deept), lambda: repr(deepd), lambda: deep == [deep], lambda: hash(deept), lambda: {deept: 1}, lambda: deept == (deept,), lambda: deept < (deept,), lambda: deepd == {1: deepd}, lambda: list(deepi), lambda: list(deepz), lambda: list(deepe), lambda: list(deepf), lambda: list(deepg), lambda: list(deepg2), lam, srt, mx, mp, fl, ex, ev, fs, fmt, pc, cl, lc, ga, ha, kw, star, pr, js, js2, isub, clsrep, nest('(', ')'), nest('[', ']'), nest('{1:', '}'), nest('-', '1'), nest('not ', '1'), nest('lambda:', '1'), nest('f(', ')'), nest('a.', 'b'), nest('a if b else ', 'c'), nest('a**', 'b'), nest('[x for x in ', 'y]'), nest('~', 'a'), nest('a and (', ')'), nest('await ', 'a'), nest('(yield ', ')'), nest("f'{", "}'", DEEP * 5), nest("t'{", "}'", DEEP * 5), lambda: compile_('\n'.join(' ' * i + 'if 1:' for i in range(DEEP // 7)) + '\n' + ' ' * (DEEP // 7) + 'pass'), lambda: compile_('\n'.join(' ' * i + 'def f():' for i in range(DEEP // 7)) + '\n' + ' ' * (DEEP // 7) + 'pass'), lambda: compile_('\n'.join(' ' * i + 'class f:' for i in range(DEEP // 7)) + '\n' + ' ' * (DEEP // 7) + 'pass'), lambda: compile_('\n'.join(' ' * i + 'try:' for i in range(DEEP // 7)) + '\n'), lambda: compile_('\n'.join(' ' * i + 'with a:' for i in range(300)) + '\n' + ' ' * 300 + 'pass'), lambda: compile_('a' + '+a' * DEEP), lambda: compile_('a' + '.a' * DEEP), lambda: compile_('a' + '()' * DEEP), lambda: compile_('a' + '[0]' * DEEP), lambda: compile_('a=' * DEEP + '1'), lambda: compile_('if 1: pass\n' + 'elif 1: pass\n' * DEEP), lambda: compile_('a if b else ' * DEEP + 'c'), lambda: compile_('a<' * DEEP + 'c'), lambda: compile_('*' * (DEEP // 2) + 'a'), lambda: compile_('a or ' * DEEP + 'c'), lambda: compile_('@a\n' * DEEP + 'def f(): pass'), lambda: compile_('for a in ' * 100 + 'b: pass'), lambda: compile_('a' * (DEEP * 10)), lambda: compile_('"' + 'a' * (DEEP * 10) + '"'), lambda: compile_('1' * DEEP), lambda: compile_('import ' + 'a.' * DEEP + 'b'), lambda: compile_('def f(' + ','.join('a%d' % i for i in range(DEEP * 7 // 2)) + '): pass'), lambda: compile_('f(' + ','.join('1' for i in range(DEEP * 7 // 2)) + ')'), lambda: compile_('f(' + ','.join('a=1' for i in range(DEEP * 7 // 2)) + ')'), lambda: compile_('[' + ','.join('1' for i in range(DEEP * 7 // 2)) + ']'), lambda: compile_('a,' * (DEEP * 7 // 2) + '=b'), sm, anyf, clos, send, closeg, throwg, pe]
fine = (RuntimeError, SyntaxError, MemoryError, ImportError, NameError, TypeError, AttributeError, ValueError)
for i, f in enumerate(ntests):
    try:
        f()
    except fine:
        pass
    except BaseException as x:
        print(i, repr(x))
print("end")
