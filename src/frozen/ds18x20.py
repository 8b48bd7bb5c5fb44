# SPDX-License-Identifier: MIT
# Thermometers DS18S20, DS1822, DS18B20 on a 1-wire bus.
_HALF_DEGREES = 0x10  # family of the DS18S20
_FAMILIES = (_HALF_DEGREES, 0x22, 0x28)


class DS18X20:
    def __init__(self, onewire):
        self.buf, self.ow = bytearray(9), onewire

    # Wakes the bus, calls one device (None: all of them) and gives it an order.
    def _order(self, rom, code):
        bus = self.ow
        bus.reset(True)
        if rom is None:
            bus.writebyte(bus.SKIP_ROM)
        else:
            bus.select_rom(rom)
        bus.writebyte(code)

    def scan(self):
        return [rom for rom in self.ow.scan() if rom[0] in _FAMILIES]

    def convert_temp(self):
        self._order(None, 0x44)

    def read_scratch(self, rom):
        self._order(rom, 0xBE)
        self.ow.readinto(self.buf)
        if self.ow.crc8(self.buf) == 0:
            return self.buf
        raise Exception("CRC error")

    def write_scratch(self, rom, buf):
        self._order(rom, 0x4E)
        self.ow.write(buf)

    # Degrees Celsius. A DS18S20 has half degrees, and a counter that gives the rest.
    def read_temp(self, rom):
        pad = self.read_scratch(rom)
        raw = int.from_bytes(pad[:2], "little")
        if raw >= 0x8000:
            raw -= 0x10000
        if rom[0] != _HALF_DEGREES:
            return raw / 16
        if pad[1] not in (0, 0xFF):
            return None
        remain, per_degree = pad[6], pad[7]
        return (raw >> 1) - 0.25 + (per_degree - remain) / per_degree if per_degree else raw / 2
