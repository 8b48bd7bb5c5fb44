# machine.UART of a pyboard, looped back with a wire: text, reads and their timeouts, buffers, interrupts, exact times
from machine import UART
import time

u = UART("XA", 9600, timeout=20)
print(u, UART(4) is u)
print(u.write(b"hello\nworld"))
print(u.readline(), u.any(), u.read(3), u.read(), u.read())
buf = bytearray(4)
u.write("123456")
print(u.readinto(buf), buf, u.readinto(buf, 1), buf, u.read(), u.readinto(buf))


def took(f):
    start = time.ticks_us()
    result = f()
    return result, time.ticks_diff(time.ticks_us(), start) // 1000


print("nothing comes:", took(u.read))
print("one character, then nothing:", took(lambda: (u.write("x"), u.read(2))))
u.init(9600, timeout=0, timeout_char=50)
print("shorter wait for the first:", took(u.read))


def send():
    u.write("a" * 24)
    before = u.txdone()
    u.flush()
    return before, u.txdone()


print("24 characters at 960 a second:", took(send))
u.read()

# overflow: 8 in the buffer, one in the data register, the rest is lost
u.init(9600, rxbuf=8)
u.write("0123456789abc")
u.flush()
print(u.any(), u.read())

# formats
for bits, parity, stop in ((8, None, 1), (8, 0, 2), (7, 1, 1), (9, None, 1)):
    u.init(115200, bits, parity, stop, timeout=5)
    u.write(b"\x55\x01\xff\x00")
    print(u, u.read(4))
for bad in ((9600, 7), (9600, 9, 0), (9600, 8, None, 3), (0,), (100,), (3, 8), (30000000,)):
    try:
        u.init(*bad)
    except ValueError as e:
        print(bad, e)
for bad in (5, 99, "XC", -1):
    try:
        UART(bad, 9600)
    except ValueError as e:
        print(e)
try:
    UART("XA", 9600, flow=UART.RTS)
except ValueError as e:
    print(e)

# interrupts
u.init(9600, timeout=20)
print([name for name in dir(UART) if name.startswith("IRQ")])


def on_rx(uart):
    print("rx", uart.irq().flags() == UART.IRQ_RX, uart.read(1))


irq = u.irq(on_rx, UART.IRQ_RX)
print(irq.trigger() == UART.IRQ_RX, irq is u.irq())
u.write("ab")
time.sleep_ms(10)
u.irq(lambda uart: print("idle", uart.irq().flags() == UART.IRQ_RXIDLE, uart.read()), UART.IRQ_RXIDLE)
u.write("message")
u.flush()
print("sent")
time.sleep_ms(10)
count = 0


def on_hard(uart):
    global count
    count += 1


u.irq(handler=on_hard, trigger=UART.IRQ_RX, hard=True)
u.write("12345")
u.flush()
print(count, u.read())
u.irq(None)
u.write("12345")
u.flush()
print(count, u.read())
try:
    u.irq(on_rx, 0x800)
except ValueError as e:
    print(e)
u.sendbreak()
time.sleep_ms(5)
print(u.read())
u.deinit()
print(u, u.any())
for f in (u.read, u.sendbreak, lambda: u.write("x")):
    try:
        f()
    except OSError as e:
        print(e)
