# ssl over sockets of the host: files, wrap_socket(), asyncio on both sides, blocking reads with a time-out.
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

for name, data in (("ca.pem", certs.CA), ("board.pem", certs.BOARD), ("board.key", certs.BOARD_KEY)):
    with open(name, "wb") as f:
        f.write(data)
print(ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).verify_mode == ssl.CERT_NONE, ssl.MBEDTLS_VERSION.lower().split()[0])

server_context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
server_context.load_cert_chain("board.pem", "board.key")
client_context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
client_context.verify_mode = ssl.CERT_REQUIRED
client_context.load_verify_locations(cafile="ca.pem")


async def answer(reader, writer):
    line = await reader.readline()
    writer.write(b"you said " + line)
    writer.write(b"*" * 100000)
    await writer.drain()
    writer.close()
    await writer.wait_closed()


async def ask(port, context, name):
    reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=context, server_hostname=name)
    writer.write(b"hello\n")
    await writer.drain()
    print(name, await reader.readline(), len(await reader.read(-1)))
    writer.close()
    await writer.wait_closed()


async def main():
    for port in range(18600, 18700):
        try:
            server = await asyncio.start_server(answer, "127.0.0.1", port, ssl=server_context)
            break
        except OSError:
            pass
    await asyncio.gather(*(ask(port, client_context, "board.local") for _ in range(3)))
    try:
        await ask(port, client_context, "other.local")
    except ValueError as e:
        print(str(e).strip())
    server.close()
    await server.wait_closed()


asyncio.run(main())

# the function of old, and a peer that says nothing
listener = socket.socket()
for port in range(18700, 18800):
    try:
        listener.bind(("127.0.0.1", port))
        break
    except OSError:
        pass
listener.listen(1)
s = socket.socket()
s.connect(("127.0.0.1", port))
peer = listener.accept()[0]
s.settimeout(0.05)
try:
    ssl.wrap_socket(s, cert_reqs=ssl.CERT_REQUIRED, cadata=certs.CA, server_hostname="board.local")
except OSError as e:
    print(repr(e))
t = ssl.wrap_socket(peer, server_side=True, key=certs.BOARD_KEY, cert=certs.BOARD, do_handshake=False)
t.setblocking(False)
print(t, t.read(5), t.write(b"x"))
t.close()
for f in (
    lambda: ssl.wrap_socket(s, key=b"bad"),
    lambda: ssl.wrap_socket(s, key=certs.BOARD_KEY),
    lambda: ssl.wrap_socket(s, cadata=b"bad"),
    lambda: client_context.load_verify_locations(cafile="none"),
    lambda: client_context.load_cert_chain("none", "none"),
    lambda: ssl.SSLContext(),
):
    try:
        f()
    except Exception as e:
        print(repr(e))
