# Which builtin modules a file of the same name extends, and how such a file gets at the builtin one: under the old name, or without sys.path.
import os
import sys

sys.path.insert(0, os.getcwd())

names = """array binascii btree builtins cmath collections cryptolib deflate errno framebuf gc hashlib heapq io json machine marshal math
micropython os platform random re select socket struct sys time tls uctypes vfs websocket zlib _thread""".split()
extended, fixed = [], []
for name in names:
    with open(name + ".py", "w") as f:
        f.write("from_file = True\n")
    sys.modules.pop(name, None)
    try:
        module = __import__(name)
    except ImportError:
        continue
    (extended if hasattr(module, "from_file") else fixed).append(name)
    os.remove(name + ".py")
    sys.modules.pop(name, None)
print(*extended)
print("btree" not in extended, "gc" in fixed, "sys" in fixed, "math" in fixed, "deflate" in fixed, "uctypes" in fixed)

with open("struct.py", "w") as f:
    f.write("from ustruct import *\nimport sys\nextra = calcsize('i')\n")
with open("time.py", "w") as f:
    f.write("import sys\npath = sys.path[:]\nsys.path.clear()\ntry:\n    from time import *\nfinally:\n    sys.path.extend(path)\nextra = ticks_add(1, 2)\n")
import struct
import time

print(struct.extra, struct.pack("<H", 258), time.extra, time.ticks_diff(5, 3))
for name in ("struct", "time"):
    os.remove(name + ".py")
