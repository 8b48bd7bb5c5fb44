# pyb.RTC: date and time, sub-seconds, wake-ups with a callback, calibration, errors.
import bench
import pyb
import time

rtc = pyb.RTC()
print(rtc, pyb.RTC() is rtc, rtc.datetime()[:7])
rtc.datetime((2024, 2, 28, 3, 23, 59, 58, 0))
bench.advance_ms(1500)
print(rtc.datetime())
bench.advance_ms(600)
print(rtc.datetime()[:7])
rtc.datetime((2023, 2, 28, 2, 23, 59, 59, 0))
bench.advance_ms(1000)
print(rtc.datetime()[:7])
print(time.localtime()[:6])
rtc.datetime((2017, 8, 23, 0, 1, 12, 48, 0))  # a Wednesday: no day of the week is given
print(rtc.datetime())
rtc.datetime((2017, 8, 23, 5, 1, 12, 48, 0))  # the chip believes what it is told
print(rtc.datetime()[3])

ticks = 0


def wake(line):
    global ticks
    ticks += 1


rtc.wakeup(250, wake)
pyb.delay(1020)
print(ticks)
rtc.wakeup(2000, lambda line: print("line", line))
pyb.delay(4010)
rtc.wakeup(None)
pyb.delay(4000)
print(rtc.calibration(), rtc.calibration(512), rtc.calibration())
rtc.calibration(-511)
rtc.datetime((2020, 1, 1, 3, 0, 0, 0, 0))
bench.advance_ms(1000 * 3000)  # 487 ppm slow: 1.46 s
print(rtc.datetime()[4:7])
rtc.calibration(0)
rtc.init()
print(hex(rtc.info() & 0xFFFF0000))
for bad in (
    lambda: rtc.datetime((2020, 1, 1)),
    lambda: rtc.datetime((2020, 13, 1, 1, 0, 0, 0, 0)),
    lambda: rtc.datetime((1999, 1, 1, 1, 0, 0, 0, 0)),
    lambda: rtc.datetime(5),
    lambda: rtc.wakeup(-1),
    lambda: rtc.wakeup(1 << 29),
    lambda: rtc.wakeup(1000, 5),
    lambda: rtc.calibration(513),
):
    try:
        bad()
        print("no error")
    except (ValueError, TypeError) as e:
        print(repr(e))
