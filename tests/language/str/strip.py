# str: strip, lstrip, rstrip
def t(*expressions):
    for e in expressions:
        try:
            print(e, "->", repr(eval(e)))
        except Exception as x:
            print(e, "!!", type(x).__name__, *x.args)


t(
    "' a '.strip()", "' a '.lstrip()", "' a '.rstrip()", "'\\x0b\\x0c\\x1ca\\x85\\xa0'.strip()", "'   '.strip()",
    "''.strip()", "'xax'.strip('x')", "'xyaxy'.strip('xy')", "'xyaxy'.lstrip('xy')", "'xyaxy'.rstrip('yx')",
    "'xax'.strip('')", "'xxx'.strip('x')", "'äaä'.strip('ä')", "'äaö'.strip('öä')", "'xax'.strip(None)",
    "'xax'.strip(1)", "'xax'.strip(b'x')", "'a'.strip('a', 'b')", "b' a '.strip()", "b'xax'.strip(b'x')",
    "b'xax'.strip('x')", "b'xax'.strip(bytearray(b'x'))", "bytearray(b' a ').strip()", "bytearray(b'aa').strip(b'a')",
)
