# asyncio: servers, streams and locks in `async with`; the names of Pycopy (awrite, awritestr, aclose); wait_for_ms.
import asyncio


async def serve(reader, writer):
    async with reader:
        line = await reader.readline()
        await writer.awrite(b"<" + line + b">")
        await writer.awritestr("text")
        await writer.awrite(b"..three..", 2, 5)
        await writer.aclose()


async def nap(seconds):
    await asyncio.sleep(seconds)
    return "rested"


async def main():
    for port in range(22000, 22500):
        try:
            server = await asyncio.start_server(serve, "127.0.0.1", port, backlog=2)
            break
        except OSError:
            pass
    async with server as same:
        print(same is server, isinstance(server, asyncio.Server))
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        async with writer:
            writer.write(b"line\n")
            await writer.drain()
            print(await reader.read(-1))
            print(await reader.read(), await reader.readline())
    # outside the server is closed: nobody listens
    await server.wait_closed()
    try:
        await asyncio.open_connection("127.0.0.1", port)
        print("somebody listens")
    except OSError:
        print("closed")

    lock = asyncio.Lock()
    try:
        async with lock as got:
            print(got, lock.locked())
            raise KeyError("inside")
    except KeyError as e:
        print(repr(e), lock.locked())

    print(await asyncio.wait_for_ms(nap(0.001), 1000))
    try:
        await asyncio.wait_for_ms(nap(10), 5)
    except asyncio.TimeoutError as e:
        print(type(e).__name__)

    loop = asyncio.get_event_loop()
    print(loop.get_exception_handler(), callable(loop.default_exception_handler))
    loop.set_exception_handler(lambda loop, context: print(sorted(context), context["message"], repr(context["exception"])))
    loop.call_exception_handler({"message": "told", "exception": ValueError(1), "future": None})
    loop.set_exception_handler(None)
    print(loop.get_exception_handler())


asyncio.run(main())
