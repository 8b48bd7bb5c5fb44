# str and bytes: instances of subclasses
class S(str):
    pass


class B(bytes):
    pass


class A(bytearray):
    pass


s = S("abc")
b = B(b"ab")
a = A(b"ab")

def t(*expressions):
    for e in expressions:
        try:
            print(e, "->", repr(eval(e)))
        except Exception as x:
            print(e, "!!", type(x).__name__, *x.args)


t(
    "s + 'd'", "s == S('abc')", "s == 'abc'", "'abc' == s", "s[0]", "s[1:]", "len(s)", "s.upper()", "'a' in s",
    "list(s)", "str(s)", "repr(s)", "'%s' % s", "'{}'.format(s)", "s * 2", "s.encode()", "s.join(['1', '2'])",
    "{s: 1}['abc']", "hash(s) == hash('abc')", "int(S('12'))", "S()", "S(b'a', 'utf8')", "b + b'c'", "b'c' + b",
    "bytes(b)", "B('ä', 'utf8')", "a + b'c'", "a[1:]", "a == b'ab'", "A(2)",
)
