# A tour: the language on one page, and what it costs in memory.
import gc
import micropython


class Sensor:
    """Classes, properties, generators: as in Python."""

    def __init__(self, name, unit="°C"):
        self.name = name
        self.unit = unit
        self._values = []

    @property
    def mean(self):
        return sum(self._values) / len(self._values)

    def feed(self, source):
        for value in source:
            self._values.append(value)
            yield f"{self.name}: {value:6.2f} {self.unit}"


def waves(n):
    return (20 + 5 * (-1) ** i / (i + 1) for i in range(n))


print("Hello from MicroPython", ".".join(str(v) for v in (1, 28)))
sensor = Sensor("roof")
for line in sensor.feed(waves(4)):
    print(line)
print("mean", round(sensor.mean, 3))

first, *rest = sorted({"tin": 50, "iron": 26, "gold": 79}.items(), key=lambda item: item[1])
print(first, rest)
print(2**100, hex(255), "{:>8}|{:<8}|{:^8}".format("right", "left", "mid"))

try:
    {}["nothing"]
except KeyError as e:
    print("caught", repr(e))

# The heap is laid out as on a board: every block of it can be seen.
# h heads and = tails of runs; letters name what a run holds: L list, D dict, F float, B code, S text, A bytearray, . is free
gc.collect()
before = gc.mem_free()
numbers = list(range(100))
print("a list of 100 numbers takes", before - gc.mem_free(), "bytes")
micropython.mem_info(1)
