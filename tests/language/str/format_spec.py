# str.format: specifications of texts and other objects
def t(*expressions):
    for e in expressions:
        try:
            print(e, "->", repr(eval(e)))
        except Exception as x:
            print(e, "!!", type(x).__name__, *x.args)


t(
    "'{:5}|'.format('abc')", "'{:<5}|'.format('abc')", "'{:>5}|'.format('abc')", "'{:^6}|'.format('abc')",
    "'{:*^6}|'.format('abc')", "'{:s}'.format('abc')", "'{:5s}|'.format('abc')", "'{:.2}'.format('abc')",
    "'{:5.2}|'.format('abc')", "'{:.0}|'.format('abc')", "'{:5.}|'.format('abc')", "'{:05}'.format('a')",
    "'{:0>5}'.format('a')", "'{:=5}'.format('a')", "'{:=s}'.format('a')", "'{:+}'.format('a')", "'{:+s}'.format('a')",
    "'{: s}'.format('a')", "'{:-s}'.format('a')", "'{:#}'.format('a')", "'{:,}'.format('abc')", "'{:d}'.format('a')",
    "'{:x}'.format('a')", "'{:f}'.format('a')", "'{:c}'.format('a')", "'{:z}'.format('a')", "'{:xx}'.format(1)",
    "'{:5x5}'.format(1)", "'{:>>5}'.format(1)", "'{:,_}'.format(1)", "'{:r}'.format(1)", "'{:*05}'.format(1)",
    "'{:5}'.format(None)", "'{:5}'.format([1])", "'{:d}'.format(None)", "'{:s}'.format(None)",
    "'{:>4}'.format(b'ab')", "'{:x}'.format(b'ab')", "'{:d}'.format(bytearray(b'a'))", "'{:.1f}'.format(1j)",
    "'{:>5}'.format('ä')",
)
