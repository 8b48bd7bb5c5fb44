# Variables of libraries, memory seen as a bytearray, an anonymous mapping.
try:
    import ffi
except ImportError:
    print("SKIP: no libffi")
    raise SystemExit

libc = ffi.open("libc.so.6")
opterr = libc.var("i", "opterr")
print(opterr.get())
opterr.set(0)
print(opterr.get(), str(opterr)[:9], str(opterr)[-3:])
opterr.set(1)
name = libc.var("s", "program_invocation_short_name")
print(name.get(), libc.var("p", "program_invocation_short_name").get() > 0)
raw = ffi.as_bytearray(libc.addr("opterr"), 4)
raw[0] = 7
print(opterr.get(), raw)
opterr.set(1)
for bad in (lambda: libc.var("v", "opterr"), lambda: libc.var("i", "no_such_variable")):
    try:
        bad()
    except (OSError, ValueError) as e:
        print(type(e).__name__)

PROT_READ, PROT_WRITE, MAP_PRIVATE, MAP_ANONYMOUS = 1, 2, 2, 32
mmap = libc.func("p", "mmap", "pLiiil")
munmap = libc.func("i", "munmap", "pL")
where = mmap(None, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
page = ffi.as_bytearray(where, 8192)
page[4096:4100] = b"here"
print(page[4095:4101], len(page), sum(page))
print(libc.func("s", "strchr", "pi")(where + 4096, ord("h")))
grown = page
grown.append(1)  # leaves the mapping and goes on in the heap
print(len(grown), grown[4096:4100], munmap(where, 8192))
print(grown[8192])
