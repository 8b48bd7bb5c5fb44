# bytes: what differs from str
import array

def t(*expressions):
    for e in expressions:
        try:
            print(e, "->", repr(eval(e)))
        except Exception as x:
            print(e, "!!", type(x).__name__, *x.args)


t(
    "b'abc'[0]", "b'abc'[-1]", "b'abc'[3]", "b'abc'['a']", "b'abc'[None]", "b'abc' + b'd'", "b'a' + bytearray(b'b')",
    "b'a' + array.array('H', [1])", "b'a' + memoryview(b'abc')[1:]", "b'a' + 'ä'", "b'a' + 1", "b'a' * 3",
    "97 in b'abc'", "256 in b'abc'", "-1 in b'abc'", "b'bc' in b'abc'", "bytearray(b'bc') in b'abc'",
    "'bc' in b'abc'", "None in b'abc'", "b'abc'.find(b'c')", "b'abc'.find(bytearray(b'c'))", "b'abc'.find('c')",
    "b'abc'.find(99)", "b'abc'.find(memoryview(b'c'))", "b'abc'.index(b'x')", "b'aaa'.count(b'a')",
    "b'abc'.startswith('a')", "b'abc'.startswith(bytearray(b'a'))", "b'a b'.split()", "b'a,b'.split(b',')",
    "b'a,b'.split(',')", "b'a,b,c'.rsplit(b',', 1)", "b'a\\nb'.splitlines()", "b'a' < b'b'", "b'a' < bytearray(b'b')",
    "b'\\xff' > b'a'", "b'a' < 'b'", "b'a' < [1]", "b'a' == bytearray(b'a')", "b'a' == memoryview(b'a')",
    "b'a' == 'a'", "b'a' == array.array('B', [97])", "hash(b'abc') == hash(b'ab' + b'c')", "hash(bytearray(b'a'))",
    "list(b'abc')", "b'abc'.encode",
)
