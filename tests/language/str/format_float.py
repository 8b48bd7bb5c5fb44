# str.format: floats
def t(*expressions):
    for e in expressions:
        try:
            print(e, "->", repr(eval(e)))
        except Exception as x:
            print(e, "!!", type(x).__name__, *x.args)


t(
    "'{}'.format(1.0)", "'{:}'.format(1e100)", "'{:10}|'.format(1.5)", "'{:<10}|'.format(1.5)",
    "'{:.2f}'.format(3.14159)", "'{:10.2f}'.format(3.14159)", "'{:<10.2f}|'.format(3.14159)",
    "'{:*^10.2f}'.format(1.5)", "'{:010.2f}'.format(-3.14159)", "'{:+.2f}'.format(3.14159)",
    "'{: .2f}'.format(3.14159)", "'{:=+10}'.format(1.5)", "'{:*=10}'.format(-1.5)", "'{:<010}'.format(1.5)",
    "'{:.3}'.format(3.14159)", "'{:.3g}'.format(3.14159)", "'{:.f}'.format(1.5)", "'{:E}'.format(1.5)",
    "'{:G}'.format(1e20)", "'{:%}'.format(0.5)", "'{:.1%}'.format(0.25)", "'{:12%}|'.format(0.5)",
    "'{:+012%}|'.format(0.5)", "'{:f}'.format(float('inf'))", "'{:F}'.format(float('nan'))",
    "'{:010f}'.format(float('-inf'))", "'{:+}'.format(float('inf'))", "'{:%}'.format(float('inf'))",
    "'{:d}'.format(1.5)", "'{:b}'.format(1.5)", "'{:s}'.format(1.5)",
)
