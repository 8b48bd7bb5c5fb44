# str: upper, lower, the is-methods, center; ASCII only
def t(*expressions):
    for e in expressions:
        try:
            print(e, "->", repr(eval(e)))
        except Exception as x:
            print(e, "!!", type(x).__name__, *x.args)


t(
    "'aBc'.upper()", "'aBc'.lower()", "'äÖz'.upper()", "'ÄÖZ'.lower()", "'@[`{az AZ'.upper()", "'@[`{az AZ'.lower()",
    "''.upper()", "'abc'.isalpha()", "'ab1'.isalpha()", "''.isalpha()", "'ä'.isalpha()", "'12'.isdigit()",
    "'1a'.isdigit()", "'²'.isdigit()", "''.isdigit()", "' \\t\\n\\r\\x0b\\x0c'.isspace()", "'\\x1c'.isspace()",
    "'\\xa0'.isspace()", "'AB1'.isupper()", "'aB'.isupper()", "'12'.isupper()", "'AÄ'.isupper()", "'ab1'.islower()",
    "'äb'.islower()", "'ä'.islower()", "''.islower()", "'a'.center(5)", "'ab'.center(5)", "'a'.center(4)",
    "'abcd'.center(7)", "'abc'.center(2)", "'abc'.center(3)", "'ab'.center(5, 'x')", "'a'.center('x')",
    "b'aB'.upper()", "b'a'.center(4)", "bytearray(b'aB').lower()", "str.upper(1)", "str.upper(b'a')",
    "bytes.upper('a')", "bytearray.upper(b'a')",
)
