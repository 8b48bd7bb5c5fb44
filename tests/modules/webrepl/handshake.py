# webrepl.server_handshake(): the answer to a browser's request (the example of RFC 6455), and to what is none.
import io
import webrepl


class Client:
    def __init__(self, request):
        self.request, self.answer = io.BytesIO(request), b""

    def readline(self):
        return self.request.readline()

    def write(self, data):
        self.answer += bytes(data)


good = Client(b"GET /chat HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\nrest")
print(webrepl.server_handshake(good))
print(good.answer.split(b"\r\n")[0], b"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n" in good.answer, good.request.read())
for bad in (b"", b"GET / HTTP/1.1\r\n\r\n", b"POST / HTTP/1.1\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n", b"\x00\xff\n"):
    client = Client(bad)
    print(webrepl.server_handshake(client), client.answer.split(b"\r\n")[0])


class Endless(Client):
    def readline(self):
        self.lines = self.lines + 1 if self.request else 0
        self.request = True
        return b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" if self.lines else b"GET / HTTP/1.1\r\n"


client = Endless(b"")
client.request = None
print(webrepl.server_handshake(client), client.lines)
