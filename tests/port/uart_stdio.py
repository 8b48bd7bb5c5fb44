# --uart 0=stdio: standard input comes in at the speed of the line, what the UART sends goes to standard output
from machine import UART
import time

u = UART(0, 9600, timeout=50)
while not u.any():
    time.sleep_ms(1)
print(u.readline(), u.readline(), u.read())
u.write("sent\n")
u.flush()
time.sleep_ms(2)
