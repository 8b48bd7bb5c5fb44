# Bytes at an address where nothing is: on a board they can be made, and fault when they are read.
import uctypes

for make in (lambda: uctypes.bytearray_at(0x60000000, 8), lambda: uctypes.bytes_at(0x60000000, 8),
             lambda: uctypes.struct(0x60000000, {"word": uctypes.UINT32 | 0}).word):
    try:
        make()
    except ValueError as e:
        print(e)
