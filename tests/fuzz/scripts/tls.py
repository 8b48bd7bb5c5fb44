# TLS and DTLS, both sides: bytes of a stranger alone, and handshakes between two sides of ours in which bytes are changed or cut off.
import io
import tls

CERT = bytes.fromhex(
    "3082018030820125a00302010202086a76022477b62846300a06082a8648ce3d04030230243122302006035504030c194272656164626f6172642074"
    "65737420617574686f726974793020170d3230303130313030303030305a180f32313230303130313030303030305a30163114301206035504030c0b"
    "626f6172642e6c6f63616c3059301306072a8648ce3d020106082a8648ce3d0301070342000416ad0094d80d02ab93a790692fbb6b3404c36aebb7cd"
    "719e9ca4bff9a279f6a336107799fe7343dc16004684856ded48c39b702e5e8266c6205a96a024c5619aa34d304b30090603551d1304023000301d06"
    "03551d0e0416041495920847b9d581fbbe8a8c25dac11635e736439c301f0603551d2304183016801476c01b7fda684b897f0eca0ad708026c871c71"
    "3b300a06082a8648ce3d0403020349003046022100a0035fdab51671d0206bbad08cc7b255965f35a2a9b0789e8390fd2e61a49dbc022100a6df8c88"
    "e616b02527372bfd13ea91f7f7985be2d3622bfaa38a780ce32322d3"
)
KEY = bytes.fromhex(
    "307702010104206b97b86f44296f6d7e71b2c1d0075f1b9abc70928263b7aa9e02c1fa32cc1cb4a00a06082a8648ce3d030107a1440342000416ad00"
    "94d80d02ab93a790692fbb6b3404c36aebb7cd719e9ca4bff9a279f6a336107799fe7343dc16004684856ded48c39b702e5e8266c6205a96a024c561"
    "9a"
)
FAST = "TLS-PSK-WITH-AES-128-GCM-SHA256"


class End(io.IOBase):
    def __init__(self, data, damage):
        self.queue = data  # a list of what was sent to it
        self.damage = damage
        self.sent = 0
        self.peer = None
        self.ended = False

    def readinto(self, buf):
        if not self.queue:
            return 0 if self.ended else None
        part = self.queue.pop(0)
        if len(part) > len(buf):
            self.queue.insert(0, part[len(buf) :])
            part = part[: len(buf)]
        buf[: len(part)] = part
        return len(part)

    def write(self, buf):
        part = bytearray(buf)
        for at, value in self.damage:
            if self.sent <= at < self.sent + len(part):
                if value:
                    part[at - self.sent] ^= value
                else:
                    part = part[: at - self.sent]
                    if self.peer:
                        self.peer.ended = True
                    break
        self.sent += len(buf)
        if self.peer:
            self.peer.queue.append(bytes(part))
        return len(buf)

    def ioctl(self, request, arg):
        return arg if request == 3 else 0


def context(server, datagrams, psk):
    c = tls.SSLContext(2 * datagrams + server)
    c.verify_mode = tls.CERT_NONE
    if psk:
        if server:
            c.server_psk_keys = {b"id": b"key"}
        else:
            c.psk_identity, c.psk_key = b"id", b"key"
        c.set_ciphers([FAST])
    elif server:
        c.load_cert_chain(CERT, KEY)
    else:
        c.verify_mode = tls.CERT_REQUIRED
        c.load_verify_locations(CERT)
    return c


def wrap(c, end, server, datagrams):
    return c.wrap_socket(
        end, server_side=server, do_handshake_on_connect=False, server_hostname=None if server else "board.local", client_id=b"me" if server and datagrams else None
    )


def attempt(f, *args):
    try:
        return f(*args)
    except (OSError, ValueError):
        return b""


def alone(data, server, datagrams, psk):
    if datagrams:
        parts = []
        while data:
            n = 1 + data[0]
            parts.append(data[1 : n + 1])
            data = data[n + 1 :]
    else:
        parts = [data]
    end = End(parts, ())
    end.ended = True
    s = wrap(context(server, datagrams, psk), end, server, datagrams)
    for _ in range(6):
        attempt(s.read, 100)
        attempt(s.write, b"x")
        attempt(s.ioctl, 3, 5)
    attempt(s.getpeercert, True)
    attempt(s.cipher)
    attempt(s.close)


def together(data, datagrams, psk):
    damage = [[], []]
    for i in range(0, len(data) - 2, 3):
        damage[data[i] >> 7].append(((data[i] & 15) << 8 | data[i + 1], data[i + 2]))
    a, b = End([], damage[0]), End([], damage[1])
    a.peer, b.peer = b, a
    client = wrap(context(0, datagrams, psk), a, False, datagrams)
    server = wrap(context(1, datagrams, psk), b, True, datagrams)
    for _ in range(7):
        attempt(client.write, b"hello from here")
        if attempt(server.read, 30):
            attempt(server.write, b"answer" * 20)
        attempt(client.read, 30)
        for end in (a, b):
            if not end.queue and end.peer.ended:
                end.ended = True
    attempt(client.close)
    attempt(server.read, 5)
    attempt(server.close)


def case(data):
    if not data:
        return
    how = data[0]
    if how & 1:
        alone(data[1:], how >> 1 & 1, how >> 2 & 1, how >> 3 & 1)
    else:
        together(data[1:], how >> 1 & 1, how % 32 != 0)
