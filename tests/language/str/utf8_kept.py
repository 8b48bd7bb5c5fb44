# str: formatting and replacing never cut a character (on boards they may)
def t(*expressions):
    for e in expressions:
        try:
            print(e, "->", repr(eval(e)))
        except Exception as x:
            print(e, "!!", type(x).__name__, *x.args)


t(
    "'aä'.replace('', '-')", "'{:c}'.format(228)", "'%c' % 8364", "'%c' % 0x110000", "'%c' % -1",
    "'{:.1}|'.format('ä')", "'%.2s|' % 'aä'", "'{:.3}|'.format('a€')", "b'ab'.hex('ä')", "'{:s}'.format(b'\\xff')",
    "'%s' % '\\ud800'.encode()",
)
