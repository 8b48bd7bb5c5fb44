# Frames in and out: lengths, masks, fragments, control frames, a stream that gives a byte now and then, what is refused.
import errno
import io
import websocket


def fails(f, *args):
    try:
        print("no error:", f(*args))
    except Exception as e:
        print(repr(e))


class Drip(io.IOBase):
    """Gives one byte, then nothing, then one byte ..."""

    def __init__(self, data):
        self.data = data
        self.turn = False
        self.out = b""

    def readinto(self, buf):
        self.turn = not self.turn
        if self.turn:
            return None
        buf[:1] = self.data[:1]
        n = len(self.data[:1])
        self.data = self.data[1:]
        return n

    def write(self, buf):
        self.out += bytes(buf)
        return len(buf)

    def ioctl(self, request, arg):
        return request + arg

    def setblocking(self, on):
        self.out += b"+" if on else b"-"


def reader(data):
    return websocket.websocket(io.BytesIO(data))


ws = reader(b"\x81\x03abc\x82\x02de")
print(ws.read(2), ws.ioctl(8), ws.read(2), ws.ioctl(8), ws.read(5), ws.read(5))
print(reader(b"\x81\x83" + b"1234" + bytes(a ^ b for a, b in zip(b"xyz", b"123"))).read(3))
print(reader(b"\x01\x01a\x89\x04ping\x00\x01b\x8a\x85mask\x01\x02\x03\x04\x05\x80\x00\x81\x01c").read(10))
print(len(reader(b"\x81\x7e\x01\x00" + b"z" * 256).read(300)), reader(b"\x81\x02\n\n").readline())
print(reader(b"").read(1), reader(b"\x81").read(1), reader(b"\x81\x05ab").read(5))
fails(reader(b"\x81\x7f" + b"\0" * 8).read, 1)

drip = Drip(b"\x81\x85MASK\x25\x24\x3f\x27\x22\x88\x02\x03\xe8")
ws = websocket.websocket(drip)
got = [ws.read(1) for _ in range(34)]
print([x for x in got if x], len(got), got[-1], ws.read(1), drip.out)
print(ws.ioctl(3, 1), ws.close(), drip.out)

s = io.BytesIO()
ws = websocket.websocket(s)
print(ws.write("text"), ws.ioctl(9, 2), ws.write(b"\x00\x01"), ws.ioctl(9, 1), ws.write(b"m" * 126), ws.write(b""))
print(s.getvalue()[:12], len(s.getvalue()))
fails(ws.write, bytes(65536))
print(ws.write(bytes(65535)))
drip = Drip(b"")
ws = websocket.websocket(drip, True)
print(ws.write(b"blocking"), drip.out)
for bad in (lambda: websocket.websocket(), lambda: websocket.websocket(5), lambda: websocket.websocket(s, 1, 2), lambda: ws.ioctl(0)):
    fails(bad)

# hostile: any two bytes in front of a little data never do more than end or fail
outcome = {}
for first in (0x00, 0x01, 0x81, 0x82, 0x88, 0x89, 0x8F, 0xF1):
    for second in range(256):
        try:
            result = type(reader(bytes((first, second)) + b"0123456789").read(20)).__name__
        except OSError as e:
            result = errno.errorcode[e.errno]
        outcome[result] = outcome.get(result, 0) + 1
print(sorted(outcome.items()))
