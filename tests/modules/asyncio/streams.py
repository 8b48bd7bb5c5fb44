# TCP over loopback: lines, blocks, everything, what is written before drain, both ends at once, ends of streams, servers that close.
import asyncio


async def serve(reader, writer):
    print("connected", len(writer.get_extra_info("peername")) > 1)
    while True:
        line = await reader.readline()
        if line == b"big\n":
            writer.write(b"x" * 500000)
        elif line == b"bye\n" or not line:
            break
        else:
            writer.write(b"<" + line[:-1] + b">")
        await writer.drain()
    rest = await reader.read(100)
    print("server got", rest)
    writer.close()
    await writer.wait_closed()


async def open_server():
    for port in range(21000, 21500):
        try:
            return port, await asyncio.start_server(serve, "127.0.0.1", port)
        except OSError:
            pass


async def talk(port, name):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for word in "one", "two":
        writer.write((name + word + "\n").encode())
        await writer.drain()
        print(await reader.readexactly(5 + len(name)))
    return reader, writer


async def main():
    port, server = await open_server()
    try:
        await asyncio.start_server(serve, "127.0.0.1", port)
    except OSError:
        print("taken")
    reader, writer = await talk(port, "")
    writer.write(b"big\n")
    await writer.drain()
    n = 0
    while n < 500000:
        part = await reader.read(100000)
        assert part == b"x" * len(part)
        n += len(part)
    print(n)
    other = asyncio.create_task(reader.read())
    await asyncio.sleep(0)
    try:
        await reader.read(1)
    except RuntimeError as e:
        print("RuntimeError:", e)
    writer.write(b"bye\n" + b"rest")
    await writer.drain()
    print(await other)
    print(await reader.read(), await reader.read(5), await reader.readline())
    try:
        await reader.readexactly(3)
    except EOFError:
        print("EOFError")
    await writer.wait_closed()
    reader, writer = await talk(port, "a")
    buffer = bytearray(4)
    writer.write(b"bcdef\n")
    await writer.drain()
    print(await reader.readinto(buffer), buffer)
    waiting = asyncio.create_task(reader.readexactly(50))
    await asyncio.sleep(0.01)
    waiting.cancel()
    try:
        await waiting
    except asyncio.CancelledError:
        print("CancelledError")
    writer.write(b"bye\nlast")
    await writer.drain()
    print(await reader.readline())
    await writer.wait_closed()
    server.close()
    await server.wait_closed()
    try:
        await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        print("closed")
    async with await asyncio.start_server(serve, "127.0.0.1", port) as server:
        print("again")


asyncio.run(main())
