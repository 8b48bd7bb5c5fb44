# re.sub() with a function makes a match object of the heap for each match, which the function may keep; in MicroPython it is on the C stack,
# costs nothing, prints True, and is gone when the function has returned.
import gc
import re

text = "a" * 100


def replace(match):
    return "b"


re.sub("a", replace, text)
before = gc.mem_alloc()
re.sub("a", replace, text)
print(gc.mem_alloc() - before < 3000)
