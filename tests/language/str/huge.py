# str and bytes: sizes that no memory has are a MemoryError
def t(*expressions):
    for e in expressions:
        try:
            print(e, "->", repr(eval(e)))
        except Exception as x:
            print(e, "!!", type(x).__name__, *x.args)


t(
    "'a' * (1<<60)", "'ab' * (1<<61)", "b'ab' * (1<<61)", "'ab'.center(1<<60)", "'%1000000000000d' % 5",
    "'%.1000000000000d' % 5", "'%99999999999999999999999999d' % 1", "'{:1000000000000}'.format(5)",
    "'{:99999999999999999999999999}'.format(1)", "bytes(1<<60)", "bytearray(1<<60)",
)
