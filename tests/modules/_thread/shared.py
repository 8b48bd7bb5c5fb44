# What threads do together: a counter under a lock, a generator that runs in one of them, a busy thread that lets others run, a heap
# that one of them has locked.
import _thread
import micropython
import time

lock = _thread.allocate_lock()
count = 0
running = 4


def add():
    global count, running
    for _ in range(500):
        with lock:
            n = count
            if n % 100 == 0:
                time.sleep_ms(0)
            count = n + 1
    with lock:
        running -= 1


for _ in range(running):
    _thread.start_new_thread(add, ())
while running:
    time.sleep_ms(1)
print(count)


def steps():
    while True:
        time.sleep_ms(30)
        yield 1


shared = steps()
results = []


def take():
    try:
        results.append(next(shared))
    except ValueError as e:
        results.append(str(e))


for _ in range(2):
    _thread.start_new_thread(take, ())
while len(results) < 2:
    time.sleep_ms(1)
print(sorted(results, key=str))

stop = False


def spin():
    while not stop:
        pass
    results.append("stopped")


_thread.start_new_thread(spin, ())
start = time.ticks_ms()
time.sleep_ms(50)
stop = True
while len(results) < 3:
    time.sleep_ms(1)
print(results[-1], time.ticks_diff(time.ticks_ms(), start) < 3000)


def allocate():
    results.append([1, 2, 3] * 3)


begin = len(results)
_thread.start_new_thread(allocate, ())
micropython.heap_lock()
while len(results) == begin:
    time.sleep_ms(1)
try:
    results.append([1] * 100)
except MemoryError:
    print("MemoryError here only")
micropython.heap_unlock()
print(results[-1])
