# Complex numbers: text, arithmetic, conversions.
print(1j, 1 + 2j, -1j, complex(1.5, -2), complex(0, 1), 1 - 2j, complex(float("inf"), float("nan")), 1e16 + 1e-5j)
for t in ("1+2j", "j", "-j", "1-j", " 1+2j ", "1", "2.5e3j", "inf-infj", "1+2J"):
    print(complex(t))
for t in ("", "x", "1+", "1+2", "1j+2", "1 + 2j", "(1+2j)", "1+2j+3j", "jj"):
    try:
        print(complex(t))
    except ValueError as e:
        print("ValueError", e)
print(1j * 1j, 1j + 1, 2 - 1j, (1 + 2j) * (3 - 4j), 1 / 2j, (3 + 4j) / 5, abs(3 + 4j), -(1 + 2j), (1 + 2j).real, (1 + 2j).imag)
print(1 == 1 + 0j, 1j == 1j, 1j != 1, 1j == None, bool(0j), complex(1j, 1j), complex(1, 1j), complex(True), 0j**0, 0j**1)
for f in (lambda: 1j / 0, lambda: 0j**-1, lambda: 0j**1j):
    try:
        f()
    except ZeroDivisionError as e:
        print(e)
for f in (lambda: 1j < 1j, lambda: 1 < 1j, lambda: 1j // 1, lambda: 1 // 1j, lambda: 1j % 1, lambda: ~1j, lambda: 1j + None, lambda: complex(None),
          lambda: complex("1", 2), lambda: complex([]), lambda: complex(b"1")):
    try:
        print(f())
    except TypeError as e:
        print(e)
