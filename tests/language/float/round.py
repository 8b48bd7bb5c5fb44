# round(): half to even, places on both sides, integers stay integers.
print([round(x) for x in (0.5, 1.5, 2.5, -0.5, -1.5, -2.5, 0.4, -0.6, 1e20)])
print(round(1.25, 1), round(2.675, 2), round(1.5, 0), round(-1.5, 0), round(123.456, -1), round(1234.5, -2))
print(round(15, -1), round(25, -1), round(-15, -1), round(150, -2), round(50, -2), round(15, 1), round(12345, -30), round(1 << 70, -3))
for x in ("inf", "nan"):
    try:
        round(float(x))
    except (ValueError, OverflowError) as e:
        print(type(e).__name__, e)
for f in (lambda: round(None), lambda: round(1.5, None), lambda: round("a")):
    try:
        f()
    except TypeError as e:
        print(e)
