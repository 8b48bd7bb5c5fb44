# wait_for(): in time, too late, an exception, a task that ignores the end of its time, no limit, cancelled from outside.
import asyncio


async def work(pause, result, ignore=False):
    try:
        await asyncio.sleep(pause)
    except asyncio.CancelledError:
        print("stopped", result)
        if not ignore:
            raise
    if isinstance(result, Exception):
        raise result
    return result


async def attempt(*what):
    try:
        print("result", await asyncio.wait_for(*what))
    except asyncio.TimeoutError:
        print("TimeoutError")
    except asyncio.CancelledError:
        print("CancelledError")
    except ValueError as e:
        print("ValueError", e)


async def main():
    await attempt(work(0, 1), 1)
    await attempt(work(5, 2), 0.01)
    await attempt(work(5, 3, True), 0.01)
    await attempt(work(0, ValueError("four")), 1)
    await attempt(work(0, 5), None)
    task = asyncio.create_task(work(0, 6))
    await attempt(task, 1)
    await attempt(task, 1)
    outer = asyncio.create_task(attempt(work(5, 7), 4))
    await asyncio.sleep(0.01)
    outer.cancel()
    await outer
    other = asyncio.create_task(work(5, 8))
    waiter = asyncio.create_task(attempt(other, 4))
    await asyncio.sleep(0.01)
    other.cancel()
    await waiter


asyncio.run(main())
