# reading into one buffer again and again, instead of making a new object for each read
import gc
import io

source = io.BytesIO(bytes(range(40)))
buffer = bytearray(16)
while True:
    n = source.readinto(buffer)
    if n == 0:
        break
    print(n, bytes(buffer[:n]))

source.seek(0)
view = memoryview(buffer)
print(source.readinto(view[4:8]), buffer)
print(source.readinto(buffer, 2), buffer)


def use(source, buffer):
    while source.readinto(buffer):
        pass


# the loop that keeps its buffer asks the heap for nothing
source = io.BytesIO(bytes(200))
use(source, buffer)
source.seek(0)
gc.collect()
gc.disable()
before = gc.mem_alloc()
use(source, buffer)
after = gc.mem_alloc()
gc.enable()
print(after - before < 64)
