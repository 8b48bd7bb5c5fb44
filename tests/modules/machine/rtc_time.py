# The calendar of module time is the RTC of the board; under the virtual clock it begins at a fixed date.
import time
from machine import RTC

print(time.gmtime()[:5], RTC().datetime()[:3], RTC().datetime()[4:6])
RTC().datetime((2020, 1, 2, 4, 3, 4, 5, 0))
print(time.gmtime()[:6], time.localtime()[:6], time.time())
time.sleep(10)
print(time.time(), time.time_ns() // 1000000000)
