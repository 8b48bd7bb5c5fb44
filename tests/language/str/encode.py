# str and bytes: encode, decode, str() and bytes() with an encoding, invalid UTF-8
def t(*expressions):
    for e in expressions:
        try:
            print(e, "->", repr(eval(e)))
        except Exception as x:
            print(e, "!!", type(x).__name__, *x.args)


t(
    "'abc'.encode()", "'äb€😀'.encode()", "'abc'.encode('utf-8', 'strict')", "'a'.encode(1, 2, 3)", "b'abc'.decode()",
    "b'\\xc3\\xa4\\xe2\\x82\\xac\\xf0\\x9f\\x98\\x80'.decode()", "bytearray(b'abc').decode()", "b'\\xff'.decode()",
    "b'\\x80'.decode()", "b'\\xc3'.decode()", "b'a\\xe2\\x82'.decode()", "b'aaaaaaaaaaaaaaaa\\xe2\\x82'.decode()",
    "b'\\xf8\\x88\\x80\\x80\\x80'.decode()", "bytearray(b'\\xff').decode()", "b'a'.decode(errors='x')",
    "b'a'.decode('a', 'b', 'c')", "str()", "str(b'abc')", "str(b'abc', 'utf8')", "str(bytearray(b'abc'), 'utf-8')",
    "str(memoryview(b'abcd')[1:3], 'utf8')", "str('a', 'utf8')", "str(b'\\xff', 'utf8')", "str(1, 'utf8')",
    "str('a', 'b', 'c', 'd')", "str(object=1)", "bytes('äb', 'utf8')", "bytes('abc')",
    "bytes('abc', 'utf8', 'strict')", "bytes('abc', 1, 2, 3)",
    "'abcdefgh ijklmn'.encode().decode() == 'abcdefgh ijklmn'",
)
