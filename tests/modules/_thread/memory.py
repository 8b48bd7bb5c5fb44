# Collections see what other threads hold: in their variables, on their C stacks while they sort, and before they have begun.
import _thread
import gc
import time

lock = _thread.allocate_lock()
left = 6
wrong = []


class Key:
    def __init__(self, n):
        self.n = [n]

    def __lt__(self, other):
        if self.n[0] % 16 == 0:
            time.sleep_ms(0)
        return self.n[0] < other.n[0]


def build(seed):
    global left
    for turn in range(10):
        kept = [[seed, str(seed + i) + "x", (i, i * 1.5)] for i in range(50)]
        ordered = sorted([Key((i * 7919 + seed) % 101) for i in range(40)], reverse=bool(turn & 1))
        text = "".join("%d," % (seed + i) for i in range(30))
        time.sleep_ms(0)
        if any(k != [seed, str(seed + i) + "x", (i, i * 1.5)] for i, k in enumerate(kept)):
            wrong.append("kept")
        values = [k.n[0] for k in ordered]
        if values != sorted([(i * 7919 + seed) % 101 for i in range(40)], reverse=bool(turn & 1)):
            wrong.append("ordered")
        if text != "".join([str(seed + i) + "," for i in range(30)]):
            wrong.append("text")
    with lock:
        left -= 1


for i in range(left):
    _thread.start_new_thread(build, (1000 * i,))
while left:
    gc.collect()
    time.sleep_ms(1)
print(wrong)
