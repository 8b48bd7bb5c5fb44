# an error while the heap is locked, as in an interrupt handler: without the buffer it has no text, with it it has
import micropython

empty = []


def provoke():
    return empty.nothing


def attempt(f):
    micropython.heap_lock()
    try:
        f()
    except Exception as e:
        micropython.heap_unlock()
        return type(e).__name__, e.args
    micropython.heap_unlock()


def fill():
    return [1, 2, 3, 4]


print(attempt(provoke))
micropython.alloc_emergency_exception_buf(200)
print(attempt(provoke))
print(attempt(fill))
print(attempt(lambda: 1 // 0))
micropython.alloc_emergency_exception_buf(0)
