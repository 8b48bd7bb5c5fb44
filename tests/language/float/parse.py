# float(text): what is read and what is refused.
for t in ("1", "1.5", " 1.5\n", ".5", "5.", ".", "1e5", "1E5", "1e+5", "1e-5", "+1.5", "-1.5", "-0", "1_0.0_1", "inf", "-inf", "+inf", "Infinity",
          "nan", "NaN", "1e400", "-1e400", "1e-400", "1e999999999999", "123456789012345678901234567890", "0." + "0" * 300 + "1e300", "1" * 400 + "e-400",
          "9007199254740993", "9007199254740993.00000000000000000001", "2.2250738585072011e-308", b"1.5", bytearray(b"2.5")):
    print(float(t))
for t in ("", " ", "x", "1.5x", "1e", "1e+", "+", "-", "--1", "1 2", "1.2.3", "infin", "nanx", "0x10", "1j", b"1.5x", "é"):
    try:
        print(float(t))
    except ValueError as e:
        print("ValueError", e)
for x in (None, [], 1j):
    try:
        float(x)
    except TypeError as e:
        print("TypeError", e)
print(float(), float(3), float(True), float(1 << 70), float(10**309), float(2**54 + 2), float(2**54 + 6))
f = 1.5
print(float(f) is f)
