# Under the virtual clock poll() and sockets with a time limit jump over the time they wait.
import select
import socket
import time

s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("127.0.0.1", 0))
p = select.poll()
p.register(s, select.POLLIN)
start = time.ticks_ms()
print(p.poll(3600000), time.ticks_diff(time.ticks_ms(), start) // 1000)
s.settimeout(7)
try:
    s.recv(1)
except OSError as e:
    print(repr(e), time.ticks_diff(time.ticks_ms(), start) // 1000)
print(select.select([s], [], [], 60), time.ticks_diff(time.ticks_ms(), start) // 1000)
