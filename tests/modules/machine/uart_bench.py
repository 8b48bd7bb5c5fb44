# Bytes that the desk sends to a UART: module bench, by name and number, before and after the UART is switched on
from machine import UART
import bench
import time

bench.uart("XA", b"early ")
u = UART(4, 9600, timeout=20)
bench.uart("4", b"and late")
print(u.read(), u.read())
u.irq(lambda unit: print("idle", unit.read()), UART.IRQ_RXIDLE)
bench.uart("XA", "line\n")
start = time.ticks_us()
time.sleep_ms(20)
try:
    bench.uart("5", b"x")
except ValueError as e:
    print(e)
