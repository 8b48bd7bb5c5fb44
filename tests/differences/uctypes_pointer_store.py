# MicroPython leaves the 1 as it is: an assignment through a pointer to a scalar is lost. Here it is made, as the documentation says.
import uctypes as u

data = bytearray(b"0123")
holder = bytearray(u.sizeof({"p": (0 | u.PTR, u.UINT8)}))
s = u.struct(u.addressof(holder), {"address": 0 | u.ULONG, "p": (0 | u.PTR, u.UINT8)})
s.address = u.addressof(data)
s.p[1] = 88
print(data)
