# marshal: functions and units there and back; what is refused; damaged data never harms.
import marshal

function = type(lambda: 0)


def rebuild(f, names):
    return function(marshal.loads(marshal.dumps(f.__code__)), names)


def show(f, *args):
    try:
        print(f(*args))
    except Exception as e:
        print(type(e).__name__, e)


def outer(n):
    def inner(k=2):
        return [n + i * k for i in range(3)]

    return inner


def squares(n):
    for i in range(n):
        yield i * i


a = 1
print(rebuild(lambda x, y=2: x + y, {})(1, 2), rebuild(lambda: a, {"a": 7})(), a)
print(rebuild(outer, {"range": range})(10)(), rebuild(outer, {"range": range})(10)(5))
print(list(rebuild(squares, {"range": range})(4)))
print(rebuild(lambda: (1, "text", b"bytes", None, ..., 1.5, 1 << 80, (2, ("deep",))), {})())
names = {}
exec(marshal.loads(marshal.dumps(compile("def f(x): return x * 2\ny = f(21)", "unit", "exec"))), names)
print(names["y"], names["f"](4))
print(eval(marshal.loads(marshal.dumps(compile("6 * 7", "", "eval")))))
code = marshal.loads(marshal.dumps((lambda: a).__code__))
f, g = function(code, {"a": 1}), function(code, {"a": 2})
print([h() for h in (f, g, f, g)])
print(type(code), rebuild(lambda x: x, {}).__globals__)
for value in (1, None, "a", len, lambda: 0, function):
    show(marshal.dumps, value)
for data in (b"", b"M", b"M\x06\x00\x1f", b"hello", 1, marshal.dumps(code)[:-3]):
    show(marshal.loads, data)
for args in ((), (code,), (code, 1), (1, {}), (code, {}, 1)):
    show(function, *args)
show(exec, (lambda x: x).__code__)
data = marshal.dumps(outer.__code__)
for i in range(4, len(data)):
    for value in (0, 0x7F, 0xFF, data[i] ^ 1, data[i] ^ 0x80):
        damaged = bytearray(data)
        damaged[i] = value
        try:
            function(marshal.loads(damaged), {})
        except (ValueError, MemoryError, UnicodeError, TypeError, RuntimeError):
            pass
print("done")
