# SPDX-License-Identifier: MIT
# abs bin chr divmod hex oct ord pow round


def attempt(text):
    try:
        print(text, "=", repr(eval(text)))
    except Exception as e:
        print(text, type(e).__name__, e)


for text in (
    "abs(-5)", "abs(-5.5)", "abs(-(1 << 70))", "abs(True)", "abs(-(1 << 30))", "abs('')", "abs(1, 2)", "abs()",
    "bin(5)", "bin(-5)", "bin(1 << 70)", "bin(True)", "bin('')", "bin(1.5)",
    "hex(-255)", "hex(1 << 70)", "hex(1.5)", "oct(8)", "oct(-8)", "oct(None)",
    "chr(65)", "chr(0x20ac) == '\u20ac'", "len(chr(0x1f600))", "chr(-1)", "chr(0x110000)", "chr(1.5)",
    "ord('a')", "ord('\u20ac')", "ord(b'a')", "ord('')", "ord('ab')", "ord(b'')", "ord(1)", "ord(bytearray(b'a'))",
    "divmod(-7, 2)", "divmod(7, -2)", "divmod(7.5, 2)", "divmod(1, 0)", "divmod(1.0, 0)", "divmod(1 << 70, 7)", "divmod(1, '')",
    "pow(2, 10)", "pow(2, -1)", "pow(2, 10, 7)", "pow(2, 1 << 70, 7)", "pow(0, 0)", "pow(2, 3, '')", "pow(2.0, 3, 4)", "pow(1, '')",
    "round(2.5)", "round(3.5)", "round(-2.5)", "round(0.5)", "round(1.25, 1)", "round(1234.5, -2)", "round(5)", "round(5, 2)", "round(True)",
    "round(55, -1)", "round(45, -1)", "round(-45, -1)", "round(-55, -1)", "round(5, -1)", "round(15, -2)", "round(7, -5)",
    "round(1 << 70, -1)", "round(1 << 70)", "round(float('inf'))", "round(float('nan'))", "round('')", "round(1.5, '')", "round(7, None)",
):
    attempt(text)
