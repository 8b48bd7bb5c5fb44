# repr() shows printable characters as they are, as CPython and MicroPython after 1.28 do; 1.28 writes escapes for all but ASCII.
print(repr("schön"), ["ключ"], {"é": "\x80\u200b"})
