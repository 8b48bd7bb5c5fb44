# MicroPython 1.28 prints True True True: a task there has the attributes data, state and ph_key. Here it has waits_on and methods.
import asyncio


async def nothing():
    pass


task = asyncio.Task(nothing())
print(hasattr(task, "data"), hasattr(task, "state"), hasattr(task, "ph_key"))
