# On a board: what streams made in Python, and their calls, cost in the heap.
import gc
import io
import json


class Sink(io.IOBase):
    def write(self, data):
        return len(data)


class Plain:
    pass


def cost(f):
    f()
    before = gc.mem_alloc()
    kept = f()
    return gc.mem_alloc() - before


sink = Sink()
value = [1, 2]
print(cost(Plain), cost(Sink), cost(lambda: print("a", 1, file=sink)), cost(lambda: json.dump(value, sink)))
