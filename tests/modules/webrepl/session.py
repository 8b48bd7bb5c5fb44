# A whole session: the handshake of a browser, the password, the terminal both ways, files put and fetched, a wrong password.
import os
import select
import socket
import struct
import sys
try:
    import hashlib
except ImportError:
    print("SKIP: built without mbedtls")
    raise SystemExit
import webrepl
import _webrepl


def frame(data, opcode=1):
    return bytes((0x80 | opcode, 0x80 | len(data))) + b"\1\2\3\4" + bytes(c ^ (i % 4 + 1) for i, c in enumerate(data))


def frames(client):
    """What the server has sent: (opcode, data), ..."""
    client.setblocking(False)
    data, found = b"", []
    while True:
        more = client.read(1000)
        if not more:
            break
        data += more
    while data:
        size, at = data[1], 2
        if size == 126:
            size, at = data[2] << 8 | data[3], 4
        found.append((data[0] & 15, data[at : at + size]))
        data = data[at + size :]
    return found


for port in range(18900, 19000):
    try:
        listener = webrepl._listen(port, "secret")
        break
    except OSError:
        pass


def connect(request):
    client = socket.socket()
    client.connect(("127.0.0.1", port))
    client.write(request)
    return client, webrepl.accept_conn(listener)


client, taken = connect(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
print(taken, client.readline())
client, taken = connect(b"nonsense\r\n\r\n")
print(taken)
request = b"GET / HTTP/1.1\r\nUpgrade: websocket\r\nsec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
client, taken = connect(request)
terminal = os.dupterm(None)
print(taken, type(terminal))
while True:
    line = client.readline()
    if line == b"\r\n":
        break
    print(line)
print(frames(client))


def typed(data, opcode=1):
    client.setblocking(True)
    client.write(frame(data, opcode))
    p = select.poll()
    p.register(terminal, select.POLLIN)
    got, buf = b"", bytearray(1)
    while p.poll(200):
        n = terminal.readinto(buf)
        if n == 0:
            return got, "end"
        if n:
            got += buf
    return got


terminal.write(b"not for strangers")
print(typed(b"secret\r"), frames(client))
print(typed(b"print(1)\r"), terminal.write(b"1\r\n"), frames(client))


def file_request(kind, name, size=0):
    return struct.pack("<2sBBQLH64s", b"WA", kind, 0, 0, size, len(name), name)


print(typed(file_request(1, b"copy.txt", 11)[:10], 2), typed(file_request(1, b"copy.txt", 11)[10:], 2), frames(client))
print(typed(b"hello ", 2), frames(client), typed(b"world", 2), frames(client), open("copy.txt").read())
print(typed(file_request(2, b"copy.txt"), 2), frames(client))
print(typed(b"\0", 2), frames(client), typed(b"\0", 2), frames(client))
print(typed(file_request(2, b"none.txt"), 2), frames(client))
print(typed(file_request(1, b"no/folder", 5), 2), frames(client), typed(file_request(1, b"empty", 0), 2), frames(client), os.stat("empty")[6])
print(typed(file_request(3, b""), 2), frames(client)[0][1] == bytes(sys.implementation.version[:3]))
print(typed(file_request(9, b"\xff\xff"), 2), frames(client)[0][1][:2])
print(typed(b"X" * 82, 2), frames(client), typed(b"still here"), terminal.ioctl(3, 4), terminal.ioctl(99, 0))
terminal.close()

client, taken = connect(request)
terminal = os.dupterm(None)
print(typed(b"wrong\r"), client.read()[-19:])
webrepl.stop()
for bad in ("0123456789", 5):
    try:
        _webrepl.password(bad)
    except Exception as e:
        print(type(e).__name__)
try:
    webrepl.start_foreground(port)
except ValueError as e:
    print(e)
