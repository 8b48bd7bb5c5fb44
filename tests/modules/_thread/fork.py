# A process that forks while threads run: the child goes on with the thread that forked, collects, and starts threads of its own.
import _thread
import gc
import sys
import time

try:
    import ffi
except ImportError:
    print("SKIP: no libffi to fork with")
    raise SystemExit

libc = ffi.open(None)
stop = False


def spin():
    while not stop:
        pass


for _ in range(3):
    _thread.start_new_thread(spin, ())
time.sleep_ms(20)
child = libc.func("i", "fork", "")()
if child == 0:
    gc.collect()
    lock = _thread.allocate_lock()
    lock.acquire()
    result = []

    def work():
        result.append("worked")
        lock.release()

    _thread.start_new_thread(work, ())
    lock.acquire()
    print("child", result)
    sys.exit(0)
libc.func("i", "waitpid", "ipi")(child, None, 0)
stop = True
print("parent")
