# TCP over loopback: connecting, all ways to read and write, ends, errors.
import errno
import socket


def fails(f, *args):
    try:
        print("no error:", f(*args))
    except Exception as e:
        print(repr(e))


def listener():
    s = socket.socket()
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    for port in range(18000, 18100):
        try:
            s.bind(("127.0.0.1", port))
            break
        except OSError as e:
            assert e.errno == errno.EADDRINUSE
    s.listen(5)
    return s, port


server, port = listener()
address = socket.getaddrinfo("127.0.0.1", port)[0][-1]


def pair():
    a = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    a.connect(address)
    b, peer = server.accept()
    print(socket.sockaddr(peer)[:2])
    return a, b


a, b = pair()
print(type(a), a.fileno() >= 0, a.makefile("rwb") is a)
print(a.send(b"one\ntwo"), a.write(b" three\n"), a.sendall(bytearray(b"four")), a.write("text"), a.write(b"abcdefgh", 2, 6))
print(b.readline(), b.recv(3), b.read(7), b.readline(4))
buf = bytearray(6)
print(b.readinto(buf, 4), buf, b.readinto(buf), buf)
a.send(b"peeked")
print(b.recv(3, socket.MSG_PEEK), b.recv(100, socket.MSG_PEEK), b.recv(100))
a.close()
print(a.fileno(), b.read(5), b.read(), b.readline(), b.recv(1))
a.close()
for f in (lambda: a.send(b"x"), lambda: a.recv(1), lambda: a.read(1), lambda: a.write(b"x"), lambda: a.bind(address), lambda: a.listen()):
    fails(f)
fails(b.recv, -1)
fails(b.send, 5)
fails(b.recv)
fails(b.settimeout, -1)
b.close()

# nothing there yet
a, b = pair()
b.setblocking(False)
print(b.read(5), b.read(), b.readline(), b.readinto(buf))
fails(b.recv, 5)
fails(b.recvfrom, 5)
fails(server.setblocking(False) or server.accept)
server.setblocking(True)
b.settimeout(0.02)
fails(b.recv, 5)
fails(b.read, 5)
b.settimeout(None)
fails(b.recv, 5, socket.MSG_DONTWAIT)
a.write(b"part")
b.settimeout(0)
print(b.read(100), b.read(100))
a.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
a.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
fails(a.setsockopt, 1, 2)
fails(a.setsockopt, 12345, 1, 1)
a.close()  # with a reset, as asked for
b.setblocking(True)
fails(b.recv, 5)
print(b.read())
b.close()

# much data: short writes and a full pipe
a, b = pair()
a.setblocking(False)
block = bytes(range(256)) * 400
total = 0
while True:
    n = a.write(block)
    if n is None:
        break
    total += n
b.settimeout(1)
got = 0
while got < total:
    got += len(b.recv(100000))
print(got == total, total > len(block))
a.close()
b.close()

# connecting to nobody
server.close()
s = socket.socket()
fails(s.connect, address)
fails(socket.socket().recv, 1)
fails(socket.socket().connect, ("127.0.0.1",))
fails(socket.socket().connect, ("127.0.0.1", 70000))
fails(socket.socket().connect, b"")
fails(socket.socket().connect, b"x" * 500)
fails(socket.socket().connect, 5)
fails(socket.socket, None)
fails(socket.socket, 2, 1, "x")
fails(socket.socket, 99)
