# machine.UART of a generic board: all interrupt causes, inverted lines, chosen pins, flow control by RTS and CTS, bit-banged senders
from machine import UART, Pin
import time

u = UART(0, 115200)
print(u)
names = {UART.IRQ_RX: "rx", UART.IRQ_RXIDLE: "rxidle", UART.IRQ_TXIDLE: "txidle", UART.IRQ_BREAK: "break"}


def show(uart):
    print(names[uart.irq().flags()], uart.read())


u.irq(show, UART.IRQ_TXIDLE | UART.IRQ_RXIDLE | UART.IRQ_BREAK)
u.write("hello")
time.sleep_ms(2)
u.sendbreak()
time.sleep_ms(2)
u.deinit()

# two units, wired across
a = UART(0, 9600, tx=2, rx=3, cts=6, flow=UART.CTS, txbuf=100, timeout=20)
b = UART(1, 9600, tx=4, rx=5, rts=7, flow=UART.RTS, rxbuf=4, timeout=100)
print(a)
print(b)
print(a.write("0123456789"), a.txdone())
time.sleep_ms(50)
print("stopped by RTS:", b.any(), a.txdone(), Pin(7).value())
print(b.read(10), Pin(7).value(), a.txdone())
b.write("back")
print(a.read(), a.read())

# a line that rests low
a.init(9600, tx=2, rx=3, invert=UART.INV_TX)
b.init(9600, tx=4, rx=5, invert=UART.INV_RX, timeout=20)
print(Pin(2).value())
a.write("upside down")
print(b.read())
a.deinit()
b.init(9600, tx=4, rx=5, timeout=20)

# a sender made of a pin, 9600 baud: start bit, 8 bits from the lowest, stop bit
tx = Pin(2, Pin.OUT, value=1)


def send(byte, stop=1):
    levels = [0] + [byte >> i & 1 for i in range(8)] + [stop, 1]
    at = time.ticks_us() + 200
    for level in levels:
        time.sleep_us(time.ticks_diff(at, time.ticks_us()))
        tx(level)
        at += 104
    time.sleep_us(104)


for c in b"pin":
    send(c)
send(0x21, 0)
print(b.read())
