# The CRC generator, as the assembler chapter uses it, read through mem32: twenty words 0.
import stm

def enable_crc():
    stm.mem32[stm.RCC + stm.RCC_AHB1ENR] |= 0x1000

def reset_crc():
    stm.mem32[stm.CRC+stm.CRC_CR] = 1

def getcrc(value):
    stm.mem32[stm.CRC + stm.CRC_DR] = value
    return stm.mem32[stm.CRC + stm.CRC_DR] & 0xffffffff

def software(crc): # the same, bit by bit
    for _ in range(32):
        crc = (crc << 1 ^ (0x04c11db7 if crc >> 31 else 0)) & 0xffffffff
    return crc

enable_crc()
reset_crc()
crc = 0xffffffff
for x in range(20):
    crc = software(crc)
    print(hex(getcrc(0)), crc == stm.mem32[stm.CRC + stm.CRC_DR] & 0xffffffff)
