# The buses of a pyboard and its flash, as fast as they go when no board has to be waited for (--clock=virtual): one of uart, i2c, spi, flash,
# named by the first argument. Prints how many bytes have arrived.
import sys
from machine import I2C, SPI, UART, I2CTarget

import pyb

BLOCK = bytes(range(250)) * 4


def uart():  # out of one unit, over a wire, into another: --wire X1=Y2
    out, into, got = UART(4, 2000000), UART(6, 2000000, rxbuf=1100, timeout=100), bytearray(1000)
    n = 0
    for i in range(100):
        out.write(BLOCK)
        n += into.readinto(got)
    return n if got == BLOCK else 0


def i2c():  # a target that is a memory: --wire X9=Y9 --wire X10=Y10
    memory, bus = bytearray(256), I2C("X", freq=400000)
    target = I2CTarget(2, 0x50, mem=memory)
    for i in range(200):
        bus.writeto_mem(0x50, 0, BLOCK[:250])
    return 200 * 250 if memory[:250] == BLOCK[:250] else 0


def spi():  # what is sent comes back: --wire X8=X7
    bus, got = SPI(1, baudrate=42000000), bytearray(1000)
    for i in range(100):
        bus.write_readinto(BLOCK, got)
    return 100000 if got == BLOCK else 0


def flash():  # one erase block of 16 KiB, written anew each time, in blocks of 512 bytes
    f, block = pyb.Flash(start=0), bytearray(512)
    for i in range(200):
        block[0] = i
        for n in range(32):
            f.writeblocks(n, block)
        if f.ioctl(3, 0):
            return 0
    return 200 * 16384


print({"uart": uart, "i2c": i2c, "spi": spi, "flash": flash}[sys.argv[1]]())
