# pyb.CAN: filters in all four modes, numbers of filters, callbacks and their reasons, timeouts, errors
from pyb import CAN
import pyb

can = CAN(1, CAN.LOOPBACK)
print(can, CAN("YB"), can.state() == CAN.ERROR_ACTIVE, can.info())


def sent(ids, **kw):
    result = []
    for n in ids:
        can.send(bytes([n & 255]), n, timeout=100, **kw)
        for fifo in (0, 1):
            while can.any(fifo):
                message = can.recv(fifo)
                result.append((fifo, message[0], message[3]))
    return result


can.setfilter(0, CAN.LIST16, 1, (1, 2, 3, 4))
can.setfilter(1, CAN.MASK16, 0, (0x100, 0x700, 0x201, 0x601))
print(sent((1, 4, 5, 0x1FF, 0x200, 0x203, 0x301)))
can.setfilter(0, CAN.LIST32, 0, (7, 8))
print(sent((7, 8, 1, 0x100)))
can.clearfilter(0)
can.clearfilter(1)
print(sent((1, 7, 0x100)))
can.setfilter(2, CAN.LIST32, 1, (0x12345, 0x54321), extframe=True)
can.setfilter(3, CAN.MASK32, 0, (0x1000000, 0x1F000000), extframe=True)
print(sent((0x12345, 0x54321, 0x1ABCDEF, 0x2ABCDEF), extframe=True), sent((0x345,)))
can.setfilter(4, CAN.LIST16, 0, (9, 9, 10, 10), rtr=(True, False, True, False))
print(sent((9, 10)), sent((9, 10), rtr=True))


def callback(bus, reason):
    print("callback", bus is can, reason)


can.rxcallback(0, callback)
for i in range(4):
    can.send("abc", 9, timeout=100)
print(can.info()[5:], [can.recv(0)[4] for i in range(3)])
can.rxcallback(0, None)
can.send("", 9, timeout=100)
can.send(65, 10, timeout=100)
print(can.recv(0), can.recv(0))


def took(f):
    start = pyb.millis()
    try:
        f()
    except OSError as e:
        return e, pyb.elapsed_millis(start)


print(took(lambda: can.recv(0, timeout=30)))
can.init(CAN.NORMAL, baudrate=500_000)
print(took(lambda: can.send("x", 1, timeout=20)), can.state() == CAN.ERROR_PASSIVE, can.info()[:6])
can.init(CAN.SILENT)
print(took(lambda: can.send("x", 1, timeout=20)), can.info()[:6])
for bad in (
    lambda: CAN(3, CAN.LOOPBACK), lambda: CAN(1, 7), lambda: CAN(1, CAN.LOOPBACK, 0), lambda: CAN(1, CAN.LOOPBACK, bs1=17),
    lambda: CAN(1, CAN.LOOPBACK, baudrate=999_999), lambda: can.setfilter(14, CAN.LIST16, 0, (1, 2, 3, 4)),
    lambda: can.setfilter(0, CAN.LIST16, 0, (1, 2)), lambda: can.setfilter(0, CAN.LIST16, 2, (1, 2, 3, 4)),
    lambda: can.setfilter(0, CAN.LIST32, 0, (1, 2), rtr=(True,)), lambda: can.any(2), lambda: can.rxcallback(0, 5),
):
    try:
        print(bad())
    except ValueError as e:
        print(e)
can.deinit()
print(can, can.state() == CAN.STOPPED)
try:
    can.send("x", 1)
except OSError as e:
    print(e)
