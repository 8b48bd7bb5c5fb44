# --uart 0=stdio: standard input comes in at the speed of the line, what the UART sends goes to standard output
from machine import UART
import time

u = UART(0, 9600, timeout=50)
time.sleep_ms(5)
print("in 5 ms at most 5 characters:", 1 < u.any() <= 5)
print(u.readline(), u.readline(), u.read())
u.write("sent\n")
u.flush()
time.sleep_ms(2)
