# Starting threads: arguments of all kinds, numbers, what is refused, exceptions and exits inside, stack sizes.
import _thread
import time

done = []


def note(*args, **kwargs):
    done.append((args, sorted(kwargs.items()), _thread.get_ident()))


def wait_for(n):
    for _ in range(2000):
        if len(done) >= n:
            return
        time.sleep_ms(1)
    print("nothing happened")


numbers = []
for call in ((), (1, 2)), ((3,), {"a": 4}), ([5], {}), ((), {"b": 6, "c": 7}):
    numbers.append(_thread.start_new_thread(note, *(call if len(call) > 1 and isinstance(call[1], dict) else call[1:])))
    wait_for(len(numbers))
for args, kwargs, number in done:
    print(args, kwargs, number in numbers)
print(len(set(numbers)), _thread.get_ident() in numbers)
for wrong in ((note, 5), (note, "text"), (note, (), 5), (note,), (note, (), {}, 1)):
    try:
        _thread.start_new_thread(*wrong)
    except TypeError as e:
        print("TypeError:", e)


def leave():
    try:
        _thread.exit()
    finally:
        done.append("left")


_thread.start_new_thread(chr, (-1,))  # no frame of Python: the traceback is empty
time.sleep_ms(20)
before = len(done)
_thread.start_new_thread(leave, ())
wait_for(before + 1)
time.sleep_ms(5)
try:
    _thread.exit()
except SystemExit as e:
    print("SystemExit", e.args)
print(_thread.stack_size(), _thread.stack_size(1 << 20), _thread.stack_size(), _thread.stack_size())
_thread.stack_size(1)


def deep(n):
    return deep(n + 1) if n >= 0 else n


def recurse():
    try:
        deep(0)
    except RuntimeError as e:
        done.append(str(e))


_thread.start_new_thread(recurse, ())
n = len(done)
wait_for(n + 1)
print(done[-1])
