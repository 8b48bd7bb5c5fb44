# machine.Timer: periodic and one-shot, freq, period, tick_hz, hard and soft, life without a name, exceptions, lost ticks.
import gc
import time
from machine import Timer

log = []
t = Timer(-1)
t.init(period=10, callback=lambda t: log.append(time.ticks_ms()))
start = time.ticks_ms()
time.sleep_ms(45)
print([time.ticks_diff(x, start) for x in log])
print(t)
t.deinit()
t.deinit()
time.sleep_ms(30)
print(len(log))

for kw in ({"freq": 100}, {"freq": 62.5}, {"period": 20}, {"period": 5000, "tick_hz": 1000000}, {"freq": 250, "period": 9}):
    count = [0]

    def tick(t):
        count[0] += 1

    t.init(callback=tick, **kw)
    time.sleep_ms(101)
    t.deinit()
    print(kw, count)


def once(t):
    log.append(t)


log.clear()
t.init(mode=Timer.ONE_SHOT, period=5, callback=once)
time.sleep_ms(20)
print(log == [t], t)


# a timer goes on when its name has gone, and when a collection has come
def unnamed(n):
    def ring(t):
        n[0] += 1
        if n[0] == 3:
            t.deinit()

    Timer(period=10, callback=ring)


n = [0]
unnamed(n)
gc.collect()
time.sleep_ms(60)
print(n)

# hard: the heap is locked; two timers, each its own
buf = bytearray(2)


def hard(t):
    buf[0] += 1
    try:
        bytearray(10)
    except MemoryError:
        buf[1] += 1


a = Timer(-1, period=10, callback=hard, hard=True)
b = Timer(-1, period=20, callback=hard, hard=False)
print(a == b)
time.sleep_ms(41)
a.deinit(), b.deinit()
print(buf)


def fails(t):
    raise ValueError("in the handler")


t.init(period=5, callback=fails, hard=True)
time.sleep_ms(20)
print("the timer is off")
t.init(period=15, mode=Timer.ONE_SHOT)
time.sleep_ms(20)
for kw in ({}, {"period": -5}, {"freq": 0}, {"freq": -2}, {"period": 1, "mode": 7}, {"period": 1, "callback": 3}, {"period": 1, "tick_hz": 0}):
    try:
        t.init(**kw)
        print("no error", kw)
    except ValueError as e:
        print(e)
for number in (-2, 4):
    try:
        Timer(number)
    except ValueError as e:
        print(e)
print(Timer(0) is Timer(0), Timer(1) is Timer(2))
