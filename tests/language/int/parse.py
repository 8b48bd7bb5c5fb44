# int(text): white space, signs, prefixes, bases, underscores, and what is refused.
good = [("12",), ("  -12\n",), ("+7",), ("0x1F", 16), ("1f", 16), ("0X1f", 0), ("0b101", 0), ("0o17", 0), ("0b1", 16), ("00", 0), ("zZ", 36),
        ("1_000_000",), ("0" * 50 + "1",), ("1" * 40,), ("-" + "9" * 25,), ("f" * 20, 16), ("z" * 20, 36), ("1073741824",), ("-1073741825",),
        ("4611686018427387904",), ("-4611686018427387905",), ("18446744073709551616",), (b"12",), (bytearray(b"34"),)]
for args in good:
    print(int(*args))
bad = [("",), (" ",), ("12x",), ("1 2",), ("--1",), ("- 1",), ("0x12",), ("017", 0), ("12", 2), ("0b12", 0), ("0x", 16), ("1.5",), ("1e5",),
       ("9" * 30 + "?",), ("é",), (b"\xff",), ("a'b",), ("1", 1), ("1", 37), ("1", -1)]
for args in bad:
    try:
        print(int(*args))
    except ValueError as e:
        print("ValueError", e)
for args in ((None,), ([],), (1j,), (1.5, 10), (1, 2), ("1", None), ("1", 2, 3)):
    try:
        print(int(*args))
    except TypeError as e:
        print("TypeError", e)
print(int(), int(3.99), int(-3.99), int(1e30), int(True))
for x in ("inf", "-inf", "nan"):
    try:
        int(float(x))
    except (ValueError, OverflowError) as e:
        print(type(e).__name__, e)
