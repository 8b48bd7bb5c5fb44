# Sockets, poll, websockets and TLS: each allocation on these paths is refused once.
import io
import select
import socket
import websocket

s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
for port in range(16000, 16100):
    try:
        s.bind(("127.0.0.1", port))
        break
    except OSError:
        pass
s.settimeout(2)
print(s.sendto(b"datagram", socket.getaddrinfo("127.0.0.1", port)[0][-1]))
print(s.recvfrom(20)[0], socket.inet_pton(socket.AF_INET, "1.2.3.4"), socket.inet_ntop(socket.AF_INET, b"\1\2\3\4"))
s.connect(("127.0.0.1", port))
s.send(b"line\nrest")
p = select.poll()
p.register(s, select.POLLIN, "data")
print(len(p.poll(1000)), [t[1] for t in p.ipoll(1000)], len(select.select([s], [], [], 1)[0]))
print(s.recv(20))
s.close()
wire = io.BytesIO()
ws = websocket.websocket(wire)
ws.write("frame")
wire.seek(0)
print(ws.read(5))


class Wire(io.IOBase):
    def __init__(self):
        self.data = b""

    def readinto(self, buf):
        n = min(len(buf), len(self.data))
        buf[:n] = self.data[:n]
        self.data = self.data[n:]
        return n or None

    def write(self, buf):
        self.peer.data += bytes(buf)
        return len(buf)

    def ioctl(self, request, arg):
        return 0


try:
    import tls
except ImportError:
    raise SystemExit
a, b = Wire(), Wire()
a.peer, b.peer = b, a
client_context = tls.SSLContext(tls.PROTOCOL_TLS_CLIENT)
client_context.verify_mode = tls.CERT_NONE
client_context.psk_identity, client_context.psk_key = b"id", b"key"
server_context = tls.SSLContext(tls.PROTOCOL_TLS_SERVER)
server_context.server_psk_keys = {b"id": b"key"}
client_context.set_ciphers(client_context.get_ciphers()[:1])
client_context.psk_key = b"key"
client = client_context.wrap_socket(a, do_handshake_on_connect=False)
server = server_context.wrap_socket(b, do_handshake_on_connect=False)
for _ in range(9):
    client.read(1), server.read(1)
client.write(b"secret")
print(server.read(6), client.cipher()[1])
client.close()
