# str.format: thousands separators, and zeros in front of grouped numbers
def t(*expressions):
    for e in expressions:
        try:
            print(e, "->", repr(eval(e)))
        except Exception as x:
            print(e, "!!", type(x).__name__, *x.args)


t(
    "'{:,}'.format(0)", "'{:,}'.format(999)", "'{:,}'.format(1000)", "'{:,}'.format(1234567)", "'{:,}'.format(-1234)",
    "'{:_}'.format(1234567)", "'{:,d}'.format(1234567)", "'{:+,}'.format(1234)", "'{:_x}'.format(0xabcdef12)",
    "'{:,x}'.format(0xabcdef12)", "'{:_b}'.format(255)", "'{:_o}'.format(1<<40)", "'{:#_x}'.format(1<<40)",
    "'{:,}'.format(1<<70)", "'{:,}'.format(True)", "'{:<12,}|'.format(1234)", "'{:>12,}|'.format(1234)",
    "'{:^12,}|'.format(1234)", "'{:*=12,}|'.format(-1234)", "'{:07,}'.format(123)", "'{:08,}'.format(123)",
    "'{:012,}'.format(1234)", "'{:013,}'.format(1234)", "'{:012,}'.format(-1234)", "'{:020,}'.format(1<<40)",
    "'{:#012_x}'.format(0xabcde)", "'{:0^14,}'.format(12345)", "'{:0^15,}'.format(12345)", "'{:0<10,}'.format(12345)",
    "'{:0>8,}'.format('abc')", "'{:09,g}'.format(12345)", "'{:+09,g}'.format(12345)", "'{:,}'.format(1234567.5)",
    "'{:,f}'.format(1234567.5)",
)
