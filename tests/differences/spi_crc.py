# Board: with crc= the checksum of each transfer follows it as one more word (48 clock edges for two bytes). Here: the argument is taken and
# nothing is added.
import bench
from pyb import SPI

spi = SPI(1, SPI.CONTROLLER, baudrate=600000, crc=0x7)
before = bench.Net("X6").edges()
spi.send(b"12")
print(bench.Net("X6").edges() - before)
