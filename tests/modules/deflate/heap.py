# deflate: what objects and their states cost in the heap of a 32-bit board.
import deflate
import gc
import io



def object_cost(s):
    d = None
    gc.collect()
    before = gc.mem_alloc()
    d = deflate.DeflateIO(s, deflate.RAW)
    return gc.mem_alloc() - before


s = io.BytesIO()
print(object_cost(s))
with deflate.DeflateIO(s, deflate.ZLIB) as d:
    d.write(b"hello")
data = s.getvalue()


def state_costs(bits):
    d = deflate.DeflateIO(io.BytesIO(data), deflate.ZLIB, bits)
    gc.collect()
    before = gc.mem_alloc()
    d.read(1)
    read = gc.mem_alloc() - before
    d = deflate.DeflateIO(io.BytesIO(), deflate.ZLIB, bits)
    gc.collect()
    before = gc.mem_alloc()
    d.write(b"ab")
    return read, gc.mem_alloc() - before


for bits in (5, 8, 9, 12):
    print(bits, state_costs(bits))
