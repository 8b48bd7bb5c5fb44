# SPDX-License-Identifier: MIT
# Strips of WS2812 lamps. The bytes of a lamp go out as green, red, blue, white; a pixel is given as (red, green, blue[, white]).
from machine import bitstream

_SLOW = (800, 1700, 1600, 900)  # 400 kHz
_FAST = (400, 850, 800, 450)  # 800 kHz


class NeoPixel:
    ORDER = (1, 0, 2, 3)  # place of each colour among the lamp's bytes

    def __init__(self, pin, n, bpp=3, timing=1):
        self.pin = pin
        self.n = n
        self.bpp = bpp
        self.buf = bytearray(n * bpp)
        self.timing = timing if isinstance(timing, tuple) else _FAST if timing else _SLOW
        pin.init(pin.OUT)

    def __len__(self):
        return self.n

    def _place(self, index):
        if index < 0:
            index += self.n
        if not 0 <= index < self.n:
            raise IndexError("pixel index out of range")
        return index * self.bpp

    def __setitem__(self, index, pixel):
        at = self._place(index)
        for colour in range(self.bpp):
            self.buf[at + self.ORDER[colour]] = pixel[colour]

    def __getitem__(self, index):
        at = self._place(index)
        return tuple([self.buf[at + self.ORDER[colour]] for colour in range(self.bpp)])

    def fill(self, pixel):
        for index in range(self.n):
            self[index] = pixel

    def write(self):
        bitstream(self.pin, 0, self.timing, self.buf)
