# machine.WDT: fed, the program goes on; not fed, the board is reset, which ends a script.
import time
from machine import WDT

for wrong in ({"id": 1}, {"timeout": 0}, {"timeout": 99999}):
    try:
        WDT(**wrong)
    except ValueError as e:
        print(e)
w = WDT(timeout=100)
for i in range(5):
    time.sleep_ms(80)
    w.feed()
print("fed")
time.sleep_ms(99)
print("nearly")
time.sleep_ms(20)
print("not reached")
