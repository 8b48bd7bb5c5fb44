# a slice copies, a view of a slice does not: it shows and changes what it was made from
import gc

whole = bytearray(b"0123456789" * 100)
view = memoryview(whole)
gc.collect()
a = gc.mem_alloc()
copy = whole[300:900]
b = gc.mem_alloc()
part = view[300:900]
c = gc.mem_alloc()
print(b - a >= 600, c - b < 100)
print(len(copy), len(part), copy[0] == part[0])
part[0] = ord("x")
print(whole[300:303], copy[:3], bytes(part[:3]))
part[1:3] = b"yz"
print(whole[300:304])
try:
    memoryview([1, 2, 3])
except TypeError as e:
    print("TypeError:", e)
try:
    memoryview(b"fixed")[0] = 1
except TypeError as e:
    print("TypeError:", e)
