# A TLS server of asyncio whose clients hang up at once, talk nonsense, stop in the middle or say nothing: the others are served meanwhile.
import asyncio
import socket
import sys

try:
    import ssl
except ImportError:
    print("SKIP: without mbedTLS")
    raise SystemExit

sys.path.append(sys.path[0] + "/../tls")
import certs

ended = []


async def answer(reader, writer):
    try:
        writer.write(b"you said " + await reader.readline())
        await writer.drain()
    except OSError as e:
        ended.append(e)
    writer.close()
    await writer.wait_closed()


def stranger(port, data, stays):
    s = socket.socket()
    s.connect(("127.0.0.1", port))
    if data:
        s.write(data)
    if not stays:
        s.close()
    return s


async def main():
    server_context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server_context.load_cert_chain(certs.BOARD, certs.BOARD_KEY)
    client_context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    client_context.verify_mode = ssl.CERT_REQUIRED
    client_context.load_verify_locations(cadata=certs.CA)
    for port in range(18800, 18900):
        try:
            server = await asyncio.start_server(answer, "127.0.0.1", port, ssl=server_context)
            break
        except OSError:
            pass
    # the beginning of what a client of ours says
    a, b = certs.pipe()
    client_context.wrap_socket(a, do_handshake_on_connect=False, server_hostname="board.local").write(b"x")
    hello = b.data
    staying = []
    for data in (b"", b"GET / HTTP/1.0\r\n\r\n", b"\x16\x03\x03\xff\xff", hello[:3], hello[:50], hello, hello + b"\0" * 20, b"\0" * 5000):
        for stays in (True, False):
            s = stranger(port, data, stays)
            if stays:
                staying.append(s)
            await asyncio.sleep_ms(2)
    print("hello", len(hello) > 50)
    for i in range(3):
        reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=client_context, server_hostname="board.local")
        writer.write(b"hello %d\n" % i)
        await writer.drain()
        print(await reader.readline())
        writer.close()
        await writer.wait_closed()
    for s in staying:
        s.close()
    for _ in range(500):
        if len(ended) == 16:
            break
        await asyncio.sleep_ms(10)
    print(len(ended))
    server.close()
    await server.wait_closed()


asyncio.run(main())
