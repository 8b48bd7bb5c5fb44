# Damaged, cut and invented records: a Python exception each time, in every position, and the connection is over.
import certs
try:
    import tls
except ImportError:
    print("SKIP: without mbedTLS")
    raise SystemExit

client_context = tls.SSLContext(tls.PROTOCOL_TLS_CLIENT)
client_context.verify_mode = tls.CERT_NONE
server_context = tls.SSLContext(tls.PROTOCOL_TLS_SERVER)
server_context.load_cert_chain(certs.BOARD, certs.BOARD_KEY)


class Damaged(certs.End):
    """Changes byte number `at` of what is written, or ends there."""

    def __init__(self, at, cut):
        super().__init__()
        self.at = at
        self.cut = cut
        self.count = 0

    def write(self, buf):
        n = len(buf)
        data = bytearray(buf)
        if self.count <= self.at < self.count + n:
            if self.cut:
                data = data[: self.at - self.count]
                self.closed = True
            else:
                data[self.at - self.count] ^= 0x55
        elif self.cut and self.at < self.count:
            data = b""
        self.count += n
        self.peer.data += bytes(data)
        return n


def run(at, cut, client_side):
    a = Damaged(at, cut) if client_side else certs.End()
    b = certs.End() if client_side else Damaged(at, cut)
    a.peer, b.peer = b, a
    client = client_context.wrap_socket(a, do_handshake_on_connect=False, server_hostname="board.local")
    server = server_context.wrap_socket(b, do_handshake_on_connect=False)
    outcome = []
    for _ in range(6):
        for end in (client, server):
            try:
                end.read(1)
            except OSError as e:
                outcome.append(e.args[0] < 0)
            except ValueError:
                outcome.append(True)
    return len(outcome) > 0 and all(outcome)


for client_side in (True, False):
    for cut in (True, False):
        good = [run(at, cut, client_side) for at in range(0, 430, 11)]
        print(client_side, cut, len(good), sum(good) > 30)

# nothing but noise
for noise in (b"", b"\0" * 5, b"\x16\x03\x01\xff\xff" + b"x" * 100, b"\x15\x03\x03\x00\x02\x02\x28", b"GET / HTTP/1.0\r\n\r\n", b"\x17" * 2000):
    a, b = certs.pipe()
    server = server_context.wrap_socket(b, do_handshake_on_connect=False)
    a.write(noise)
    a.closed = True
    try:
        print(server.read(1))
    except OSError as e:  # what a version of mbedTLS makes of noise is its own
        print(e if noise == b"" else (e.args[0] < 0, e.args[1].startswith("MBEDTLS_ERR_SSL_")))


# the stream below misbehaves: its errors and exceptions come through, and the connection survives them
class Moody(certs.End):
    mood = 0

    def readinto(self, buf):
        if self.mood == 1:
            return -5
        if self.mood == 2:
            raise ValueError("moody")
        if self.mood == 3:
            return 100000
        return super().readinto(buf)


a, b = Moody(), certs.End()
a.peer, b.peer = b, a
client = client_context.wrap_socket(a, do_handshake_on_connect=False)
server = server_context.wrap_socket(b, do_handshake_on_connect=False)
for _ in range(4):
    for mood in (1, 2, 0):
        a.mood = mood
        try:
            client.read(1)
        except Exception as e:
            if _ == 0:
                print(repr(e))
    server.read(1)
server.write(b"still there")
a.mood = 0
print(client.read(100))
a.mood = 3
print(certs.attempt(client.read, 1))
a.closed = True
server.close()
