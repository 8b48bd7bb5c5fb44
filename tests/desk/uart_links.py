# SPDX-License-Identifier: MIT
"""--uart N=pty, N=tcp:HOST:PORT, N=file:PATH: what the other end writes is read by the board's UART, and the other way round; where that
cannot be, the program says why."""
import os
import select
import socket
import subprocess
import sys
import tempfile

PROGRAM = os.path.join(sys.argv[2], "micropython")
ECHO = """
from machine import UART
u = UART(1, 115200, timeout=5000)
u.write('ready\\n')
u.flush()
line = u.readline()
u.write(b'<' + line.strip() + b'>\\n')
u.flush()
print(line)
"""
failures = 0


def check(what, got, wanted):
    global failures
    if got != wanted:
        failures += 1
        print("%s: %r instead of %r" % (what, got, wanted))


def start(link, clock, source=ECHO):
    return subprocess.Popen([PROGRAM, "--board=pybv11", "--clock=" + clock, "--uart", "1=" + link, "-c", source],
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)


def end(child, what, status=0):
    out, err = child.communicate(timeout=30)
    check(what + ": status", child.returncode, status)
    return out.decode(), err.decode()


def line_of(read):
    got = b""
    while not got.endswith(b"\n"):
        piece = read()
        if not piece:
            return got
        got += piece
    return got


def over_pty(clock):
    child = start("pty", clock, ECHO + "u.readline()\n") # a terminal that hangs up forgets what was not read yet
    told = child.stderr.readline().decode()
    check("pty: what is told", told[:len("micropython: UART 1 is /dev/pts/")], "micropython: UART 1 is /dev/pts/")
    fd = os.open(told.split()[-1], os.O_RDWR | os.O_NOCTTY)

    def read():
        return os.read(fd, 100) if select.select([fd], [], [], 20)[0] else b""

    check("pty, %s clock: greeting" % clock, line_of(read), b"ready\n")
    os.write(fd, b"over a terminal\n")
    check("pty, %s clock: answer" % clock, line_of(read), b"<over a terminal>\n")
    os.write(fd, b"\n")
    check("pty, %s clock: output" % clock, end(child, "pty"), ("b'over a terminal\\n'\n", ""))
    os.close(fd)


def over_tcp(clock):
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(20)
        child = start("tcp:127.0.0.1:%d" % server.getsockname()[1], clock)
        connection, _ = server.accept()
        with connection:
            connection.settimeout(20)
            check("tcp, %s clock: greeting" % clock, line_of(lambda: connection.recv(100)), b"ready\n")
            connection.sendall(b"over a socket\n")
            check("tcp, %s clock: answer" % clock, line_of(lambda: connection.recv(100)), b"<over a socket>\n")
            check("tcp, %s clock: output" % clock, end(child, "tcp"), ("b'over a socket\\n'\n", ""))
            check("tcp, %s clock: closed at the end" % clock, connection.recv(100), b"")


def tcp_that_ends():
    """The other end closes: what it sent is read, then nothing comes any more, and writing goes nowhere."""
    source = """
from machine import UART
u = UART(1, 115200, timeout=200, rxbuf=64)
print(u.read(5), u.read(5))
print(u.write(b'x' * 100), u.write(b'y' * 100))
"""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(20)
        child = start("tcp:127.0.0.1:%d" % server.getsockname()[1], "real", source)
        connection, _ = server.accept()
        connection.sendall(b"12345")
        connection.close()
        check("tcp that ends", end(child, "tcp that ends"), ("b'12345' None\n100 100\n", ""))


def over_file(folder):
    path = os.path.join(folder, "bytes")
    with open(path, "wb") as f:
        f.write(b"from a file\nmore")
    with open(path + ".out", "wb") as f:
        f.write(b"what was there before goes, all of it")
    for clock in ("virtual", "real"):
        check("file, %s clock" % clock, end(start("file:" + path, clock), "file"), ("b'from a file\\n'\n", ""))
        with open(path + ".out", "rb") as f:
            check("file, %s clock: what was sent" % clock, f.read(), b"ready\n<from a file>\n")


def speed_of_a_file(folder):
    """A file's bytes come at the speed of the line."""
    path = os.path.join(folder, "slow")
    with open(path, "wb") as f:
        f.write(b"x" * 96)
    source = """
import time
from machine import UART
start = time.ticks_us()
u = UART(1, 9600, timeout=1000, rxbuf=100)
print(len(u.read(96)), time.ticks_diff(time.ticks_us(), start) // 1000 in (99, 100, 101))
"""
    check("speed", end(start("file:" + path, "virtual", source), "speed"), ("96 True\n", ""))


def refusals(folder):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    for link, wanted in (("file:%s/none" % folder, "can't read"), ("tcp:127.0.0.1:%d" % port, "can't connect to"),
                         ("tcp:127.0.0.1", "host and port"), ("smoke", "a UART can't lead to")):
        out, err = end(start(link, "virtual"), link, 2)
        check(link, (out, wanted in err, "Traceback" in err), ("", True, False))


with tempfile.TemporaryDirectory() as place:
    for mode in ("virtual", "real"):
        over_pty(mode)
        over_tcp(mode)
    tcp_that_ends()
    over_file(place)
    speed_of_a_file(place)
    refusals(place)
sys.exit(failures != 0)
