# sys.settrace: nothing is traced while the heap is locked, as in a hard interrupt handler
import gc
import micropython
import sys

events = []


def trace(frame, event, arg):
    events.append((event, frame.f_lineno - frame.f_code.co_firstlineno))
    return trace


def inner():
    x = 1
    return x


def locked():
    micropython.heap_lock()
    inner()
    micropython.heap_unlock()
    inner()


sys.settrace(trace)
locked()
sys.settrace(None)
print(events)


# objects of frames are collected like others
def many():
    def trace(frame, event, arg):
        kept.append(frame)
        if len(kept) > 50:
            kept.clear()
            gc.collect()
        return trace

    kept = []
    sys.settrace(trace)
    for i in range(100):
        inner()
    sys.settrace(None)
    gc.collect()


many()
many()
gc.collect()
before = gc.mem_free()
many()
gc.collect()
print(abs(gc.mem_free() - before) < 300)
