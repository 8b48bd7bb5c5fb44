# str: partition and rpartition
def t(*expressions):
    for e in expressions:
        try:
            print(e, "->", repr(eval(e)))
        except Exception as x:
            print(e, "!!", type(x).__name__, *x.args)


t(
    "'abc'.partition('b')", "'abc'.partition('x')", "'abab'.partition('b')", "'abab'.rpartition('a')",
    "'abc'.rpartition('x')", "'abc'.partition('abc')", "''.partition('x')", "'äxä'.partition('x')",
    "'abc'.partition('')", "'abc'.rpartition('')", "'abc'.partition(1)", "'abc'.partition(b'b')",
    "b'abc'.partition(b'b')", "b'abc'.partition(bytearray(b'b'))", "b'abc'.partition('b')", "b'abc'.rpartition(b'x')",
    "bytearray(b'abc').partition(b'b')", "bytearray(b'abc').rpartition(b'x')",
)
