# str: slices in code points, clipping, the one step there is
def t(*expressions):
    for e in expressions:
        try:
            print(e, "->", repr(eval(e)))
        except Exception as x:
            print(e, "!!", type(x).__name__, *x.args)


t(
    "'abcdef'[1:3]", "'abcdef'[:]", "'abcdef'[2:]", "'abcdef'[:2]", "'abcdef'[-3:-1]", "'abcdef'[4:2]",
    "'abc'[-100:100]", "'abc'[5:1]", "'abc'[1:1]", "'äbcö'[1:3]", "'äbcö'[:1]", "'äbcö'[-1:]", "'äbcö'[-3:]",
    "'a€😀z'[1:3]", "'a€😀z'[:-1]", "('x'*20+'ä'*20)[19:22]", "('x'*20+'ä'*20)[-21:-18]", "'abc'[True:]", "'abc'[::1]",
    "'abc'[::None]", "'abc'[::2]", "'abc'[::-1]", "'abc'[::0]", "'abc'[::True]", "'abc'['a':]", "'abc'[1:'a']",
    "'abc'[:1<<70]", "b'abc'[1:]", "b'abc'[::-1]", "b'abc'[::0]", "b'abc'['a':]", "b'abc'[1.0:]",
)
