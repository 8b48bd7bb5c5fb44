# onewire: an empty bus, a bus held low, slots on the wire, CRC; ds18x20 on a bus made of Python.
import bench
import ds18x20
import onewire
from machine import Counter, Pin

p = Pin(4)
ow = onewire.OneWire(p)
print(p, ow.reset(), ow.scan(), ow.readbyte(), ow.readbit())
try:
    ow.reset(True)
except onewire.OneWireError:
    print("nobody there")
falls = Counter(0, p, edge=Counter.FALLING)
ow.write(b"\x0f\xaa")
ow.writebit(1)
print(falls.value(0))
net = bench.Net("P4")
net.drive(0)
print(ow.reset(), ow.readbyte(), ow.readbit())
net.release()
print(ow.crc8(b"\x28\xff\x4b\x46\x7f\xff\x0c"), ow.crc8(b""), ow.crc8(bytes([2, 0x1C, 0xB8, 1, 0, 0, 0, 0xA2])))


class Devices(onewire.OneWire):  # devices that share the wire, bit by bit
    def __init__(self, roms):
        self.roms = roms

    def reset(self, required=False):
        self.alive, self.at, self.command, self.out = list(self.roms), 0, None, None
        return bool(self.roms)

    def bit_of(self, rom):
        return rom[self.at >> 3] >> (self.at & 7) & 1

    def readbit(self):
        bits = [self.bit_of(r) for r in self.alive]
        self.complement = not getattr(self, "complement", False)
        return int(all(bits)) if self.complement else int(not any(bits))

    def writebit(self, v):
        self.alive = [r for r in self.alive if self.bit_of(r) == v]
        self.at += 1

    def writebyte(self, b):
        pass

    def write(self, data):
        pass

    def readinto(self, buf):
        buf[:] = self.scratch


def rom(family, n):
    body = bytes([family, n, n * 7 & 255, 3, 0, 0, 0])
    return body + bytes([ow.crc8(body)])


roms = [rom(0x28, 5), rom(0x28, 6), rom(0x10, 200), rom(0x05, 1)]
bus = Devices(roms)
print(sorted(bytes(r)[:3] for r in bus.scan()))
ds = ds18x20.DS18X20(bus)
print(sorted(r[0] for r in ds.scan()))
ds.convert_temp()
for family, scratch in ((0x28, b"\x91\x01"), (0x28, b"\x5e\xff"), (0x10, b"\x32\x00"), (0x10, b"\xce\xff")):
    body = scratch + b"\x4b\x46\x7f\xff\x0c\x10"
    bus.scratch = body + bytes([ow.crc8(body)])
    print(ds.read_temp(rom(family, 1)))
bus.scratch = bytes([1]) * 9
try:
    ds.read_temp(roms[0])
except Exception as e:
    print(e)
