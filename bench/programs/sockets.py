# Measures sockets: blocks and short messages over loopback, poll in between.
import select
import socket

server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
for port in range(17000, 17100):
    try:
        server.bind(("127.0.0.1", port))
        break
    except OSError:
        pass
server.listen(1)
a = socket.socket()
a.connect(socket.getaddrinfo("127.0.0.1", port)[0][-1])
b = server.accept()[0]
a.setsockopt(6, 1, 1)

block = bytes(range(256)) * 64
total = 0
for _ in range(8000):
    a.sendall(block)
    left = len(block)
    while left:
        data = b.recv(65536)
        left -= len(data)
        total += len(data)

poller = select.poll()
poller.register(b, select.POLLIN)
count = 0
for i in range(30000):
    a.send(b"ping %d" % i)
    count += len(poller.poll(1000))
    total += len(b.recv(100))
print(total, count)
