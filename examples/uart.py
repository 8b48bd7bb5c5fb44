# A UART sends to itself: X1 is its transmitter, wired to X2, its receiver. In the logic view press u over X1 to read the wire.
#   micropython --panel --board=pybv11 --wire X1=X2 examples/uart.py
import time
from machine import UART

uart = UART(4, 9600)
for word in ("Hello", "from", "the wire"):
    uart.write(word)
    time.sleep_ms(30)
    print(uart.read())
