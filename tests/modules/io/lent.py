# What a stream made in Python is lent costs no heap; a program that keeps it holds nothing that is gone.
import gc
import io
import micropython

kept = []


class Keeper(io.IOBase):
    def write(self, data):
        kept.append(data)
        return len(data)

    def readinto(self, data):
        kept.append(data)
        data[:2] = b"ab"
        return 2


class Viewer(io.IOBase):
    def write(self, data):
        kept.append(memoryview(data))
        kept.append(memoryview(data)[1:])
        return len(data)

    def readinto(self, data):
        view = memoryview(data)
        kept.append(view)
        view[0] = 0x76
        return 1


class Quiet(io.IOBase):
    def write(self, data):
        return len(data)

    def readinto(self, data):
        data[0] = 0x2A
        return 1


quiet = Quiet()
buffered = io.BufferedWriter(quiet, 4)
data = bytearray(3)


def lines():
    print("some text", 12, file=quiet)
    buffered.write(b"longer than four")


lines()
micropython.heap_lock()
lines()
micropython.heap_unlock()
print("under the lock")

keeper = Keeper()
print("first", file=keeper)
buffered = io.BufferedWriter(keeper, 4)
buffered.write(b"123456789")
print(kept)
for b in kept:
    b.append(7)
    b.extend(b"xyz")
gc.collect()
trash = [bytearray(50) for i in range(20)]
print(kept[0], all(b is kept[0] for b in kept))
del kept[:]

buffered = io.BufferedWriter(Viewer(), 8)
buffered.write(b"01234567")
buffered.write(b"abcdefgh")
gc.collect()
trash = [bytearray(b"!" * 50) for i in range(20)]
print([bytes(v) for v in kept])
del kept[:]


class Deep(io.IOBase):  # calls itself, changes what it was lent, ends with an exception
    def write(self, data):
        n = len(data)
        if n > 1:
            print(data[1:].decode(), end="", file=self)
        if n == 2:
            data.extend(b"more" * 100)
        if n == 3:
            raise KeyError(data[0])
        return n


try:
    print("abcdef", end="", file=Deep())
except KeyError as e:
    print(repr(e))
print("ab", end="", file=Deep())
print("done")
