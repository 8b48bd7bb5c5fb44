# What asyncio takes from a board's heap: the objects of the documentation, and nothing for switching and sleeping.
import asyncio
import gc
import micropython


async def coro():
    pass


async def ticker(n):
    for _ in range(n):
        await asyncio.sleep_ms(1)


def cost(make, *args):
    gc.collect()
    before = gc.mem_alloc()
    kept = make(*args)
    print(make, gc.mem_alloc() - before)
    return kept


async def main():
    asyncio.Event(), asyncio.Lock()  # loads them
    c = coro()
    cost(asyncio.Event)
    cost(asyncio.Lock)
    cost(asyncio.Task, c)
    cost(asyncio.TaskQueue)
    tasks = [asyncio.create_task(ticker(5)) for _ in range(3)]
    micropython.heap_lock()
    for _ in range(5):
        await asyncio.sleep_ms(1)
        await asyncio.sleep(0)
    micropython.heap_unlock()
    for t in tasks:
        await t
    print("switching is free")


asyncio.run(main())
