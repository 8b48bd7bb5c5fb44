# A handshake cut off after each of its bytes, in memory and on real sockets, both sides: OSError each time, and never a wait without end.
import certs
import socket
import time

try:
    import tls
except ImportError:
    print("SKIP: without mbedTLS")
    raise SystemExit


class Recorded(certs.End):
    all = b""

    def write(self, buf):
        self.all += bytes(buf)
        return super().write(buf)


def contexts(psk):
    c = tls.SSLContext(tls.PROTOCOL_TLS_CLIENT)
    s = tls.SSLContext(tls.PROTOCOL_TLS_SERVER)
    if psk:
        c.psk_identity, c.psk_key = b"id", b"key"
        s.server_psk_keys = {b"id": b"key"}
        c.set_ciphers([name for name in c.get_ciphers() if name.startswith("TLS-PSK-WITH-AES-128-GCM")])
    else:
        s.load_cert_chain(certs.BOARD, certs.BOARD_KEY)
    c.verify_mode = tls.CERT_NONE
    return c, s


def record(psk):
    """What both sides send until they have agreed."""
    a, b = Recorded(), Recorded()
    a.peer, b.peer = b, a
    c, s = contexts(psk)
    client = c.wrap_socket(a, do_handshake_on_connect=False)
    server = s.wrap_socket(b, do_handshake_on_connect=False)
    for _ in range(6):
        client.read(1), server.read(1)
    assert client.cipher() == server.cipher() and client.cipher()[0]
    return a.all, b.all


def feed(context, server, data):
    """A stranger says this and no more."""
    a, b = certs.pipe()
    b.data, a.closed = data, True
    end = context.wrap_socket(b, server_side=server, do_handshake_on_connect=False)
    for _ in range(5):
        got = certs.attempt(end.read, 1)
        if got is not None:
            return type(got)


# what is recorded does not fit the random numbers of another connection, so even the whole of it is refused
for psk in (True, False):
    said = record(psk)
    c, s = contexts(psk)
    for server in (True, False):
        data = said[0 if server else 1]
        print(psk, server, len(data) > 100, {feed(s if server else c, server, data[:n]) for n in range(len(data) + 1)})

# two of ours: the line is cut after byte n of what one of them says; the other, and then both, are told
class Cut(certs.End):
    left = 0

    def write(self, buf):
        if self.left < len(buf):
            self.closed = True
        self.peer.data += bytes(buf)[: self.left]
        self.left -= min(self.left, len(buf))
        return len(buf)


def together(n, client_side):
    a, b = (Cut(), certs.End()) if client_side else (certs.End(), Cut())
    a.peer, b.peer = b, a
    (a if client_side else b).left = n
    client = c.wrap_socket(a, do_handshake_on_connect=False)
    server = s.wrap_socket(b, do_handshake_on_connect=False)
    hurt = server if client_side else client
    for _ in range(8):
        other = certs.attempt((client if client_side else server).read, 1)
        got = certs.attempt(hurt.read, 1)
        if got is not None:
            return type(got)


c, s = contexts(True)
said = record(True)
for client_side in (True, False):
    print(client_side, {together(n, client_side) for n in range(len(said[0 if client_side else 1]))})

# blocking sockets of the host, the handshake in wrap_socket()
listener = socket.socket()
for port in range(19100, 19200):
    try:
        listener.bind(("127.0.0.1", port))
        break
    except OSError:
        pass
listener.listen(1)


def on_socket(context, server, data):
    near = socket.socket()
    near.connect(("127.0.0.1", port))
    far = listener.accept()[0]
    far.write(data)
    far.close()
    near.settimeout(10)
    try:
        return context.wrap_socket(near, server_side=server)
    except Exception as e:
        return type(e)
    finally:
        near.close()


start = time.ticks_ms()
for psk in (True, False):
    said = record(psk)
    c, s = contexts(psk)
    for server in (True, False):
        data = said[0 if server else 1]
        print(psk, server, {on_socket(s if server else c, server, data[:n]) for n in range(len(data) + 1)})
print(time.ticks_diff(time.ticks_ms(), start) < 60000)
