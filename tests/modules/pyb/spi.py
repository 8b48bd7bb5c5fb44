# pyb.SPI: controller and peripheral in one program (the controller is clocked by a timer's callback), widths, errors
from pyb import SPI, Timer
import micropython

a = SPI(1, SPI.CONTROLLER, baudrate=600000, polarity=1, phase=0, crc=0x7)
b = SPI("Y", SPI.PERIPHERAL, polarity=1, phase=0)
print(a, b, SPI(1))
out, got = bytearray(b"hello"), bytearray(5)


def clock(timer):
    timer.deinit()
    a.send_recv(out, got)


def soon(f):
    Timer(4, freq=100, callback=f)


soon(clock)
print(b.recv(5), got)
soon(clock)
print(b.send_recv(b"world"), got)
soon(clock)
print(b.send(b"12345"), got)
a.send(b"x")
print(b.recv(1), "the last word that came while nobody waited")
try:
    b.recv(1, timeout=20)
except OSError as e:
    print(e)
a.init(SPI.CONTROLLER, prescaler=8, bits=16, firstbit=SPI.LSB)
print(a, a.send_recv(b"\x01\x80"), a.recv(4), a.send(7))
buf = bytearray(b"same")
a.init(SPI.CONTROLLER)
print(a.send_recv(buf, buf) is buf, buf)
for bad in (lambda: SPI(3), lambda: SPI(1, 5), lambda: SPI(1, SPI.CONTROLLER, bits=7), lambda: a.send_recv(b"12", bytearray(3))):
    try:
        print(bad())
    except ValueError as e:
        print(e)
a.deinit()
try:
    a.send(1)
except OSError as e:
    print(e)
print(a, SPI.MASTER == SPI.CONTROLLER, SPI.SLAVE == SPI.PERIPHERAL)
