# micropython: the heap lock counts; what was asked for of the heap, in bytes (desktop only); the optimisation level.
import micropython as m


def locked():
    m.heap_lock()
    m.heap_lock()
    depth = m.heap_locked()
    try:
        bytearray(100)
        refused = False
    except MemoryError:
        refused = True
    left = m.heap_unlock()
    m.heap_unlock()
    return depth, refused, left, m.heap_locked()


print(m.heap_locked(), locked(), len(bytearray(100)))

total, current, peak = m.mem_total(), m.mem_current(), m.mem_peak()
block = bytearray(10000)
print(m.mem_total() - total >= 10000, m.mem_current() - current >= 10000, m.mem_peak() >= m.mem_current())
print(m.mem_peak() >= peak, m.mem_current() <= m.mem_total())

for level in (0, 3, 1):
    print(m.opt_level(level), m.opt_level())
m.opt_level(0)
print(m.const(5), m.const("text"), type(m.stack_use()), m.stack_use() > 0)


@m.native
def native(x):
    return x + 1


@m.viper
def viper(x: int) -> int:
    return x + 1


@m.bytecode
def plain(x):
    return x + 1


print(native(1), viper(1), plain(1))
