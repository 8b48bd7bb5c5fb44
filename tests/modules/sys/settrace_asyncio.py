# sys.settrace: tasks of asyncio are traced from each step to the next
import asyncio
import sys

events = []


def trace(frame, event, arg):
    if frame.f_code.co_filename == __file__:
        events.append("%s %s+%d" % (event, frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno))
        return trace


async def step(name):
    await asyncio.sleep_ms(0)
    return name


async def main():
    await asyncio.gather(step("a"), step("b"))


sys.settrace(trace)
asyncio.run(main())
sys.settrace(None)
for event in events:
    print(event)
