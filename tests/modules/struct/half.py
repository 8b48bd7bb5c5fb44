# struct: half-precision floats
import struct

def t(*expressions):
    for e in expressions:
        try:
            print(e, "->", repr(eval(e)))
        except Exception as x:
            print(e, "!!", type(x).__name__, *x.args)


t(
    "struct.pack('<e', 0)", "struct.pack('<e', -0.0)", "struct.pack('<e', 1.5)", "struct.pack('>e', 1.5)",
    "struct.pack('<e', -2)", "struct.pack('<e', 65504)", "struct.pack('<e', 65520)", "struct.pack('<e', 2049)",
    "struct.pack('<e', 2051)", "struct.pack('<e', 1e-7)", "struct.pack('<e', 6.1e-5)",
    "struct.pack('<e', float('inf'))", "struct.pack('<e', float('nan'))", "struct.unpack('<e', b'\\x00>')",
    "struct.unpack('<e', b'\\x01\\x00')", "struct.unpack('<e', b'\\xff\\x03')", "struct.unpack('<e', b'\\x00\\x04')",
    "struct.unpack('<e', b'\\xff{')", "struct.unpack('<e', b'\\x00|')", "struct.unpack('<e', b'\\x00\\xfc')",
    "struct.unpack('<e', b'\\x01|')",
    "[h for h in range(0, 0x7c00, 37) if struct.pack('<e', struct.unpack('<e', bytes((h & 255, h >> 8)))[0]) != bytes((h & 255, h >> 8))]",
)
