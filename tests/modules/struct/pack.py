# struct: pack, values that do not fit, too few and too many
import struct

def t(*expressions):
    for e in expressions:
        try:
            print(e, "->", repr(eval(e)))
        except Exception as x:
            print(e, "!!", type(x).__name__, *x.args)


t(
    "struct.pack('b', 1)", "struct.pack('b', 200)", "struct.pack('B', -1)", "struct.pack('<h', 70000)",
    "struct.pack('<i', 1<<40)", "struct.pack('<I', -1)", "struct.pack('<q', -1)", "struct.pack('<q', -(1<<63))",
    "struct.pack('<Q', (1<<64)-1)", "struct.pack('>Q', 1<<63)", "struct.pack('<q', 1<<70)",
    "struct.pack('<b', 1<<70)", "struct.pack('>H', 0x1234)", "struct.pack('!I', 1)", "struct.pack('>i', -2)",
    "struct.pack('>q', -2)", "struct.pack('<l', 5)", "struct.pack('>L', 5)", "struct.pack('bi', 1, 2)",
    "struct.pack('>bi', 1, 2)", "struct.pack('@bq', 1, 2)", "struct.pack('bxb', 1, 2)", "struct.pack('>bxxh', 1, 2)",
    "struct.pack('4x')", "struct.pack('<2h', 1, 2)", "struct.pack('<2h', 1)", "struct.pack('b')",
    "struct.pack('b', 1, 2)", "struct.pack('<3B', *b'abc')", "struct.pack('3s', b'ab')", "struct.pack('3s', b'abcd')",
    "struct.pack('3s', 'ab')", "struct.pack('3s', bytearray(b'ab'))", "struct.pack('0s', b'a')",
    "struct.pack('<2s0s1s', b'ab', b'c', b'd')", "struct.pack('<f', 1.5)", "struct.pack('>d', 1.5)",
    "struct.pack('<f', 1)", "struct.pack('<f', 1e100)", "struct.pack('<d', 1<<70)", "struct.pack('b', 'a')",
    "struct.pack('b', 1.5)", "struct.pack('i', None)", "struct.pack('f', 'a')", "struct.pack('3s', 1)",
    "struct.pack('z', 1)", "struct.pack(1)", "struct.pack()",
)
