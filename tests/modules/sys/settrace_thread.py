# sys.settrace belongs to the thread that calls it
import _thread
import sys
import time

lines = {}


def trace(frame, event, arg):
    name = frame.f_code.co_name
    lines[name] = lines.get(name, 0) + 1
    return trace


def quiet():
    global done
    for i in range(300):
        worker_a()
    done += 1


def traced():
    global done
    sys.settrace(trace)
    for i in range(300):
        worker_b()
    sys.settrace(None)
    done += 1


def worker_a():
    return 1


def worker_b():
    x = 1
    return x


done = 0
_thread.start_new_thread(quiet, ())
_thread.start_new_thread(traced, ())
sys.settrace(trace)
_thread.start_new_thread(quiet, ())
while done < 3:
    time.sleep(0.001)
sys.settrace(None)
print(sorted(lines.items()))
