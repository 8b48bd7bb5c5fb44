# Functions that a board would have in machine code: no __code__, and marshal refuses whatever holds one.
import marshal
import micropython


@micropython.native
def native():
    pass


@micropython.viper
def viper(n: int) -> int:
    return n


@micropython.bytecode
def plain():
    pass


@micropython.native
def generator():
    yield 1


def outer():
    def inner():
        @micropython.native
        def innermost():
            pass

    return inner


def maker(n):
    @micropython.native
    def closure():
        return n

    return closure


for f in (native, viper, plain, generator, maker(1), outer, outer(), maker):
    print(f.__name__, hasattr(f, "__code__"), f.__globals__ is globals())
for code in (outer.__code__, outer().__code__, maker.__code__, compile("@micropython.native\ndef f(): pass", "unit", "exec")):
    try:
        print(marshal.dumps(code))
    except ValueError as e:
        print("ValueError", e)
unit = {}
exec("import micropython\n@micropython.bytecode\ndef f(): return 5", unit)
print(type(lambda: 0)(marshal.loads(marshal.dumps(unit["f"].__code__)), {})())
