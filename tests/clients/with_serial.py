# SPDX-License-Identifier: MIT
"""A device is a serial port for pyserial, as client programs open it: speeds, control lines, a break; the raw prompt, raw-paste mode with its
window, a soft reset, a client that goes in the middle of everything."""
from _clients import Device, check, done, this_with

this_with("serial", "python3-serial")
import serial  # noqa: E402


def raw(port):
    port.write(b"\r\x03\x03\x02")  # out of a program, out of raw mode
    port.read_until(b">>> ")
    port.write(b"\r\x01")
    check("raw prompt", port.read_until(b"CTRL-B to exit\r\n>")[-17:], b"CTRL-B to exit\r\n>")


def execute(port, text):
    port.write(text + b"\x04")
    return port.read_until(b"\x04>")


def paste(port, text):
    port.write(b"\x05A\x01")
    check("raw-paste mode", port.read(2), b"R\x01")
    window = int.from_bytes(port.read(2), "little")
    room, signs = window, 0
    while text:
        while room == 0 or port.in_waiting:
            check("a sign of room", port.read(1), b"\x01")
            room += window
            signs += 1
        port.write(text[:room])
        text, room = text[room:], room - len(text[:room])
    port.write(b"\x04")
    answer = port.read_until(b"\x04").lstrip(b"\x01")
    return answer, port.read_until(b"\x04>"), signs > 0


with Device("--board=pybv11") as d:
    for speed in 9600, 115200, 1000000:
        with serial.Serial(d.path, speed, timeout=20, exclusive=True) as port:
            raw(port)
            check("%d" % speed, execute(port, b"print(%d)" % speed), b"OK%d\r\n\x04\x04>" % speed)
            port.write(b"\x02")
    port = serial.Serial(None, 115200, bytesize=7, parity=serial.PARITY_EVEN, stopbits=2, timeout=20)
    port.port, port.dtr, port.rts = d.path, False, False  # a pseudo-terminal has no such lines
    port.open()
    with port:
        port.send_break(0.01)
        port.reset_input_buffer()
        raw(port)
        check("all bytes", execute(port, b"import sys; _ = sys.stdout.buffer.write(bytes(range(256)))"), b"OK" + bytes(range(256)) + b"\x04\x04>")
    with serial.Serial(d.path, 115200, timeout=20) as port:
        raw(port)
        text = b"# a comment that takes no room on the board\n" * 2500 + b"print('all')\n"
        check("100 kB pasted", paste(port, text), (b"\x04", b"all\r\n\x04\x04>", True))
        check("not Python", paste(port, b"1 +")[1], b'\x04Traceback (most recent call last):\r\n  File "<stdin>", line 1\r\nSyntaxError: invalid syntax\r\n\x04>')
        port.write(b"\x04")
        check("soft reset", port.read_until(b"exit\r\n>"), b"OK\r\nMPY: sync filesystems\r\nMPY: soft reboot\r\nraw REPL; CTRL-B to exit\r\n>")
        port.write(b"\x05A\x01print('half a pro")
    with serial.Serial(d.path, 115200, timeout=20) as port:
        raw(port)
        port.write(b"while True: print('x' * 1000)\n\x04")
        port.read(100000)
    with serial.Serial(d.path, 115200, timeout=20) as port:
        raw(port)
        check("after a client that went while a program printed", execute(port, b"print('here')"), b"OKhere\r\n\x04\x04>")
    with serial.serial_for_url(d.path, 115200, timeout=0) as port:
        check("nothing to read", port.read(10), b"")
done()
