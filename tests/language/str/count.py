# str: count, startswith, endswith
def t(*expressions):
    for e in expressions:
        try:
            print(e, "->", repr(eval(e)))
        except Exception as x:
            print(e, "!!", type(x).__name__, *x.args)


t(
    "'aaa'.count('a')", "'aaa'.count('aa')", "'aaa'.count('')", "'aäa'.count('')", "'aaa'.count('a', 1)",
    "'aaa'.count('', 1)", "'aaa'.count('', 1, 2)", "'aaa'.count('', 5)", "'abc'.count('a', 5)",
    "'abc'.count('', 2, 1)", "'äöü'.count('ö', 1, 2)", "'abc'.count(1)", "'aaa'.count('a', None, 1)",
    "'abc'.startswith('a')", "'abc'.startswith('b', 1)", "'abc'.startswith('b', 1, 1)",
    "'abc'.startswith(('x', 'a'))", "'abc'.startswith(())", "'abc'.startswith(('x', 1))", "'abc'.startswith(['a'])",
    "'abc'.startswith(1)", "'abc'.startswith('')", "'abc'.startswith('', 5)", "'abc'.startswith('', 2, 1)",
    "'abc'.startswith('c', -1)", "'abc'.startswith(b'a')", "'äbc'.startswith('b', 1)", "'abc'.endswith('c')",
    "'abc'.endswith('c', 1)", "'abc'.endswith('b', 0, 2)", "'abc'.endswith('abc', 1)", "'abc'.endswith(('x', 'c'))",
    "'abc'.endswith('', 5)", "'abc'.endswith('c', None)", "'äöü'.endswith('ö', 0, 2)",
    "'äöü'.endswith('äö', None, 2)", "'abc'.endswith(['c'])",
)
