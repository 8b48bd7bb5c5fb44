# What a WebREPL client sends, from its password on; the files are in memory.
import websocket


def open(name, mode):
    if name == "none":
        raise OSError(2)
    return io.BytesIO(bytes(range(256)) * 3 if "r" in mode else b"")


def serve(data, right):
    wire = io.BytesIO(data)
    out = io.BytesIO()

    class Wire(io.IOBase):
        def readinto(self, buf):
            return wire.readinto(buf)

        def write(self, buf):
            return out.write(buf)

        def ioctl(self, request, arg):
            return 0

    terminal = _webrepl(websocket.websocket(Wire(), False))
    if right:
        terminal._line = None
    buf = bytearray(8)
    for _ in range(len(data) + 10):
        try:
            n = terminal.readinto(buf)
        except OSError:
            break
        if n == 0:
            break
        if n:
            terminal.write(buf[:n])
    terminal.close()


def case(data):
    password("secret")
    serve(data, True)
    serve(data, False)
