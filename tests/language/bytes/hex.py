# bytes: hex and fromhex
import array

def t(*expressions):
    for e in expressions:
        try:
            print(e, "->", repr(eval(e)))
        except Exception as x:
            print(e, "!!", type(x).__name__, *x.args)


t(
    "b'ab'.hex()", "b''.hex()", "b'\\x00\\x7f\\xfe'.hex()", "b'abc'.hex(':')", "b'abc'.hex('ab')", "b'ab'.hex(b'-')",
    "b'ab'.hex(1)", "b'abc'.hex(':', 2)", "bytearray(b'ab').hex()", "memoryview(b'abc').hex('-')",
    "memoryview(array.array('h', [1, 2])).hex()", "bytes.fromhex('6162')", "bytes.fromhex(' 61 62\\t63\\n')",
    "bytes.fromhex('AbcD')", "bytes.fromhex('')", "bytes.fromhex(b'61')", "bytearray.fromhex('61')",
    "b'x'.fromhex('61')", "bytes.fromhex('6')", "bytes.fromhex('616')", "bytes.fromhex('6 1')", "bytes.fromhex('zz')",
    "bytes.fromhex(1)", "str.fromhex",
)
