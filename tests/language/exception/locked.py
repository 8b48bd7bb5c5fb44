# SPDX-License-Identifier: MIT
# Exceptions can be raised while the heap is locked: they then live in the emergency buffer, and long arguments are dropped.
import micropython


def show(f):
    micropython.heap_lock()
    e = None
    try:
        f()
    except Exception as x:
        e = x
    micropython.heap_unlock()
    print(repr(e))


def value():
    raise ValueError(1)


def many():
    raise ValueError(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30)


def name():
    undefined_name


def wrong():
    raise 5


def deep():
    deep()


class_only = KeyError


def type_only():
    raise class_only


micropython.alloc_emergency_exception_buf(256)
for f in (value, many, name, wrong, deep, type_only):
    show(f)
