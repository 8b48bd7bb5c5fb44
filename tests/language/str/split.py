# str: split, rsplit, splitlines
def t(*expressions):
    for e in expressions:
        try:
            print(e, "->", repr(eval(e)))
        except Exception as x:
            print(e, "!!", type(x).__name__, *x.args)


t(
    "'a b c'.split()", "' a  b\\t\\nc '.split()", "''.split()", "'   '.split()", "'a\\x0b\\x0c\\x1cb\\xa0c'.split()",
    "'a b c'.split(None)", "'a b c'.split(None, 1)", "'a  b  c '.split(None, 1)", "' a b'.split(None, 0)",
    "'a,b,,c'.split(',')", "',a,'.split(',')", "''.split(',')", "'abc'.split('abc')", "'a--b--c'.split('--')",
    "'a,b,c'.split(',', 1)", "'a,b,c'.split(',', 0)", "'a,b,c'.split(',', -1)", "'äxöxü'.split('x')",
    "'a,b'.split('')", "'a,b'.split(1)", "'a,b'.split(b',')", "'a,b'.split(',', None)", "'a,b'.split(',', 'x')",
    "'a,b'.split(sep=',')", "'a,b'.split(',', 1, 2)", "'a b c'.rsplit()", "'a b c'.rsplit(None)",
    "'a b c'.rsplit(None, 1)", "'a b c'.rsplit(None, -1)", "'a,b,c'.rsplit(',')", "'a,b,c'.rsplit(',', 1)",
    "'a,b,c'.rsplit(',', 0)", "'a,b,c'.rsplit(',', 5)", "'a,b,c'.rsplit(',', -1)", "'aaa'.rsplit('aa', 1)",
    "''.rsplit(',', 1)", "'abc'.rsplit('abc', 1)", "'a,b,c'.rsplit('', 1)", "'a,b,c'.rsplit(',', 10000)",
    "'a\\nb\\r\\nc\\rd'.splitlines()", "'a\\nb\\r\\nc\\rd\\n'.splitlines(True)", "'a\\nb'.splitlines(keepends=True)",
    "'\\n\\n'.splitlines()", "''.splitlines()", "'a\\x0cb\\x1cc'.splitlines()", "'a'.splitlines(1, 2)",
    "'a'.splitlines(x=1)",
)
