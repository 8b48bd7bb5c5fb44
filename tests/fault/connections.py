# TCP on loopback, plain and through asyncio, with each allocation refused once.
import asyncio
import errno
import select
import socket


def again(f, *args):
    for _ in range(2):
        try:
            return f(*args)
        except MemoryError:
            pass
    print("refused twice")
    raise SystemExit(3)


def check(found, expected):
    if found != expected:
        print("different:", found, expected)
        raise SystemExit(3)


listener = again(socket.socket)
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
for port in range(19300, 19400):
    try:
        again(listener.bind, again(socket.getaddrinfo, "127.0.0.1", port)[0][-1])
        break
    except OSError:
        pass
listener.listen(2)
client = again(socket.socket)
client.settimeout(5)
client.connect(socket.getaddrinfo("127.0.0.1", port)[0][-1])
server, address = listener.accept()
check(again(server.send, b"one\ntwo\nthree"), 13)
check(client.readline(), b"one\n")
check(client.recv(2), b"tw")
buf = bytearray(4)
check((client.readinto(buf, 2), buf), (2, b"o\n\0\0"))
f = again(client.makefile, "rwb")
check(f.read(5), b"three")
f.write(b"back")
check(server.recv(10), b"back")
p = again(select.poll)
again(p.register, server, select.POLLIN)
check(again(p.poll, 0), [])
client.setblocking(False)
try:
    client.recv(1)
    check("got", "nothing")
except OSError as e:
    check(e.errno, errno.EAGAIN)
client.close()
check(server.read(), b"")
server.close()
listener.close()
try:
    again(socket.socket).connect(socket.getaddrinfo("127.0.0.1", port)[0][-1])
except OSError:
    pass


async def serve(reader, writer):
    writer.write(b"you said " + await reader.readline())
    await writer.drain()
    await writer.wait_closed()


async def main():
    for port in range(19400, 19500):
        try:
            server = await asyncio.start_server(serve, "127.0.0.1", port)
            break
        except OSError:
            pass
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"hello\n")
    await writer.drain()
    line = await asyncio.wait_for(reader.readline(), 0.3)
    writer.close()
    await writer.wait_closed()
    server.close()
    await server.wait_closed()
    check(line in (b"you said hello\n", b""), True)


try:
    asyncio.run(main())
except (asyncio.TimeoutError, OSError):
    pass
print("done")
