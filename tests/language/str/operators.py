# str: + * comparison, hash, truth, and the types they refuse
def t(*expressions):
    for e in expressions:
        try:
            print(e, "->", repr(eval(e)))
        except Exception as x:
            print(e, "!!", type(x).__name__, *x.args)


t(
    "'abc' + 'def'", "'' + 'a'", "'abc' + 1", "'abc' + b'a'", "'a' * 3", "3 * 'ab'", "'ä' * 3", "'a' * 0", "'a' * -1",
    "'' * 5", "'a' * True", "'a' * 2.0", "'a' * None", "'a' * (1<<70)", "'a' - 'b'", "'a' | 'b'", "-'a'", "'a' < 'b'",
    "'a' < 'ab'", "'abc' >= 'abc'", "'ä' > 'z'", "'a' > ''", "'a' < 1", "'a' < b'a'", "'a' == 'a'", "'a' != 'b'",
    "'a' == 1", "'a' == b'a'", "'a' == None", "'abc' == 'ab' + 'c'", "hash('abc') == hash('ab' + 'c')",
    "hash('') == hash(b'')", "bool('')", "bool('a')", "not 'a'", "{'abc': 1}['ab' + 'c']",
)


s = "a"
r = s
s += "b"
s *= 2
print(s, r)
