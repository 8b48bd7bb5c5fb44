# DTLS over a pipe of datagrams: the cookie, the handshake, messages that keep their borders, and what is lost is sent again.
import certs
import time
try:
    import tls
except ImportError:
    print("SKIP: without mbedTLS")
    raise SystemExit


class Datagrams(certs.End):
    def __init__(self):
        super().__init__()
        self.queue = []
        self.lose = 0

    def readinto(self, buf):
        if not self.queue:
            return None
        data = self.queue.pop(0)
        buf[: len(data)] = data
        return len(data)

    def write(self, buf):
        if self.lose > 0:
            self.lose -= 1
        else:
            self.peer.queue.append(bytes(buf))
        return len(buf)


a, b = Datagrams(), Datagrams()
a.peer, b.peer = b, a
client_context = tls.SSLContext(tls.PROTOCOL_DTLS_CLIENT)
client_context.load_verify_locations(certs.CA)
server_context = tls.SSLContext(tls.PROTOCOL_DTLS_SERVER)
server_context.load_cert_chain(certs.BOARD, certs.BOARD_KEY)
client = client_context.wrap_socket(a, do_handshake_on_connect=False, server_hostname="board.local")


def new_server(name=b"the client"):
    return server_context.wrap_socket(b, do_handshake_on_connect=False, client_id=name)


print(client.read(1))
server = new_server()
try:
    server.read(1)
except OSError as e:
    print(e)
server = new_server()
print(client.read(1))
a.lose = 1  # one datagram of the client is lost: it sends it again when its timer has run out
end = time.ticks_add(time.ticks_ms(), 5000)
while client.write(b"hello") is None and time.ticks_diff(end, time.ticks_ms()) > 0:
    try:
        server.read(1)
    except OSError as e:
        print(e)
    time.sleep_ms(5)
server.read(1)
print(server.recv(100), client.send(b"one"), client.send(b"two"), server.recv(100), server.recv(100), server.recv(100))
print(client.cipher()[1])
try:
    client.send(b"x" * 100000)
except OSError as e:
    print(e)
for bad in (5, "no", b"x" * 300):
    try:
        print(type(new_server(bad)))
    except OSError as e:
        print(repr(e))
