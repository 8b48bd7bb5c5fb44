# struct code S on the desktop: a text of a library at an address; an address where none is, is UnicodeError.
try:
    import ffi
except ImportError:
    print("SKIP: no libffi")
    raise SystemExit
import os
import struct
import uctypes

libc = ffi.open("libc.so.6")
address = libc.func("P", "strdup", "s")("a text of the library")
print(struct.unpack("S", struct.pack("P", address)), struct.unpack("SS", struct.pack("PP", address + 2, address + 14)))
page = libc.func("P", "mmap", "pLiiil")(None, 8192, 3, 0x22, -1, 0)
memory = ffi.as_bytearray(page, 8192)
memory[:] = b"x" * 8192
memory[8191] = 0
print(len(struct.unpack("S", struct.pack("P", page))[0]), struct.unpack("S", struct.pack("P", page + 8189)))
print(libc.func("i", "mprotect", "PLi")(page + 4096, 4096, 0))  # from here on the second half cannot be read
for bad in (0, 1, 4096, page + 8189, page, page + 4095, (1 << 64) - 8):
    try:
        print(struct.unpack("S", struct.pack("P", bad)))
    except UnicodeError:
        print("UnicodeError")
libc.func("i", "mprotect", "PLi")(page + 4096, 4096, 3)
memory[0:4] = b"a\xff\xfe\0"
try:
    print(struct.unpack("S", struct.pack("P", page)))
except UnicodeError:
    print("no UTF-8")

# what getpwnam() gives: texts and numbers in one structure
user = libc.func("P", "getpwnam", "s")("root")
name, password, uid, gid, gecos, home, shell = struct.unpack("SSIISSS", uctypes.bytes_at(user, struct.calcsize("SSIISSS")))
print(name, uid, gid, home)
