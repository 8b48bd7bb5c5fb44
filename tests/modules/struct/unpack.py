# struct: unpack and unpack_from
import struct

def t(*expressions):
    for e in expressions:
        try:
            print(e, "->", repr(eval(e)))
        except Exception as x:
            print(e, "!!", type(x).__name__, *x.args)


t(
    "struct.unpack('b', b'\\xff')", "struct.unpack('B', b'\\xff')", "struct.unpack('<h', b'\\x01\\x02')",
    "struct.unpack('>h', b'\\x01\\x02')", "struct.unpack('<i', b'\\xff\\xff\\xff\\xff')",
    "struct.unpack('<I', b'\\xff\\xff\\xff\\xff')", "struct.unpack('<q', b'\\xff'*8)",
    "struct.unpack('>Q', b'\\xff'*8)", "struct.unpack('<bi', b'\\x01\\x02\\x00\\x00\\x00')",
    "struct.unpack('bi', b'\\x01\\x00\\x00\\x00\\x02\\x00\\x00\\x00')", "struct.unpack('bxb', b'abc')",
    "struct.unpack('<2h', b'abcd')", "struct.unpack('2s2s', b'abcd')", "struct.unpack('0s', b'')",
    "struct.unpack('', b'')", "struct.unpack('1x', b'a')", "struct.unpack('<f', b'\\x00\\x00\\xc0?')",
    "struct.unpack('>d', b'?\\xf8' + b'\\x00'*6)", "struct.unpack('b', 'a')",
    "struct.unpack('<h', memoryview(bytearray(b'xab'))[1:])", "struct.unpack('<hh', b'\\x01\\x00\\x02\\x00\\x03')",
    "struct.unpack('<h', b'a')", "struct.unpack('<3h', b'\\x00'*5)", "struct.unpack('i', 1)",
    "struct.unpack('z', b'a')", "struct.unpack_from('b', b'abc', 1)", "struct.unpack_from('b', b'abc', -1)",
    "struct.unpack_from('b', b'abc', -4)", "struct.unpack_from('b', b'abc', 3)", "struct.unpack_from('<h', b'abc')",
    "struct.unpack_from('<h', b'abc', 2)", "struct.unpack_from('<i', b'abcdefgh', 1)",
    "struct.unpack_from('b', b'abc', 'a')", "struct.unpack_from('b', b'abc', 1, 2)",
    "struct.unpack_from('b', b'abc', offset=1)",
)
