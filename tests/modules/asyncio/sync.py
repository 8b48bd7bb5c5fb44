# Event and Lock: who waits, who goes first, what is free; a lock that reaches a cancelled task goes on to the next.
import asyncio


async def wait(event, name):
    print(name, "waits")
    print(name, await event.wait())


async def use(lock, name, turns):
    async with lock:
        print(name, "has the lock")
        for _ in range(turns):
            await asyncio.sleep(0)
    print(name, "gave it back")


async def main():
    event = asyncio.Event()
    print(event.is_set())
    tasks = [asyncio.create_task(wait(event, n)) for n in "abc"]
    await asyncio.sleep(0)
    event.set()
    event.set()
    print(event.is_set())
    for t in tasks:
        await t
    event.clear()
    print(event.is_set())
    event.set()
    await wait(event, "d")
    lock = asyncio.Lock()
    print(lock.locked(), await lock.acquire(), lock.locked())
    lock.release()
    print(lock.locked())
    try:
        lock.release()
    except RuntimeError:
        print("RuntimeError")
    tasks = [asyncio.create_task(use(lock, i, 2)) for i in range(4)]
    await asyncio.sleep(0)
    tasks[1].cancel()
    await tasks[0]
    tasks[2].cancel()  # it may have been given the lock
    await tasks[3]
    print([t.done() for t in tasks], lock.locked())


asyncio.run(main())
