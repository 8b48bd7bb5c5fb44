# The program ends when its first thread ends, whatever the others do; files are closed, functions of sys.atexit run, the status is its own.
import _thread
import sys
import time


def for_ever():
    while True:
        pass


def asleep():
    time.sleep(1000)
    print("woken")


def blocked(lock):
    lock.acquire()
    print("never")


lock = _thread.allocate_lock()
lock.acquire()
for function, args in (for_ever, ()), (asleep, ()), (blocked, (lock,)):
    _thread.start_new_thread(function, args)
time.sleep_ms(10)
sys.atexit(lambda: print("at the end"))
print("out")
sys.exit(7)
