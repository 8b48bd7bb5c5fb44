# An exception that nobody asked for is shown on stderr with the words of MicroPython, once, and the loop goes on.
import asyncio


class Coro:
    def send(self, value):
        raise ValueError("lost")

    throw = send

    def __repr__(self):
        return "<Coro>"


async def main():
    asyncio.create_task(Coro())
    for i in range(3):
        await asyncio.sleep(0)
    print("main goes on")


asyncio.run(main())
