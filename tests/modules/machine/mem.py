# mem8, mem16, mem32: bytes of the heap by address, backup memory; nothing else is reached.
import machine
from machine import mem8, mem16, mem32

print(mem8, mem16, mem32)
print(machine.mem_backup(-1), machine.mem_backup().itemsize, len(machine.mem_backup()))
back, regs = machine.mem_backup(-1)
mem32[0x40024000] = 0x12345678
print([hex(b) for b in back[:4]], hex(mem16[0x40024002]), hex(mem8[0x40024003]))
mem32[0x40024000] = -1
print(mem32[0x40024000], mem16[0x40024000], back[0])
regs[3] = 0xCAFE
print(hex(mem32[0x40002850 + 12]), len(regs), regs.itemsize)


@micropython.viper
def address(b) -> uint:
    return uint(ptr8(b))


data = bytearray(b"abcdefgh" * 4)
where = address(data)
print(hex(mem32[where]), hex(mem16[where + 2]), hex(mem8[where + 7]))
mem32[where] = 0x44434241
mem8[where + 4] = 0x145
print(data[:8])


def fails(m, address, value=None):
    try:
        if value is None:
            print(m[address])
        else:
            m[address] = value
            print("stored")
    except (ValueError, TypeError) as e:
        print(type(e).__name__, str(e).replace("%08x" % address, "A") if isinstance(address, int) else e)


fails(mem32, where + 1)
fails(mem16, where + 1, 0)
fails(mem32, 0)
fails(mem32, 0x60000000, 1)
fails(mem32, 0x08100000)
fails(mem32, 0x4002_4FFE)
fails(mem32, "x")
fails(mem32, -4)
fails(mem8, 0x20000000 - 16, 5)
for region in (2, -2):
    try:
        machine.mem_backup(region)
    except ValueError as e:
        print(e)
