# gather(): results in order, nothing, tasks and coroutines mixed, exceptions raised or returned, cancelled from outside.
import asyncio


async def work(turns, result):
    for _ in range(turns):
        await asyncio.sleep(0)
    if isinstance(result, Exception):
        raise result
    print("done", result)
    return result


async def collect(*tasks, **how):
    try:
        return await asyncio.gather(*tasks, **how)
    except ValueError as e:
        return "raised %s" % e
    except asyncio.CancelledError:
        return "cancelled"


async def main():
    print(await asyncio.gather(work(3, "a"), work(1, "b"), work(2, "c")))
    print(await asyncio.gather())
    ended = asyncio.create_task(work(0, "ended"))
    await ended
    print(await asyncio.gather(ended, work(1, "new")))
    print(await collect(work(1, ValueError("x")), work(0, "y"), return_exceptions=False))
    both = await asyncio.gather(work(1, ValueError("x")), work(2, "y"), return_exceptions=True)
    print(type(both[0]), both[0].args, both[1])
    long = asyncio.create_task(work(4, "long"))
    print(await collect(long, work(1, ValueError("early"))), long.done())
    print(await long)
    tasks = [asyncio.create_task(work(50, i)) for i in range(2)]
    group = asyncio.create_task(collect(*tasks))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    group.cancel()
    print(await group)
    await asyncio.sleep(0)
    print([t.done() for t in tasks])
    print(await collect(*[asyncio.create_task(work(1, ValueError(i))) for i in range(3)]))


asyncio.run(main())
