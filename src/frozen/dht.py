# SPDX-License-Identifier: MIT
# Sensors of humidity and temperature DHT11 and DHT22: five bytes over one wire, the last is the sum of the others.
from machine import dht_readinto


class DHTBase:
    def __init__(self, pin):
        self.buf, self.pin = bytearray(5), pin

    def measure(self):
        dht_readinto(self.pin, self.buf)
        total = 0
        for i in range(4):
            total += self.buf[i]
        if total % 256 != self.buf[4]:
            raise Exception("checksum error")

    def _tenths(self, at):  # big-endian, the top bit is the sign
        word = self.buf[at] * 256 + self.buf[at + 1]
        return (word if word < 0x8000 else 0x8000 - word) * 0.1


class DHT22(DHTBase):
    def temperature(self):
        return self._tenths(2)

    def humidity(self):
        return self._tenths(0)


class DHT11(DHTBase):
    def temperature(self):
        return self.buf[2]

    def humidity(self):
        return self.buf[0]
