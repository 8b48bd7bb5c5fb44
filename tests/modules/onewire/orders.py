# onewire, ds18x20: what goes over the wire: which device is called, which order it gets, the scratch pad in both directions.
import ds18x20
import onewire
from machine import Pin


class Wire(onewire.OneWire):  # takes note of what is sent; answers with .pad
    def __init__(self):
        super().__init__(Pin(4))
        self.sent = []

    def reset(self, required=False):
        self.sent.append("reset!" if required else "reset")
        return True

    def writebyte(self, byte):
        self.sent.append(byte)

    def write(self, data):
        self.sent.append(bytes(data))

    def readinto(self, data):
        data[:] = self.pad


wire = Wire()
ds = ds18x20.DS18X20(wire)
rom = bytes(range(0x28, 0x30))
body = b"\x50\x05\x4b\x46\x7f\xff\x0c\x10"
wire.pad = body + bytes([wire.crc8(body)])
print(bytes(ds.read_scratch(rom)) == wire.pad, wire.sent)
wire.sent = []
ds.write_scratch(rom, b"\x7d\xc9\x1f")
print(wire.sent)
wire.sent = []
ds.convert_temp()
print(wire.sent, ds.read_temp(rom))
wire.sent = []
wire.select_rom(rom)
print(wire.sent, wire.MATCH_ROM, wire.SKIP_ROM, wire.SEARCH_ROM)
wire.pad = bytes([7]) * 9
try:
    ds.read_scratch(rom)
except Exception as e:
    print(e)
