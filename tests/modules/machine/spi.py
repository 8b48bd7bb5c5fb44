# machine.SPI and SoftSPI, looped back with a wire: all methods and modes, exact times, edges on the clock, errors
from machine import SPI, SoftSPI, Pin
import time
import bench

spi = SPI(1, baudrate=1000000)
print(spi, SPI("X"), SPI("Y", 400000, polarity=1, phase=1))
buf = bytearray(4)
for polarity in (0, 1):
    for phase in (0, 1):
        spi.init(500000, polarity=polarity, phase=phase)
        sck = bench.Net("X6")
        rest, edges = sck.level(), sck.edges()
        print(rest == polarity, spi.write_readinto(b"\x01\x80Ux", buf), buf, sck.edges() - edges, sck.level() == polarity)
print(spi.read(3, 0x5A), spi.readinto(buf, 0xA5), buf, spi.write(b"abc"), spi.read(2))
spi.init(500000, polarity=0, phase=0, firstbit=SPI.LSB)
print(spi.read(2, 0x31))
spi.init(500000, bits=16, firstbit=SPI.MSB)
print(spi, spi.write_readinto(b"\x34\x12\x78\x56", buf), buf)
spi.init(bits=8)


def took(f):
    start = time.ticks_us()
    f()
    return time.ticks_diff(time.ticks_us(), start)


for baudrate in (100000, 328125, 1000000, 21000000, 42000000):
    spi.init(baudrate)
    real = int(str(spi).split("baudrate=")[1].split(",")[0])
    print(baudrate, real, abs(took(lambda: spi.write(bytes(1000))) - 8000 * 1000000 // real) < 20)

# nothing on MISO of the other unit: the pin's resistor decides; a level from outside is read
other = SPI(2, polarity=1)
print(other.read(2))
Pin("Y1", Pin.OUT, value=0)
bench.wire("Y1", "Y7")
print(other.read(2))
Pin("Y1").on()
print(other.read(2))

soft = SoftSPI(baudrate=100000, sck="Y2", mosi="Y3", miso="Y4")
print(soft)
print(soft.write_readinto(b"soft", buf), buf, took(lambda: soft.write(b"1234567890")) // 10, Pin("Y2").value())
soft.init(baudrate=200000, polarity=1, firstbit=SoftSPI.LSB)
print(soft, soft.read(2, 0x33), Pin("Y2").value())
soft.deinit()
for f in (
    lambda: soft.read(1),
    lambda: spi.write_readinto(b"12", buf),
    lambda: SPI(3),
    lambda: SPI("Z"),
    lambda: SPI(1, 0),
    lambda: SPI(1, bits=9),
    lambda: SPI(1, firstbit=3),
    lambda: SPI(1, sck="X1"),
    lambda: SoftSPI(sck="X1"),
    lambda: spi.read(-1),
):
    try:
        print(f())
    except (ValueError, OSError, MemoryError) as e:
        print(repr(e))
spi.deinit()
print(spi)
