# Fragmentation: much memory is free, and yet a large buffer does not fit.
import gc

count = gc.mem_free() // (1400 + 100)
keep = [None] * count


def fits(size):
    try:
        bytearray(size)
        return True
    except MemoryError:
        return False


def largest_buffer():
    low, high = 0, gc.mem_free()
    while high - low > 16:
        middle = (low + high) // 2
        gc.collect()  # the buffer of the last try is garbage
        if fits(middle):
            low = middle
        else:
            high = middle
    return low


def about(size):
    return (size + 2500) // 5000 * 5


def report(what):
    gc.collect()
    print("{:<34} free {:4d} K   largest buffer {:4d} K".format(what, about(gc.mem_free()), about(largest_buffer())))
    gc.collect()


report("at the start")

# between two buffers that go, one that stays
for i in range(count):
    goes = bytearray(1000)
    keep[i] = bytearray(300)
goes = None
report("after making them in turn")

for i in range(count):
    keep[i] = None
report("after giving up all")

# the same buffers, but first all that stay
for i in range(count):
    keep[i] = bytearray(300)
for i in range(count):
    goes = bytearray(1000)
goes = None
report("after making those that stay first")
