# SPDX-License-Identifier: MIT
# The 1-wire bus of Dallas: one controller, any number of devices, each with a number of 8 bytes in its ROM (family, serial, CRC).
import _onewire


class OneWireError(Exception):
    """Nothing answered the reset pulse."""


class OneWire:
    SKIP_ROM, MATCH_ROM, SEARCH_ROM = 0xCC, 0x55, 0xF0
    crc8 = staticmethod(_onewire.crc8)

    def __init__(self, pin):
        pin.init(mode=pin.OPEN_DRAIN, pull=pin.PULL_UP)
        self.pin = pin

    def writebit(self, value):
        _onewire.writebit(self.pin, value)

    def readbit(self):
        return _onewire.readbit(self.pin)

    def writebyte(self, value):
        _onewire.writebyte(self.pin, value)

    def readbyte(self):
        return _onewire.readbyte(self.pin)

    def write(self, buf):
        for byte in memoryview(buf):
            self.writebyte(byte)

    def readinto(self, buf):
        n = len(buf)
        while n:
            buf[-n] = self.readbyte()
            n -= 1

    def reset(self, required=False):
        if _onewire.reset(self.pin):
            return True
        if required:
            raise OneWireError
        return False

    def select_rom(self, rom):
        self.reset()
        self.writebyte(self.MATCH_ROM)
        self.write(rom)

    # At each bit every device still in the game sends the bit and its complement. Where both were 0 there are devices of either kind: the
    # walk goes by way of 0 first, and by way of 1 when it comes there again as the last such place.
    def scan(self):
        found = []
        rom, fork = bytearray(8), 64
        while fork is not None:
            fork = self._walk(rom, fork)
            if fork is False:
                break
            if not self.crc8(rom):
                found.append(bytearray(rom))
        return found

    # One walk through the tree of numbers; leaves the number in rom, returns the last place where 1 is still to be tried, None at the
    # end, False when nothing answers.
    def _walk(self, rom, turn):
        if not self.reset():
            return False
        self.writebyte(self.SEARCH_ROM)
        left = None
        for i in range(64):
            mask = 1 << (i & 7)
            bit, complement = self.readbit(), self.readbit()
            if bit and complement:
                return False
            if not bit and not complement:
                way = bool(rom[i >> 3] & mask) if i < turn and turn < 64 else i == turn
                if not way:
                    left = i
            else:
                way = bool(bit)
            self.writebit(way)
            if way:
                rom[i >> 3] |= mask
            else:
                rom[i >> 3] &= ~mask
        return left
