# ThreadSafeFlag: set before and while a task waits, from a scheduled function and from a thread; one task only; cleared by waiting.
import asyncio
import micropython
import time
import _thread


async def wait(flag, name):
    await flag.wait()
    print(name, "goes on")


async def main():
    flag = asyncio.ThreadSafeFlag()
    flag.set()
    await wait(flag, "set before")
    task = asyncio.create_task(wait(flag, "set by the loop"))
    await asyncio.sleep(0)
    flag.set()
    await task
    task = asyncio.create_task(wait(flag, "set by schedule"))
    await asyncio.sleep(0)
    micropython.schedule(lambda f: f.set(), flag)
    await task

    def later():
        time.sleep_ms(20)
        flag.set()

    _thread.start_new_thread(later, ())
    await wait(flag, "set by a thread")
    flag.set()
    flag.clear()
    try:
        await asyncio.wait_for(flag.wait(), 0.01)
    except asyncio.TimeoutError:
        print("cleared")
    task = asyncio.create_task(wait(flag, "the first"))
    await asyncio.sleep(0)
    try:
        await flag.wait()
    except RuntimeError as e:
        print("RuntimeError:", e)
    flag.set()
    await task


asyncio.run(main())
