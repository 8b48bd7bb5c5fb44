# array, bytearray, memoryview: which ones can be compared, and `in`
from array import array

def t(*expressions):
    for e in expressions:
        try:
            print(e, "->", repr(eval(e)))
        except Exception as x:
            print(e, "!!", type(x).__name__, *x.args)


t(
    "array('b', [1]) == array('b', [1])", "array('b', [1]) == array('B', [1])",
    "array('h', [1, 2]) == array('h', [1, 2])", "array('h', [1]) == array('h', [1, 2])",
    "array('H', [1]) == array('h', [1])", "array('q', [1]) == array('Q', [1])", "array('P', [1]) == array('P', [1])",
    "array('b', [1]) == array('h', [1])", "array('h') == array('i')", "array('i', [1]) == array('l', [1])",
    "array('f', [1]) == array('f', [1])", "array('f', [1]) == array('d', [1])",
    "array('O', [1, 'a']) == array('O', [1, 'a'])", "array('B', [1, 2]) < array('B', [1, 3])",
    "array('H', [1]) < array('H', [2])", "array('H', [256]) < array('H', [1])", "array('Q', [1]) >= array('q', [1])",
    "array('b', [1]) < array('b', [2])", "array('h', [1]) < array('h', [2])", "array('B', [97]) == b'a'",
    "array('B', [97]) == bytearray(b'a')", "array('B', [97]) == memoryview(b'a')",
    "array('h', [97]) == bytearray(b'a')", "array('b', [1]) == [1]", "array('b', [1]) == None",
    "b'a' == array('B', [97])", "b'a' < array('h', [97])", "bytearray(b'a') == b'a'", "bytearray(b'a') == 'a'",
    "bytearray(b'abc') < b'abd'", "bytearray(b'a') == None", "bytearray(b'a') < [1]", "memoryview(b'a') == b'a'",
    "memoryview(b'a') == memoryview(b'a')", "memoryview(array('h', [1, 2])) == array('h', [1, 2])",
    "memoryview(array('h', [1])) == b'\\x01\\x00'", "b'b' in bytearray(b'abc')", "'b' in bytearray(b'abc')",
    "b'x' in bytearray(b'abc')", "None in bytearray(b'abc')", "97 in bytearray(b'abc')", "1 in array('b', [1])",
    "1.0 in array('b', [1])", "b'a' in array('B', [97])", "b'b' in memoryview(b'abc')", "98 in memoryview(b'abc')",
)
