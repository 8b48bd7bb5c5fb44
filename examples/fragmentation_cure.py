# Fragmentation, seen and cured. A small object that lives on behind each large one that goes leaves holes which no large buffer fits into; made
# first, the small ones lie together and the room stays in one piece. Watch the heap view:
#   micropython --panel --trace-heap --board=pybv11 examples/fragmentation_cure.py
import gc
import time


def largest():  # by trying: halves what is left to decide
    low, high = 0, gc.mem_free()
    while high - low > 256:
        size = (low + high) // 2
        try:
            bytearray(size)
            low = size
        except MemoryError:
            high = size
    gc.collect()
    return low


def broken_up():
    kept, passing = [], []
    for i in range(36):
        passing.append(bytearray(1800))
        kept.append(bytearray(400))
        time.sleep_ms(10)
    return kept  # what passed is garbage now, hole by hole


def cured():
    kept = [bytearray(400) for i in range(36)]
    passing = []
    for i in range(36):
        passing.append(bytearray(1800))
        time.sleep_ms(10)
    return kept


for way in broken_up, cured:
    gc.collect()
    kept = way()
    gc.collect()
    print(way.__name__, "free", gc.mem_free() // 1024, "KiB, largest piece", largest() // 1024, "KiB")
    time.sleep_ms(500)
    kept = None
