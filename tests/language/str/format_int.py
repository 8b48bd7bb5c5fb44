# str.format: integers and bools
def t(*expressions):
    for e in expressions:
        try:
            print(e, "->", repr(eval(e)))
        except Exception as x:
            print(e, "!!", type(x).__name__, *x.args)


t(
    "'{:d}'.format(5)", "'{:5}|'.format(5)", "'{:<5}|'.format(5)", "'{:^5}|'.format(5)", "'{:=5}'.format(-5)",
    "'{:*=5}'.format(-5)", "'{:+}'.format(5)", "'{: }'.format(5)", "'{:-}'.format(5)", "'{:05}'.format(-5)",
    "'{:+05}'.format(5)", "'{:<05}'.format(5)", "'{:>05}'.format(-5)", "'{:^05}'.format(-5)", "'{:b}'.format(5)",
    "'{:#b}'.format(5)", "'{:o}'.format(8)", "'{:#o}'.format(8)", "'{:x}'.format(255)", "'{:X}'.format(255)",
    "'{:#x}'.format(-255)", "'{:#X}'.format(255)", "'{:#010x}'.format(-255)", "'{:08b}'.format(-5)",
    "'{:n}'.format(5)", "'{:c}'.format(65)", "'{:5c}|'.format(65)", "'{:<5c}|'.format(65)", "'{:05c}|'.format(65)",
    "'{:+c}'.format(65)", "'{:s}'.format(1)", "'{:.2d}'.format(5)", "'{:f}'.format(1)", "'{:e}'.format(1)",
    "'{:g}'.format(1)", "'{:%}'.format(1)", "'{:5}'.format(True)", "'{:d}'.format(False)", "'{:x}'.format(True)",
    "'{:s}'.format(True)", "'{:d}'.format(1<<70)", "'{:x}'.format(1<<70)", "'{:#b}'.format(-(1<<70))",
    "'{:030}'.format(-(1<<70))", "'{:<30}|'.format(1<<70)", "'{:d}'.format(-(1<<30))", "'{:d}'.format(-(1<<62))",
)
