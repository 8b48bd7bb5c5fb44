# bytes and bytearray: construction
import array

def t(*expressions):
    for e in expressions:
        try:
            print(e, "->", repr(eval(e)))
        except Exception as x:
            print(e, "!!", type(x).__name__, *x.args)


t(
    "bytes()", "bytes(3)", "bytes(0)", "bytes(-1)", "bytes(True)", "bytes(1<<70)", "bytes(b'abc')",
    "bytes(bytearray(b'x'))", "bytes(array.array('H', [1, 2]))", "bytes(memoryview(b'abcd')[1:3])",
    "bytes([1, 2, 3])", "bytes((1, 2))", "bytes(range(4))", "bytes(iter([1, 2]))", "bytes(x * x for x in range(5))",
    "bytes({1: 2})", "bytes([256])", "bytes([-1])", "bytes(['a'])", "bytes([1<<70])", "bytes(1.0)", "bytes(None)",
    "bytes('abc')", "bytes(1, 2)", "bytes(1, 2, 3, 4)", "bytes(source=b'a')", "bytearray()", "bytearray(3)",
    "bytearray(b'abc')", "bytearray('äb', 'utf8')", "bytearray('abc')", "bytearray([1, 2])", "bytearray([256, -1])",
    "bytearray(['a'])", "bytearray(iter([1, 2]))", "bytearray(x for x in range(12))",
    "bytearray(array.array('h', [1, 2]))", "bytearray(memoryview(b'abc'))", "bytearray(True)", "bytearray(1.0)",
    "bytearray(None)", "bytearray(1<<70)", "bytearray(1, 2, 3, 4)", "bytearray(source=1)",
)


class Sized:  # the length is believed
    def __len__(self):
        return 3

    def __iter__(self):
        return iter([1, 2, 3, 4, 5])


print(bytes(Sized()), bytearray(Sized()))
