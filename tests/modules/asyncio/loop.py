# Loop: run_until_complete, run_forever and stop, the handler of exceptions that nobody asks for, programs that end inside a task.
import asyncio


async def say(words):
    print(words)
    await asyncio.sleep(0)
    print(words, "again")
    return words


async def fail(n):
    raise ValueError(n)


async def stop_soon(loop):
    loop.create_task(say("before stop"))
    await asyncio.sleep(0)
    loop.stop()
    print("stopping")
    await asyncio.sleep(0)
    print("not stopped")


def handler(loop, context):
    print("handler", repr(context["exception"]), sorted(context)[-1], loop is asyncio.get_event_loop())


async def quiet():
    loop = asyncio.get_event_loop()
    print(loop.get_exception_handler())
    loop.set_exception_handler(handler)
    print(loop.get_exception_handler() is handler)
    loop.create_task(fail(1))
    asked = loop.create_task(fail(2))
    await asyncio.sleep(0)
    try:
        await asked
    except ValueError as e:
        print("asked", e)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    loop.call_exception_handler({"message": "by hand", "exception": KeyError(3), "future": None})


async def leave():
    raise SystemExit(4)


loop = asyncio.get_event_loop()
print(loop.run_until_complete(say("one")))
loop.create_task(stop_soon(loop))
loop.run_forever()
print("stopped")
loop.stop()
loop.close()
loop = asyncio.new_event_loop()
loop.run_until_complete(quiet())
try:
    asyncio.run(leave())
except SystemExit as e:
    print("SystemExit", e.args)
try:
    asyncio.current_task()
except RuntimeError as e:
    print("RuntimeError:", e)
print(asyncio.Loop is loop)
