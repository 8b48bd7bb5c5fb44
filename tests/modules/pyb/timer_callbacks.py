# Callbacks of pyb.Timer: at exact times, with the timer as argument, hard and soft, several timers, lost ticks; switched off from inside.
import bench
import micropython
import pyb
from pyb import Timer

times = []
log = bytearray(200)
n = 0


def tick(t):
    global n
    log[n] = bench.now_us() // 1000 % 256
    n += 1


start = bench.now_us() // 1000
t = Timer(4, freq=100, callback=tick)
pyb.delay(55)
print(n, [log[i] - start for i in range(n)])

# another function takes its place; None switches it off
seen = []
append = seen.append
t.callback(lambda t: None)
pyb.delay(20)
print(n)
t.callback(None)
t.callback(tick)
pyb.delay(10)
print(n)
t.callback(None)


def once(t):
    global n
    n = 0
    t.deinit()


Timer(7, freq=1000, callback=once)
pyb.delay(5)
print(n, Timer(7))


# soft: may allocate; the argument is the timer itself
def soft(timer):
    seen.append(timer is t)


t.init(freq=500, callback=soft, hard=False)
pyb.delay(5)
print(seen)


# hard: must not
def grow(timer):
    seen.append(1)
    seen.append(2)
    seen.append(3)
    seen.append(4)


micropython.alloc_emergency_exception_buf(100)
t.init(freq=500, callback=grow)
pyb.delay(20)
print(seen)

# ticks that come while interrupts are off are one
n = 0
t.init(freq=1000, callback=tick)
state = pyb.disable_irq()
pyb.udelay(5500)
print(n)
pyb.enable_irq(state)
print(n)
pyb.delay(3)
print(n)
t.deinit()
