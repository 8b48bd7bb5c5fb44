# Tasks run in turn, sleepers wake in the order of their times, results and exceptions reach whoever awaits.
import asyncio


async def count(name, n, pause):
    for i in range(n):
        print(name, i)
        await asyncio.sleep(pause)
    return name + "!"


async def fail(words):
    await asyncio.sleep(0)
    raise ValueError(words)


async def twice(task):
    return await task, await task


async def main():
    a = asyncio.create_task(count("a", 3, 0))
    b = asyncio.create_task(count("b", 2, 0))
    print("created", a.done(), b.done())
    print(await a, await b, a.done())
    print(await a)  # a task that has ended
    slow = [asyncio.create_task(count("slow%d" % i, 1, 0.04 - i / 100)) for i in range(3)]
    order = []

    async def note(task):
        order.append(await task)

    notes = [asyncio.create_task(note(t)) for t in slow]
    for t in notes:
        await t
    print(order)
    shared = asyncio.create_task(count("shared", 1, 0))
    pair = [asyncio.create_task(twice(shared)) for _ in range(2)]
    print(await pair[0], await pair[1])
    broken = asyncio.create_task(fail("told"))
    for _ in range(2):
        try:
            await broken
        except ValueError as e:
            print("caught", e)
    print(asyncio.current_task() is not broken, asyncio.current_task().done())
    return 99


print(asyncio.run(main()))
try:
    asyncio.run(fail("to the caller of run"))
except ValueError as e:
    print("run raises", e)
print(asyncio.run(count("again", 1, 0)))
try:
    asyncio.current_task()
except RuntimeError as e:
    print("RuntimeError")
for wrong in (1, None, count):
    try:
        asyncio.create_task(wrong)
    except (TypeError, RuntimeError) as e:
        print("no task")
