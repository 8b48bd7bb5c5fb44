# binascii: what results cost in the heap of a 32-bit board.
import gc
import ubinascii as binascii


def cost(f, *args):
    f(*args)
    gc.collect()
    before = gc.mem_alloc()
    kept = f(*args)
    return gc.mem_alloc() - before


print(cost(binascii.hexlify, b"x" * 20), cost(binascii.hexlify, b""), cost(binascii.hexlify, b"x" * 20, ":"), cost(binascii.unhexlify, b"aa" * 20))
print(cost(binascii.a2b_base64, b"YWJj" * 10), cost(binascii.a2b_base64, b""), cost(binascii.b2a_base64, b"x" * 30))
