# Under a virtual clock a sleep lets the other core work: each wakes when its own time has come.
import _thread
import time

log = []
start = time.ticks_us()


def note(who):
    log.append((who, time.ticks_diff(time.ticks_us(), start) // 500 / 2))


def other():
    for _ in range(4):
        note("other")
        time.sleep_ms(3)


_thread.start_new_thread(other, ())
for _ in range(3):
    note("first")
    time.sleep_ms(5)
print([t for who, t in log if who == "first"])
print([t for who, t in log if who == "other"])


def works():
    for _ in range(20000):
        pass
    note("worked")


log.clear()
_thread.start_new_thread(works, ())
time.sleep_ms(100)
print(len(log), 99 < time.ticks_diff(time.ticks_us(), start) / 1000 - 15 < 102)
