# Functions of libc: integers of all widths, texts, buffers, addresses, floats; what is refused.
try:
    import ffi
except ImportError:
    print("SKIP: no libffi")
    raise SystemExit

libc = ffi.open("libc.so.6")
libm = ffi.open("libm.so.6")
everything = ffi.open(None)
print(everything.func("i", "abs", "i")(-5))
strlen = libc.func("L", "strlen", "s")
print(strlen("four"), strlen(b"by\0tes"), strlen(bytearray(b"abc\0")))
print(libc.func("s", "strchr", "si")("find me", ord("m")), libc.func("s", "strchr", "si")("find me", ord("x")))
print(libc.func("i", "toupper", "i")(ord("q")), libc.func("l", "labs", "l")(-(1 << 40)))
buffer = bytearray(20)
print(libc.func("i", "sprintf", "psii")(buffer, "%d:%x", -7, 255), buffer[:6])
print(libc.func("p", "memset", "piL")(buffer, 65, 3) == libc.func("p", "memchr", "piL")(buffer, 65, 3), buffer[:5])
print("%.4f %.4f" % (libm.func("d", "cbrt", "d")(27), libm.func("f", "powf", "ff")(2.5, 2)))
print(libm.func("d", "ldexp", "di")(1.5, 4), libc.func("v", "srand", "I")(3))
print(libc.func("Q", "strtoull", "spi")("18446744073709551615", None, 10), libc.func("q", "strtoll", "spi")("-9", None, 10))
# a value is cut to the width of its type
for letter, name in ("b", 0x1FF), ("B", 0x1FF), ("h", 0x18000), ("H", 0x18000), ("i", 1 << 31), ("I", 1 << 32 | 7), ("q", 1 << 63):
    print(letter, ffi.open(None).func("q", "llabs", letter)(name) if letter in "q" else libc.func(letter, "abs", letter)(name))
address = libc.addr("strlen")
print(ffi.func("L", address, "s")("by address"), libc.func("L", address, "s")("as well"))
print(str(strlen)[:9], str(libc)[:8])
wrong = (
    lambda: ffi.open("libnowhere.so"),
    lambda: libc.func("i", "no_such_function", ""),
    lambda: libc.addr("no_such_function"),
    lambda: libc.func("x", "abs", "i"),
    lambda: libc.func("i", "abs", "v"),
    lambda: libc.func("ii", "abs", "i"),
    lambda: libc.func("i", "abs", "i" * 40),
    lambda: strlen(),
    lambda: strlen(1, 2),
    lambda: strlen([]),
    lambda: strlen(1.5),
    lambda: libm.func("d", "cbrt", "d")("text"),
    lambda: libc.func("i", "abs"),
    lambda: ffi.as_bytearray(0, -1),
)
for f in wrong:
    try:
        print(f())
    except (OSError, ValueError, TypeError) as e:
        print(type(e).__name__, e)
libm.close()
try:
    libm.func("d", "cbrt", "d")
except ValueError as e:
    print("ValueError", e)
