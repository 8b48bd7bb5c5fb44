# Ctrl-C ends a handshake that waits for its peer, and a read; the connection can be used afterwards.
import os
import socket
import sys

try:
    import ssl
except ImportError:
    print("SKIP: without mbedTLS")
    raise SystemExit

sys.path.append(sys.path[0] + "/../tls")
import certs

listener = socket.socket()
for port in range(18920, 18990):
    try:
        listener.bind(("127.0.0.1", port))
        break
    except OSError:
        pass
listener.listen(1)


def pair():
    near = socket.socket()
    near.connect(("127.0.0.1", port))
    return near, listener.accept()[0]


client_context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
client_context.load_verify_locations(cadata=certs.CA)
client_context.verify_mode = ssl.CERT_REQUIRED
server_context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
server_context.load_cert_chain(certs.BOARD, certs.BOARD_KEY)


def interrupted(name, wait):
    os.system("(sleep 0.05; kill -INT $PPID) &")
    try:
        wait()
        print("not interrupted")
    except KeyboardInterrupt:
        print(name, "interrupted")


near, far = pair()
interrupted("client's handshake", lambda: client_context.wrap_socket(near, server_hostname="board.local"))
interrupted("server's handshake", lambda: server_context.wrap_socket(far, server_side=True))

near, far = pair()
near.setblocking(False)
far.setblocking(False)
client = client_context.wrap_socket(near, do_handshake_on_connect=False, server_hostname="board.local")
server = server_context.wrap_socket(far, server_side=True, do_handshake_on_connect=False)
while client.write(b"hello") is None:
    server.read(1)
print(server.read(4))
client.setblocking(True)
interrupted("read", lambda: client.read(5))
interrupted("readline", client.readline)
print(server.write(b"still"), client.read(5))
