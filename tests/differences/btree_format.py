# MicroPython, where it has btree, begins a file with the numbers of Berkeley DB 1.8 (b'b1\x05\x00'): files cannot be exchanged.
import btree
import io

f = io.BytesIO()
db = btree.open(f)
db["a"] = "1"
db.close()
print(f.getvalue()[:8])
