# str: replace, with limits and with nothing to look for
def t(*expressions):
    for e in expressions:
        try:
            print(e, "->", repr(eval(e)))
        except Exception as x:
            print(e, "!!", type(x).__name__, *x.args)


t(
    "'abc'.replace('b', 'x')", "'aaa'.replace('a', 'b', 2)", "'aaa'.replace('a', 'bb')", "'aaa'.replace('aa', 'b')",
    "'aaa'.replace('a', '')", "'aaa'.replace('x', 'y')", "'aaa'.replace('a', 'b', -1)", "'aaa'.replace('a', 'b', 0)",
    "'aaa'.replace('', '-')", "'aaa'.replace('', '-', 2)", "''.replace('', '-')", "''.replace('', '-', 0)",
    "'abc'.replace('', '')", "'abc'.replace('abcd', 'x')", "'aäa'.replace('ä', 'ö')", "'a.b.c'.replace('.', '...')",
    "('ab'*300).replace('b', '')  == 'a'*300", "'aaa'.replace('a', 1)", "'aaa'.replace(1, 'a')",
    "'aaa'.replace('a', b'b')", "'aaa'.replace('a', 'b', None)", "'abc'.replace('a')", "'a'.replace('a', 'b', 1, 2)",
    "b'aaa'.replace(b'a', b'xy', 2)", "b'aaa'.replace('a', 'b')", "bytearray(b'aaa').replace(b'a', b'xy')",
)
