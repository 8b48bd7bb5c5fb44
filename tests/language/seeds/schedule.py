# micropython.schedule: the function runs soon, with the heap unlocked, once for each time it was put in the queue
import micropython

seen = []


class Sensor:
    def __init__(self):
        self.value = 0.5
        self.work_ref = self.work

    def work(self, by):
        self.value *= 1 + by
        seen.append((by, self.value))

    def interrupt(self, _):
        micropython.schedule(self.work_ref, 1)


def settle():
    for _ in range(200):
        pass


sensor = Sensor()
micropython.heap_lock()
sensor.interrupt(None)
micropython.heap_unlock()
settle()
print(seen)

# one that schedules itself runs again, but not at once
rounds = []


def again(n):
    rounds.append(n)
    if n:
        micropython.schedule(again, n - 1)


micropython.schedule(again, 3)
settle()
print(rounds)

# the queue is not endless
filled = 0


def fill(_):
    global filled
    try:
        while True:
            micropython.schedule(len, "")
            filled += 1
    except RuntimeError as e:
        print("RuntimeError:", e)


micropython.schedule(fill, 0)
settle()
print(filled > 0)
