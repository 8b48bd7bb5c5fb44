# str: find, rfind, index, rindex with ranges; positions are code points
def t(*expressions):
    for e in expressions:
        try:
            print(e, "->", repr(eval(e)))
        except Exception as x:
            print(e, "!!", type(x).__name__, *x.args)


t(
    "'abcabc'.find('c')", "'abcabc'.rfind('c')", "'abcabc'.find('bc', 2)", "'abcabc'.find('c', 3, 5)",
    "'abcabc'.rfind('abc', 0, 5)", "'abcabc'.find('x')", "'abc'.find('')", "'abc'.find('', 3)", "'abc'.find('', 10)",
    "'abc'.rfind('')", "'abc'.rfind('', 1, 2)", "'abc'.find('', 2, 1)", "'abc'.find('a', 5, 1)",
    "'abc'.find('c', -1)", "'abc'.find('b', None, None)", "'aaa'.rfind('a', 0, -1)", "'aab'.find('ab')",
    "'abab'.rfind('ab')", "'äbcä'.find('ä', 1)", "'äbcä'.find('b')", "'äbcä'.rfind('ä')", "'äöü'.find('ü', -1)",
    "'äöü'.rfind('ö', 0, 2)", "'äöü'.find('ö', 0, 1)", "'äöü'.find('', 10)", "'äöü'.index('ü', 2)",
    "'abc'.index('x')", "'abc'.rindex('x')", "'abc'.find(1)", "'abc'.find(b'b')", "'abc'.find('b', 'a')",
    "'abc'.find('a', 1<<70)", "'abc'.find()", "'abc'.find('a', 1, 2, 3)",
    "('x'*1000+'needle'+'x'*1000).find('needle')", "('x'*1000+'needle'+'x'*1000).rfind('needle')",
    "('ab'*500).find('aab')", "'b' in 'abc'", "'' in ''", "'ac' in 'abc'", "1 in 'abc'", "b'a' in 'abc'",
)
