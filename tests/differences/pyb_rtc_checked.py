# Board: any numbers go into the calendar's registers, and it counts on from there. Here: ValueError.
import pyb

try:
    pyb.RTC().datetime((2024, 13, 40, 1, 25, 61, 61, 0))
except ValueError as e:
    print(repr(e))
