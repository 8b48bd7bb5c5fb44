# types of viper functions: words wrap around, casts, conversions of arguments and results
import sys

WORD = sys.maxsize * 2 + 2
TOP = sys.maxsize


@micropython.viper
def add(x: int, y: int) -> int:
    return x + y


@micropython.viper
def multiply(x: uint, y: uint) -> uint:
    return x * y


@micropython.viper
def left(x: int, n: int) -> int:
    return x << n


print(add(TOP, 1) == -TOP - 1, add(-TOP - 1, -1) == TOP, add(WORD, 5), add(WORD - 1, 0), add(True, None))
print(multiply(WORD - 1, WORD - 1), multiply(-1, 1) == WORD - 1)
print(left(1, 3), left(3, 200), left(1, 31 if WORD == 1 << 32 else 63) == -TOP - 1)
for bad in ("a", 1.5, []):
    try:
        add(bad, 1)
    except TypeError as e:
        print("TypeError", e)


@micropython.viper
def casts(x):
    a = int(x)
    b = uint(a)
    c = bool(a)
    print(a, b & uint(255), c, bool(b), int(c), uint(c))
    b = b >> uint(1)
    a = int(b)
    print(a >= 0, -a < 0, ~a < 0, a & 1, a | 0 == a)
    return b == uint(a)


print(casts(-3))


@micropython.viper
def chain(a: int, b: int, c: int):
    print(a < b < c, a < b and b < c, a if a > b else c, not (a == b))
    x, y = a, b
    x, y = y, x
    x = y = c
    y -= 1
    y *= 2
    y //= 2
    y |= 64
    y ^= 1
    y <<= 1
    y >>= 1
    y %= 100
    return x, y, a + b if c else b, (z := a + 1), z


print(chain(1, 2, 3), chain(5, 5, 0))


@micropython.viper
def no_result(x: int) -> int:
    if x > 1:
        return
    if x > 0:
        return 5


print(no_result(0), no_result(1), no_result(2))


@micropython.viper
def objects(o, *rest, **named):
    total = 0
    for i in range(len(o)):
        total += i
    for i in range(len(o), -1, -2):
        total += i
    for item in o:
        print(item, end=" ")
    else:
        print("end")
    o[0] = total
    o[int(o[1])] = 7
    o[2] += o[1]
    a, (b, *c) = 1, (2, 3, 4)
    o.append(lambda v: (v, total))
    del o[3]
    with_list = [str(v) for v in o if v]
    return o[-1](1), len(with_list), rest, named, f"{total} {total + 1:4d}", (a, b, c)


print(objects([4, 1, 2, 3], 9, k=8))


class Counter:
    def __init__(self):
        self.n = 0

    @micropython.viper
    def step(self, by: int) -> int:
        self.n = int(self.n) + by
        self.n += by_object(1)
        return int(self.n)

    @micropython.viper
    def close(self, n: int):
        def inner(k):
            return k + n

        try:
            raise ValueError(n + 1)
        except ValueError as e:
            n = int(e.args[0])
        finally:
            n += 1
        return inner(1)


def by_object(x):
    return x


c = Counter()
print(c.step(2), c.step(-1), c.close(5))


@micropython.viper
def names():
    global shared
    import sys as system
    from sys import maxsize

    shared = 5
    int_object = shared
    assert maxsize is system.maxsize or True, "never"
    return int_object, isinstance(shared, int)


print(names(), shared)
