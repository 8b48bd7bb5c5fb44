# uctypes on a board of 32 bits: LONG, pointers and plain int are four bytes.
import uctypes as u

print(u.LONG == u.INT32, u.ULONG == u.UINT32, u.INT == u.INT32, u.LONGLONG == u.INT64)
print(u.sizeof({"p": (0 | u.PTR, u.VOID)}), u.sizeof({"a": 0 | u.LONG}), u.sizeof({"a": 0 | u.ULONGLONG}))
