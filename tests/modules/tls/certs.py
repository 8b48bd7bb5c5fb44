# SPDX-License-Identifier: MIT
"""Keys and certificates of the TLS tests, valid until 2120, made for them alone (OLD: until 2021), and how two ends meet in one process.

CA signs BOARD (CN board.local), CLIENT (CN client.local) and OLD (of BOARD's key).
"""
import io

CA = b"""-----BEGIN CERTIFICATE-----
MIIBcjCCARigAwIBAgIIFu7P+8by5e0wCgYIKoZIzj0EAwIwJDEiMCAGA1UEAwwZ
QnJlYWRib2FyZCB0ZXN0IGF1dGhvcml0eTAgFw0yMDAxMDEwMDAwMDBaGA8yMTIw
MDEwMTAwMDAwMFowJDEiMCAGA1UEAwwZQnJlYWRib2FyZCB0ZXN0IGF1dGhvcml0
eTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABJcSw6nJkgbEGbvqXsYwMUhY9Tg8
BBPf7x4MI4N3kdMVSuNuoI4oOP4UQUIAdKTOcsQ9rHvNoM73kAIBQQSIxfujMjAw
MA8GA1UdEwEB/wQFMAMBAf8wHQYDVR0OBBYEFHbAG3/aaEuJfw7KCtcIAmyHHHE7
MAoGCCqGSM49BAMCA0gAMEUCIQChcKR/gykNvg8wLin5nVqsUhH+MPhIWc/z++5G
l6f5KgIgO1R6Ub14Xv1OREl5y49Ou/1JTRRUwyayjvW7aLYVZEc=
-----END CERTIFICATE-----
"""

BOARD = b"""-----BEGIN CERTIFICATE-----
MIIBgDCCASWgAwIBAgIIanYCJHe2KEYwCgYIKoZIzj0EAwIwJDEiMCAGA1UEAwwZ
QnJlYWRib2FyZCB0ZXN0IGF1dGhvcml0eTAgFw0yMDAxMDEwMDAwMDBaGA8yMTIw
MDEwMTAwMDAwMFowFjEUMBIGA1UEAwwLYm9hcmQubG9jYWwwWTATBgcqhkjOPQIB
BggqhkjOPQMBBwNCAAQWrQCU2A0Cq5OnkGkvu2s0BMNq67fNcZ6cpL/5onn2ozYQ
d5n+c0PcFgBGhIVt7UjDm3AuXoJmxiBalqAkxWGao00wSzAJBgNVHRMEAjAAMB0G
A1UdDgQWBBSVkghHudWB+76KjCXawRY15zZDnDAfBgNVHSMEGDAWgBR2wBt/2mhL
iX8OygrXCAJshxxxOzAKBggqhkjOPQQDAgNJADBGAiEAoANf2rUWcdAga7rQjMey
VZZfNaKpsHieg5D9LmGknbwCIQCm34yI5hawJSc3K/0T6pH395hb4tNiK/qjingM
4yMi0w==
-----END CERTIFICATE-----
"""

BOARD_KEY = b"""-----BEGIN EC PRIVATE KEY-----
MHcCAQEEIGuXuG9EKW9tfnGywdAHXxuavHCSgmO3qp4CwfoyzBy0oAoGCCqGSM49
AwEHoUQDQgAEFq0AlNgNAquTp5BpL7trNATDauu3zXGenKS/+aJ59qM2EHeZ/nND
3BYARoSFbe1Iw5twLl6CZsYgWpagJMVhmg==
-----END EC PRIVATE KEY-----
"""

CLIENT = b"""-----BEGIN CERTIFICATE-----
MIIBgTCCASegAwIBAgIJAJjQpFatT7ofMAoGCCqGSM49BAMCMCQxIjAgBgNVBAMM
GUJyZWFkYm9hcmQgdGVzdCBhdXRob3JpdHkwIBcNMjAwMTAxMDAwMDAwWhgPMjEy
MDAxMDEwMDAwMDBaMBcxFTATBgNVBAMMDGNsaWVudC5sb2NhbDBZMBMGByqGSM49
AgEGCCqGSM49AwEHA0IABLMKz95IjLrZRcosKQBEtsZ/Eqoa7OWP5h/jUurlLqDk
FLO5yUF3uQYXlDnfPVpQ61Gx3CKOMiL1MiftaZMfAYCjTTBLMAkGA1UdEwQCMAAw
HQYDVR0OBBYEFMUHuLfnn5U7hQoQ0EmZ5fDzOiIJMB8GA1UdIwQYMBaAFHbAG3/a
aEuJfw7KCtcIAmyHHHE7MAoGCCqGSM49BAMCA0gAMEUCIG3Wxbgv4uVGf9ugaX4t
LKJebytmtLHHxxVBsPDNqk7/AiEAwrGvgNdwo2pBYWeJ0vrh0bx3jZ5ElXI67Tbg
xU/Ln4A=
-----END CERTIFICATE-----
"""

CLIENT_KEY = b"""-----BEGIN EC PRIVATE KEY-----
MHcCAQEEIMHBbvWs+DMcQASSDkwr1sVCFyzZCnYgsi1mEYtd3VeKoAoGCCqGSM49
AwEHoUQDQgAEswrP3kiMutlFyiwpAES2xn8Sqhrs5Y/mH+NS6uUuoOQUs7nJQXe5
BheUOd89WlDrUbHcIo4yIvUyJ+1pkx8BgA==
-----END EC PRIVATE KEY-----
"""

OLD = b"""-----BEGIN CERTIFICATE-----
MIIBfDCCASOgAwIBAgIIJG7nYvUKwT4wCgYIKoZIzj0EAwIwJDEiMCAGA1UEAwwZ
QnJlYWRib2FyZCB0ZXN0IGF1dGhvcml0eTAeFw0yMDAxMDEwMDAwMDBaFw0yMTAx
MDEwMDAwMDBaMBYxFDASBgNVBAMMC2JvYXJkLmxvY2FsMFkwEwYHKoZIzj0CAQYI
KoZIzj0DAQcDQgAEFq0AlNgNAquTp5BpL7trNATDauu3zXGenKS/+aJ59qM2EHeZ
/nND3BYARoSFbe1Iw5twLl6CZsYgWpagJMVhmqNNMEswCQYDVR0TBAIwADAdBgNV
HQ4EFgQUlZIIR7nVgfu+iowl2sEWNec2Q5wwHwYDVR0jBBgwFoAUdsAbf9poS4l/
DsoK1wgCbIcccTswCgYIKoZIzj0EAwIDRwAwRAIgEoRQ92OukygskM/EV8S/QTYQ
7W2Uu+SHqCKFjmW3akgCICwttDm8YMCHp6lOGjgUvFl8oCre3wIR3mOaiU35JNoh
-----END CERTIFICATE-----
"""


class End(io.IOBase):
    """One end of a pipe in memory that never waits."""

    def __init__(self):
        self.data = b""
        self.closed = False
        self.peer = None

    def readinto(self, buf):
        if not self.data:
            return 0 if self.peer.closed else None
        n = min(len(buf), len(self.data))
        buf[:n] = self.data[:n]
        self.data = self.data[n:]
        return n

    def write(self, buf):
        self.peer.data += bytes(buf)
        return len(buf)

    def ioctl(self, request, arg):
        if request == 3:
            return (1 if self.data or self.peer.closed else 0) & arg | 4 & arg
        if request == 4:
            self.closed = True
            return 0
        return -22


def pipe():
    a, b = End(), End()
    a.peer, b.peer = b, a
    return a, b


def attempt(f, *args):
    try:
        return f(*args)
    except Exception as e:
        return e


def meet(client_context, server_context, hostname="board.local"):
    """Both ends after the handshake, or what they raised: (client, server, client's error, server's error)."""
    a, b = pipe()
    client = client_context.wrap_socket(a, do_handshake_on_connect=False, server_hostname=hostname)
    server = server_context.wrap_socket(b, server_side=True, do_handshake_on_connect=False)
    for _ in range(10):
        errors = attempt(client.read, 1), attempt(server.read, 1)
        if errors[0] is not None or errors[1] is not None:
            return client, server, errors[0], attempt(server.read, 1)
    return client, server, None, None
