# what an interrupt handler may do: with the heap locked, everything that makes no new object works, the rest is MemoryError
import array
import micropython

numbers = array.array("i", 0 for _ in range(8))
buffer = bytearray(8)
flags = [False, False]
table = {"count": 0}


class Counter:
    def __init__(self):
        self.count = 0
        self.step_ref = self.step  # made now: with the heap locked it could not be

    def step(self, by):
        self.count += by


counter = Counter()


def allowed(i):
    global total
    total += i
    numbers[i] = total
    buffer[i] = i << 1
    flags[i & 1] = not flags[i & 1]
    table["count"] += 1
    counter.step(i)
    counter.step_ref(1)
    for k in range(3):
        total += k


def run_allowed():
    micropython.heap_lock()
    for i in range(8):
        allowed(i)
    micropython.heap_unlock()


total = 0
run_allowed()
print(total, list(numbers), list(buffer), flags, table, counter.count)


def make_list():
    [1, 2, 3]


def grow_list():
    flags.extend((1, 2, 3, 4, 5, 6, 7, 8))


def new_key():
    table["another"] = 1
    table["yet another"] = 1
    table["a third"] = 1


def make_float():
    x = 0.5
    x * 1.5


def make_bound():
    return counter.step


def make_text():
    return "a" * 40


def make_big():
    return (1 << 61) * total


def refused(f):
    micropython.heap_lock()
    try:
        f()
        problem = None
    except MemoryError as e:
        problem = e
    micropython.heap_unlock()
    print(f.__name__, type(problem).__name__)


for f in (make_list, grow_list, new_key, make_float, make_bound, make_text, make_big):
    refused(f)
print(micropython.heap_lock(), micropython.heap_lock())
print(micropython.heap_unlock(), micropython.heap_unlock())
