# What happens while a socket waits: it is closed by a scheduled function or by another thread, and the buffer it reads into grows.
import _thread
import micropython
import socket
import time


def new():
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.bind(("127.0.0.1", 0))
    return s


def wait(s):
    try:
        print(s.recv(1))
    except OSError as e:
        print(repr(e))


s = new()
micropython.schedule(lambda n: s.close(), 0)
wait(s)
s = new()


def close_later():
    time.sleep_ms(30)
    s.close()


_thread.start_new_thread(close_later, ())
wait(s)
listener = socket.socket(socket.AF_UNIX)
listener.bind("meet")
listener.listen(1)
a = socket.socket(socket.AF_UNIX)
a.connect("meet")
b = listener.accept()[0]
buf = bytearray(10)
micropython.schedule(lambda n: (buf.extend(b"x" * 1000), a.send(b"0123456789")), 0)
print(b.readinto(buf), len(buf))
s = listener
_thread.start_new_thread(close_later, ())
try:
    listener.accept()
except OSError as e:
    print(e.errno in (9, 22))
