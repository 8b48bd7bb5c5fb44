# Streams over something that is no socket: standard input, and an object of Python that is ready now and then; write without a wait.
import asyncio
import io
import sys


class Slow(io.IOBase):
    def __init__(self):
        self.asked = 0
        self.taken = b""

    def ioctl(self, request, argument):
        if request != 3:
            return -1
        self.asked += 1
        return argument & 5 if self.asked % 3 == 0 else 0

    def close(self):
        print("closed")

    def read(self, n):
        return b"data"[:n] if self.asked < 10 else b""

    def write(self, data):
        if self.asked % 2:
            return None
        self.taken += bytes(data[:3])
        return min(3, len(data))


async def main():
    reader = asyncio.StreamReader(sys.stdin.buffer)
    print(await reader.readline())
    print(await reader.read(3), await reader.read())
    slow = Slow()
    stream = asyncio.StreamWriter(slow, {})
    stream.write(b"some")
    print(slow.taken)
    stream.write(b" words")
    await stream.drain()
    print(slow.taken)
    await stream.awrite(b"0123456789", 2, 4)
    print(slow.taken)
    slow.asked = 0
    print(await stream.read(2), await stream.readexactly(6))
    print(await stream.read())
    await stream.aclose()


asyncio.run(main())
