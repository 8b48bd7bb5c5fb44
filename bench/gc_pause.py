# Pause of one collection with 1, 16 and 256 MB of live small objects, as a multiple of one memcpy of the same amount.
# Runs under micropython only (python3 has no heap of this kind). Best of 5 each.
import gc
import time


def best(f):
    least = None
    for _ in range(5):
        t = time.ticks_us()
        f()
        t = time.ticks_diff(time.ticks_us(), t)
        if least is None or t < least:
            least = t
    return max(least, 1)


def tuples(n):
    return [(i, i) for i in range(n)]


def chain(n):
    head = None
    for i in range(n):
        head = (i, head)
    return head


def tree(depth):
    return None if depth == 0 else (tree(depth - 1), tree(depth - 1))


print("| live MB | kind | memcpy ms | collection ms | ratio |")
print("|---|---|---|---|---|")
for mb in (1, 16, 256):
    source = bytearray(mb << 20)
    target = bytearray(mb << 20)

    def copy():
        target[:] = source

    memcpy = best(copy)
    source = target = None
    gc.collect()
    n = (mb << 20) // 32
    for kind, make in (("list of tuples", lambda: tuples(n)), ("linked list", lambda: chain(n)), ("binary tree", lambda: tree(len(bin(n)) - 3))):
        live = make()
        gc.collect()
        pause = best(gc.collect)
        print("| %d | %s | %.2f | %.2f | %.1f |" % (mb, kind, memcpy / 1000, pause / 1000, pause / memcpy))
        live = None
        gc.collect()
