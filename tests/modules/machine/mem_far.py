# Addresses at the very end of a 64-bit space, and around the ends of backup memory.
from machine import mem8, mem16, mem32, mem_backup

size = len(mem_backup())
base = 0x50000000
for m, address in ((mem8, -1), (mem8, 2**64 - 1), (mem16, -2), (mem32, -4), (mem32, 2**64 - 4), (mem8, base - 1), (mem8, base + size),
                   (mem32, base + size - 4), (mem16, base + size - 2), (mem32, base + size), (mem8, 2**80 + base)):
    try:
        print(m, m[address])
        m[address] = 0
    except (ValueError, OverflowError) as e:
        print(type(e).__name__, e)
