# cancel(): sleeping, waiting, ready and ended tasks; a task that goes on all the same; clean-up that waits; the awaited task is meant.
import asyncio


async def worker(name, ignore=0, tidy=0):
    try:
        print(name, "begins")
        await asyncio.sleep(5)
    except asyncio.CancelledError:
        print(name, "cancelled")
        if not ignore:
            raise
    finally:
        for i in range(tidy):
            print(name, "tidies", i)
            await asyncio.sleep(0)
    return name


async def ends(task):
    try:
        return await task
    except asyncio.CancelledError:
        return "CancelledError"


async def main():
    t = asyncio.create_task(worker("early"))
    print(t.cancel(), await ends(t), t.cancel())
    t = asyncio.create_task(worker("asleep", tidy=2))
    await asyncio.sleep(0)
    print(t.cancel(), t.done())
    print(await ends(t), t.done())
    t = asyncio.create_task(worker("stubborn", ignore=1))
    await asyncio.sleep(0)
    print(t.cancel(), await ends(t))
    inner = asyncio.create_task(worker("inner"))
    outer = asyncio.create_task(ends(inner))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print(outer.cancel())
    print(await outer, inner.done())
    event = asyncio.Event()
    waiting = asyncio.create_task(event.wait())
    await asyncio.sleep(0)
    print(waiting.cancel(), await ends(waiting))
    event.set()
    print(await event.wait())
    t = asyncio.create_task(worker("twice"))
    await asyncio.sleep(0)
    print(t.cancel(), t.cancel(), await ends(t), t.cancel())


asyncio.run(main())
