# A board shows addresses as (host, port); a scheduled function runs while a socket waits.
import micropython
import socket

s = socket.socket()
for port in range(18200, 18300):
    try:
        s.bind(("127.0.0.1", port))
        break
    except OSError:
        pass
s.listen(1)
info = socket.getaddrinfo("127.0.0.1", port)[0]
print(info[0], info[1], info[3], info[4] == ("127.0.0.1", port))
c = socket.socket()
c.connect(info[-1])
d, peer = s.accept()
print(peer[0], type(peer[1]))


def later(n):
    d.write(b"sent while the other waits")
    d.close()


micropython.schedule(later, 0)
print(c.read())
u = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
u.settimeout(0.01)
try:
    u.recvfrom(5)
except OSError as e:
    print(repr(e))
