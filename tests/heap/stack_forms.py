# C stack of nested calls in forms that probe p14 leaves out; depths at which recursion ends
import micropython

su = micropython.stack_use


class Call:
    def __call__(self, n):
        return su() if n == 0 else self(n - 1)


class Attr:
    def __init__(self, n):
        self.n = n

    def __getattr__(self, name):
        return su() if self.n == 0 else Attr(self.n - 1).value


def keyed(n):
    if n == 0:
        return su()
    box = [0]

    def note(x):
        box[0] = keyed(n - 1)
        return x

    sorted([2, 1], key=note)
    return box[0]


def delegate(n):
    if n == 0:
        yield su()
    else:
        yield from delegate(n - 1)


def looped(n):
    if n == 0:
        yield su()
    else:
        for x in looped(n - 1):
            yield x


def cell_call(a, b, c, d, e, n):
    def inner(p, q, r, s, t):
        return su() if n == 0 else cell_call(p, q, r, s, t, n - 1)

    return inner(a, b, c, d, e)


for name, f in (
    ("__call__", Call()),
    ("__getattr__", lambda n: Attr(n).value),
    ("sorted", keyed),
    ("yield from", lambda n: next(delegate(n))),
    ("for", lambda n: next(looped(n))),
    ("closure, many words", lambda n: cell_call(1, 2, 3, 4, 5, n)),
):
    a, b, c = f(1), f(2), f(3)
    print(name, b - a, c - b)


def depth_of(f):
    global depth
    depth = 0
    try:
        f()
    except RuntimeError as e:
        return depth, e.args[0]


def plain():
    global depth
    depth += 1
    plain()


def method():
    class A:
        def m(self):
            global depth
            depth += 1
            self.m()

    A().m()


def large():
    global depth
    a = b = c = d = e = f = g = h = i = j = depth
    depth += 1
    large()


def generated():
    global depth
    depth += 1
    for x in generated2():
        pass


def generated2():
    global depth
    depth += 1
    for x in generated2():
        yield x


for f in (plain, method, large, generated):
    print(depth_of(f))
