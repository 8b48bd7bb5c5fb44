# UDP, Unix sockets, addresses and names.
import os
import socket


def fails(f, *args):
    try:
        print("no error:", f(*args))
    except Exception as e:
        print(repr(e))


a = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
b = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
for port in range(18100, 18200):
    try:
        a.bind(("127.0.0.1", port))
        break
    except OSError:
        pass
to_a = socket.getaddrinfo("127.0.0.1", port, 0, socket.SOCK_DGRAM)[0]
print(to_a[0] == socket.AF_INET, to_a[1] == socket.SOCK_DGRAM, to_a[2] == socket.IPPROTO_UDP, to_a[3])
print(b.sendto(b"first", to_a[-1]), b.sendto(b"second", 0, ("127.0.0.1", port)))
data, peer = a.recvfrom(100)
print(data, a.recv(3))
print(a.sendto(bytearray(b"answer"), peer), b.recv(100))
b.connect(to_a[-1])
print(b.send(b""), a.recv(10), b.send(memoryview(b"view")[1:]), a.recv(10))
a.settimeout(0.01)
fails(a.recvfrom, 10)
fails(a.sendto, b"x", 5)
fails(a.sendto, b"x" * 70000, to_a[-1])
a.close()
b.close()

s = socket.socket(socket.AF_UNIX)
s.bind("sock")
s.listen(1)
c = socket.socket(socket.AF_UNIX)
c.connect("sock")
d, peer = s.accept()
d.write(b"over a path")
d.close()
print(c.read(), os.stat("sock")[0] >> 12 == 12)
fails(c.connect, "x" * 200)
fails(socket.socket().connect, "sock")

print(socket.inet_pton(socket.AF_INET, "1.2.3.4"), socket.inet_ntop(socket.AF_INET, b"\x7f\0\0\1"))
print(socket.inet_ntop(socket.AF_INET6, socket.inet_pton(socket.AF_INET6, "fe80::1:2")))
fails(socket.inet_pton, socket.AF_INET, "1.2.3")
fails(socket.inet_pton, 99, "1.2.3.4")
fails(socket.inet_ntop, socket.AF_INET, b"123")
print(socket.sockaddr(socket.getaddrinfo("127.0.0.1", "80")[0][-1]))
print(socket.sockaddr(socket.getaddrinfo("::1", 8080, socket.AF_INET6)[0][-1]))
print(socket.sockaddr(b"\1\0path"))
fails(socket.sockaddr, b"")
fails(socket.getaddrinfo, "no host.invalid", 80)
fails(socket.getaddrinfo, "127.0.0.1", 65536)
fails(socket.getaddrinfo, 5, 80)
