# sleep and sleep_ms: floats and integers, times that have passed, too long ones, made before they are awaited, cancelled, misused.
import asyncio
import time


async def main():
    start = time.ticks_ms()
    await asyncio.sleep(0.01)
    await asyncio.sleep_ms(10)
    print(20 <= time.ticks_diff(time.ticks_ms(), start) < 2000)
    for passed in (0, -5, -0.5):
        await asyncio.sleep(passed)
    await asyncio.sleep_ms(-100)
    first = asyncio.sleep_ms(1)
    second = asyncio.sleep_ms(2)
    print(first is second)
    await first
    await second
    await first  # over: at once
    for long in (1 << 61, 1 << 80, -(1 << 80)):
        try:
            await asyncio.sleep_ms(long)
        except OverflowError as e:
            print("OverflowError:", e)
    for wrong in ("1", None):
        try:
            asyncio.sleep_ms(wrong)
        except TypeError:
            print("TypeError")


asyncio.run(main())
try:
    for _ in asyncio.sleep_ms(1):
        pass
except RuntimeError as e:
    print("RuntimeError:", e)
