# str: indexing counts code points; what may be an index
def t(*expressions):
    for e in expressions:
        try:
            print(e, "->", repr(eval(e)))
        except Exception as x:
            print(e, "!!", type(x).__name__, *x.args)


t(
    "'abc'[0]", "'abc'[2]", "'abc'[-1]", "'abc'[-3]", "'abc'[3]", "'abc'[-4]", "''[0]", "'abc'['a']", "'abc'[1.0]",
    "'abc'[None]", "'abc'[True]", "'abc'[1<<70]", "'äbc'[0]", "'äbc'[1]", "'äbc'[-3]", "'äbc'[-4]", "'äbc'[3]",
    "'a€😀z'[2]", "'a€😀z'[-1]", "'a€😀z'[-2]", "('x'*100+'ä'+'y'*100)[100]", "('x'*100+'ä'+'y'*100)[101]",
    "('x'*100+'ä'+'y'*100)[-101]", "('x'*100+'ä'+'y'*100)[-102]", "('ä'*50)[49]", "('ä'*50)[50]", "'abc'[10**8]",
    "len('äöü')", "len('a€😀z'*20)", "len('')",
)


def store(s):
    s[0] = "x"


def remove(s):
    del s[0]


for f in (store, remove):
    try:
        f("abc")
    except TypeError as x:
        print(x)
