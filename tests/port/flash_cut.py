# --flash-fault=cut: the power ends in the second operation, the first program after an erase; nothing more is printed
from rp2 import Flash

f = Flash()
print(f.ioctl(6, 0))
print(f.writeblocks(0, b"lost", 0))
print("not reached")
