# str and bytes: operations that give the same object, and those that copy
long = "ABCDEFGH IJKLMN OPQ"[:15]
raw = b"ABCDEFGH IJKLMN"
part = b"FGH"
mutable = bytearray(b"ABC")

def t(*expressions):
    for e in expressions:
        try:
            print(e, "->", repr(eval(e)))
        except Exception as x:
            print(e, "!!", type(x).__name__, *x.args)


t(
    "long.strip() is long", "long.center(3) is long", "long + '' is long", "'' + long is long",
    "long.replace('Q', 'x') is long", "long.replace('x', 'x', 0) is long", "long.partition('Q')[0] is long",
    "long.rpartition('Q')[2] is long", "long[:] is long", "long * 1 is long", "str(long) is long",
    "long.upper() is long", "''.join([long]) is long", "long.split('Q')[0] is long", "'%s' % long is long",
    "'{}'.format(long) is long", "raw.strip() is raw", "bytes(raw) is raw", "raw + b'' is raw",
    "raw + bytearray() is raw", "b'' + raw is raw", "raw[:] is raw", "raw.partition(b'FGH')[1] is part",
    "mutable.strip() is mutable", "mutable.replace(b'x', b'y') is mutable", "mutable.partition(b'x')[0] is mutable",
    "mutable.upper() is mutable", "'abc'[1] is 'b'", "b'abc'.decode() is 'abc'",
)
