# Ctrl-C ends waits of sockets and of poll, and the socket can be used afterwards.
import os
import select
import socket

s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
for port in range(18500, 18600):
    try:
        s.bind(("127.0.0.1", port))
        break
    except OSError:
        pass
p = select.poll()
p.register(s, select.POLLIN)
for name, wait in (("recv", lambda: s.recv(1)), ("readinto", lambda: s.readinto(bytearray(1))), ("poll", lambda: p.poll(5000))):
    os.system("(sleep 0.05; kill -INT $PPID) &")
    try:
        wait()
        print("not interrupted")
    except KeyboardInterrupt:
        print(name, "interrupted")
s.connect(("127.0.0.1", port))
print(s.send(b"x"), s.recv(1))
