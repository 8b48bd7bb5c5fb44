# memoryview(buffer, offset, size), as Pycopy has it: the window memoryview(buffer)[offset:offset + size].
import array

data = bytearray(b"abcdef")
words = array.array("H", [1, 2, 3, 4])
for buffer in (data, words, "text", memoryview(data)[1:]):
    for offset in (0, 1, 3, 6, 9):
        for size in (0, 1, 2, 9):
            window = memoryview(buffer, offset, size)
            if bytes(window) != bytes(memoryview(buffer)[offset : offset + size]):
                print("differs:", buffer, offset, size)

window = memoryview(data, 2, 3)
window[0] = 0x58
window[1:] = b"YZ"
print(data, len(window), bytes(window))
print(list(memoryview(words, 1, 2)), memoryview(words, 1, 2).itemsize)
print(list(memoryview(b"abc", 1 << 20, 1 << 20)))


class Number:
    def __int__(self):
        data.extend(b"!" * 100)  # the buffer moves while its view is made
        return 1


print(bytes(memoryview(data, Number(), 2)))

for args in ((b"a", 1), (b"a", -1, 1), (b"a", 0, -1), (b"a", "x", 1), (b"a", 0, None), (1, 0, 1), (b"a", 0, 1, 2), (b"a", 1 << 70, 1)):
    try:
        print(memoryview(*args))
    except Exception as e:
        print(args, type(e).__name__, e)
