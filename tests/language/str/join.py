# str: join of lists, tuples, iterators; what does not fit
def t(*expressions):
    for e in expressions:
        try:
            print(e, "->", repr(eval(e)))
        except Exception as x:
            print(e, "!!", type(x).__name__, *x.args)


t(
    "','.join(['a', 'b'])", "','.join(('a', 'b', 'c'))", "','.join('abc')", "','.join([])", "','.join(['a'])",
    "''.join(['ab', 'cd'])", "', '.join({'a': 1})", "'-'.join(str(x) for x in range(5))", "','.join(('ä', 'b'))",
    "len(','.join(['x'*100]*100))", "','.join(1)", "','.join([1])", "','.join(['a', 1])", "','.join([b'a'])",
    "','.join([None])", "b','.join([b'a', b'b'])", "b','.join([bytearray(b'a'), b'b'])", "b','.join(['a'])",
    "b','.join(b'ab')", "bytearray(b',').join([b'a', b'b'])", "bytearray(b',').join(['a', 'b'])",
)
