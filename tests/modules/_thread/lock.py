# Locks: taken once, with and without waiting, for a time, given back by another thread, waited for in turn, as context managers.
import _thread
import time

lock = _thread.allocate_lock()
print(type(lock) is _thread.LockType, lock.locked())
print(lock.acquire(), lock.locked(), lock.acquire(0), lock.acquire(False), lock.acquire(True, 0.01))
start = time.ticks_ms()
print(lock.acquire(1, 0.05), 45 <= time.ticks_diff(time.ticks_ms(), start) < 3000)
lock.release()
try:
    lock.release()
except RuntimeError as e:
    print("RuntimeError", e.args)
with lock as l:
    print(l is lock, lock.locked())
try:
    with lock:
        raise ValueError
except ValueError:
    print(lock.locked())

log = []
finished = _thread.allocate_lock()


def worker(i):
    with lock:
        log.append(i)
        if len(log) == 4:
            finished.release()


finished.acquire()
lock.acquire()
for i in range(4):
    _thread.start_new_thread(worker, (i,))
    time.sleep_ms(10)
print(log)
lock.release()
finished.acquire()
print(sorted(log))  # on a busy computer a thread may come later to the lock


def give_back():
    time.sleep_ms(10)
    finished.release()


_thread.start_new_thread(give_back, ())
print(finished.acquire(True, 5), finished.locked())
for wrong in (lambda: lock.acquire("x", "y"), lambda: _thread.LockType(), lambda: _thread.LockType.release(3)):
    try:
        wrong()
    except TypeError:
        print("TypeError")
