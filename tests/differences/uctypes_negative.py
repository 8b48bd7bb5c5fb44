# MicroPython prints a number: an array can be read before its start. Here only pointers take a negative index.
import uctypes as u

data = bytearray(8)
s = u.struct(u.addressof(data), {"a": (4 | u.ARRAY, 2 | u.UINT16)})
try:
    print(s.a[-1])
except IndexError as e:
    print(e)
