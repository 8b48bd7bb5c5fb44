# what a function's large buffer costs on a 32-bit board, and when it is given back
import gc
import micropython

total = gc.mem_free() + gc.mem_alloc()
defined = called = collected = 0


def make():
    big = bytearray(10000)


gc.collect()
defined = gc.mem_free()
make()
called = gc.mem_free()
gc.collect()
collected = gc.mem_free()
print("making a buffer of 10000 bytes took", defined - called)
print("a collection gave back", collected - called)
print("free and allocated together are", "as before" if gc.mem_free() + gc.mem_alloc() == total else "something else")
