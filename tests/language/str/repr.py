# str and bytes: how repr() writes characters
def t(*expressions):
    for e in expressions:
        try:
            print(e, "->", repr(eval(e)))
        except Exception as x:
            print(e, "!!", type(x).__name__, *x.args)


t(
    "'a\\tb\\n\\r\\\\'", "'\\x00\\x1b\\x7f'", "'\\x80\\xff'", "'\\u0100\\u1234\\uffff'", "'\\U0001f600\\U0010ffff'",
    "'\\''", "'\\\"'", "'\\'\\\"'", "b'a\\tb\\n\\r\\\\'", "b'\\x00\\x1b\\x7f\\x80\\xff'", "b'\\''", "b'\\'\\\"'",
    "bytearray(b'a\\'')", "str('a\\n')", "repr('ä')", "[ 'ä', b'\\xff' ]",
)

print("ä", ["ä"], b"\xe4")
