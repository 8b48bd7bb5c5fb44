# struct: calcsize, alignment, orders, counts
import struct

def t(*expressions):
    for e in expressions:
        try:
            print(e, "->", repr(eval(e)))
        except Exception as x:
            print(e, "!!", type(x).__name__, *x.args)


t(
    "struct.calcsize('')", "struct.calcsize('bBhHiIqQfd')", "struct.calcsize('<bBhHiIqQfd')", "struct.calcsize('bi')",
    "struct.calcsize('<bi')", "struct.calcsize('>bi')", "struct.calcsize('!bi')", "struct.calcsize('@bi')",
    "struct.calcsize('ib')", "struct.calcsize('bq')", "struct.calcsize('bd')", "struct.calcsize('bxi')",
    "struct.calcsize('e')", "struct.calcsize('<l')", "struct.calcsize('3s')", "struct.calcsize('s')",
    "struct.calcsize('0s')", "struct.calcsize('4x')", "struct.calcsize('2i3b')", "struct.calcsize('b0i')",
    "struct.calcsize('b0s')", "struct.calcsize('00i')", "struct.calcsize(b'i')", "struct.calcsize('=i')",
    "struct.calcsize('i<')", "struct.calcsize('h H')", "struct.calcsize('z')", "struct.calcsize('c')",
    "struct.calcsize('?')", "struct.calcsize('n')", "struct.calcsize('1')", "struct.calcsize('ä')",
    "struct.calcsize(1)", "struct.calcsize(bytearray(b'i'))",
)
