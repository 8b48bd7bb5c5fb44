# machine.RTC: date and time, alarms, memory.
import time
from machine import RTC

rtc = RTC()
rtc.datetime((2024, 2, 28, 0, 23, 59, 58, 0))
print(rtc.datetime(), rtc is RTC(), rtc.now())
time.sleep(2.5)
print(rtc.datetime(), rtc.now())
rtc.init((2026, 12, 31, 1, 2, 3, 0, None))
print(rtc.now()[:6])
seen = []
irq = rtc.irq(trigger=RTC.ALARM0, handler=lambda r: seen.append((r is rtc, rtc.now()[5:7])))
rtc.alarm(0, 1500)
print(rtc.alarm_left(), rtc.alarm_left(0))
time.sleep(1)
print(rtc.alarm_left(), seen)
time.sleep(1)
print(rtc.alarm_left(), seen, irq.flags() == RTC.ALARM0)
rtc.alarm(time=100, repeat=True)
time.sleep_ms(350)
print(len(seen))
rtc.alarm_cancel()
time.sleep_ms(300)
print(len(seen))
rtc.alarm(0, (2026, 12, 31, 1, 2, 10, 0, None))
print(rtc.alarm_left() // 1000)
rtc.cancel(0)
print(rtc.memory())
rtc.memory(b"kept")
print(rtc.memory())
rtc.deinit()
print(rtc.now()[:6])


def fails(f, *args, **kw):
    try:
        print(f(*args, **kw))
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)


fails(RTC, 1)
fails(rtc.datetime, (2024, 1, 1))
fails(rtc.datetime, (2024, 13, 1, 0, 0, 0, 0, 0))
fails(rtc.datetime, (1999, 1, 1, 0, 0, 0, 0, 0))
fails(rtc.alarm, 1, 100)
fails(rtc.alarm, 0, -100)
fails(rtc.irq, trigger=5)
fails(rtc.memory, bytes(3000))
