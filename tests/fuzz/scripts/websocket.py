# Frames from a stranger: read in parts of all sizes, in both ways of reading, with what the object is asked in between.
import io
import websocket


class Wire(io.IOBase):
    """Gives `step` bytes at a time, and now and then nothing."""

    def __init__(self, data, step):
        self.data = data
        self.step = step
        self.at = 0
        self.calls = 0

    def readinto(self, buf):
        self.calls += 1
        if self.step and self.calls % 5 == 0:
            return None
        part = self.data[self.at : self.at + min(len(buf), self.step or 1000)]
        self.at += len(part)
        buf[: len(part)] = part
        return len(part)

    def write(self, buf):
        return len(buf)

    def ioctl(self, request, arg):
        return 0

    def setblocking(self, on):
        pass


def use(data, step, blocking, size):
    wire = Wire(data, step)
    ws = websocket.websocket(wire, blocking)
    for _ in range(len(data) + 10):
        try:
            got = ws.read(size) if size else ws.readline()
        except OSError:
            break
        for request in (8, 9, 3, 77):
            try:
                ws.ioctl(request, size)
            except OSError:
                pass
        if got == b"":
            break
    try:
        ws.write(data)
    except OSError:
        pass
    ws.close()


def case(data):
    if not data:
        return
    how = data[0]
    data = data[1:]
    use(data, 0, False, 1 + how % 60)
    use(data, how & 3, bool(how & 4), how >> 3)
    ws = websocket.websocket(io.BytesIO(data), True)
    ws.readinto(bytearray(how))
    ws.read()
