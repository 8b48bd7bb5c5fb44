# Functions of Python called by libc: qsort and bsearch, exceptions inside, a locked heap, calls through an address, collections meanwhile.
try:
    import ffi
except ImportError:
    print("SKIP: no libffi")
    raise SystemExit
import gc

libc = ffi.open("libc.so.6")
qsort = libc.func("v", "qsort", "pLLC")
bsearch = libc.func("p", "bsearch", "ppLLC")


def compare(a, b):
    gc.collect()
    return ffi.as_bytearray(a, 1)[0] - ffi.as_bytearray(b, 1)[0]


up = ffi.callback("i", compare, "pp")
down = ffi.callback("i", lambda a, b: -compare(a, b), "pp")
data = bytearray(b"the quick brown fox")
qsort(data, len(data), 1, up)
print(data)
qsort(data, len(data), 1, down)
print(data)
qsort(data, len(data), 1, up)
at = bsearch(b"q", data, len(data), 1, up)
print(ffi.as_bytearray(at, 1), bsearch(b"z", data, len(data), 1, up))


def broken(a, b):
    raise ValueError("not for C")


qsort(bytearray(2), 2, 1, ffi.callback("i", broken, "pp"))


def greedy(a, b):
    try:
        [a, b] * 100
    except MemoryError:
        print("locked")
    return 0


qsort(bytearray(2), 2, 1, ffi.callback("i", greedy, "pp", lock=True))
print(len([1] * 100))
twice = ffi.callback("d", lambda x, n: x * 2 + n, "fb")
print(ffi.func("d", twice.cfun(), "fb")(1.25, -1), str(twice)[:14])
print(ffi.func("s", ffi.callback("p", lambda: None, "").cfun(), "")())
print(ffi.func("v", ffi.callback("v", print, "iHsO").cfun(), "iHsO")(-1, 70000, "text", [1]))
for bad in (lambda: ffi.callback("i"), lambda: ffi.callback("?", print, ""), lambda: ffi.callback("i", print, "", 1)):
    try:
        bad()
    except (TypeError, ValueError) as e:
        print(type(e).__name__)
