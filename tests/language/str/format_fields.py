# str.format: fields, numbering, conversions, nested fields, what is malformed
def t(*expressions):
    for e in expressions:
        try:
            print(e, "->", repr(eval(e)))
        except Exception as x:
            print(e, "!!", type(x).__name__, *x.args)


t(
    "'{}'.format()", "'{} {}'.format(1, 2)", "'{0} {1} {0}'.format(1, 2)", "'{1}'.format(1)", "'{0} {}'.format(1, 2)",
    "'{} {0}'.format(1, 2)", "'{a}'.format(a=1)", "'{} {a}'.format(1, a=2)", "'{a}'.format()",
    "'{_}{a b}'.format(_=3, **{'a b': 4})", "'{ }'.format(1)", "'{-1}'.format(1)", "'{{}}'.format()",
    "'{{{}}}'.format(1)", "'}}{{'.format()", "'{'.format()", "'}'.format()", "'{0'.format(1)", "'{0}}'.format(1)",
    "'{!r} {!s}'.format('a', 'b')", "'{!r:>6}|'.format('a')", "'{0!a}'.format('a')", "'{0!'.format(1)",
    "'{0!r'.format(1)", "'{0!rx}'.format(1)", "'{!}'.format(1)", "'{:>10!r}'.format('a')", "'{:}'.format([1])",
    "'{:{}}|'.format(1, 5)", "'{:{}{}}|'.format('a', '<', 5)", "'{:{w}.{p}f}|'.format(3.14159, w=8, p=2)",
    "'{0!r:^{w}.{p}}|'.format('abc', w=10, p=3)", "'{:{:{}}}'.format(1, 2, 3)", "'{0:{}}'.format(5, 6)",
    "'{:'.format(1)", "'{:{}'.format(1, 2)", "'{0.real}'.format(1)", "'{0[0]}'.format([1])", "'{0x}'.format(1)",
    "'{[0]}'.format([7])", "'{99999999999999999999}'.format(1)", "'ä{}ö'.format('ü')", "b'{}'.format(1)",
    "b'{:>4}'.format('a')", "b'{}'.format('ä')", "bytearray(b'{:>4}').format('a')", "('{}'*50).format(*range(50))",
)


class Named:
    def __str__(self):
        return "str"

    def __repr__(self):
        return "repr"


n = Named()
print("{} {!r} {!r:>6} {!s:^7}|".format(n, n, n, n))
try:
    "{:5}".format(n)
except TypeError as x:
    print(x)
