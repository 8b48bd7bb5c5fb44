# Board: a transmitter that is switched on sends an idle frame (10 bits of rest) before the first character, so that two characters at 1200
# baud are handed over after some 16 ms. Here: the first character goes out at once, 8 ms.
import time
from machine import UART

u = UART(4, 1200)
start = time.ticks_us()
u.write(b"ab")
print(time.ticks_diff(time.ticks_us(), start) // 1000, "ms")
