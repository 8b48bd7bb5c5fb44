# SPDX-License-Identifier: MIT
"""The terminal's side of WebREPL: a stream over a websocket that asks for the password and serves file transfers.

Text frames are the keyboard and the screen. A binary frame begins a request of 82 bytes: b"WA", kind, flags, offset (8 bytes), size (4),
length of the name (2), name (64). Answers are binary: b"WB" and a number of 2 bytes, 0 for "good".
  put      answer, then `size` bytes from the client, answer
  get      answer, then for each byte from the client one block: its length (2 bytes) and the data, of length 0 at the end; answer
  version  3 bytes
"""
import io
import struct
import sys

_PUT, _GET, _VERSION = 1, 2, 3
_REQUEST = "<2sBBQLH64s"
_REQUEST_LEN = 82
_BLOCK = 256
_LONGEST_PASSWORD = 9
_password = None


def password(text):
    global _password
    if len(text) > _LONGEST_PASSWORD:
        raise ValueError
    _password = text


class _webrepl(io.IOBase):
    def __init__(self, ws):
        self._ws = ws
        self._line = b""  # of the password; None: it was right
        self._request = b""
        self._file = None
        self._left = 0  # bytes of a put that are still to come
        ws.write("Password: ")

    # ---- the password
    def _enter(self, c):
        if c not in b"\r\n":
            self._line = (self._line + c)[: _LONGEST_PASSWORD + 1]
        elif _password is not None and self._line == _password.encode():
            self._line = None
            self._ws.write("\r\nWebREPL connected\r\n>>> ")
        else:
            self._ws.write("\r\nAccess denied\r\n")
            self._ws.close()
            return 0

    # ---- files
    def _send(self, data):
        self._ws.ioctl(9, 2)
        self._ws.write(data)
        self._ws.ioctl(9, 1)

    def _answer(self, error=0):
        self._send(struct.pack("<2sH", b"WB", error))

    def _end(self, error=0):
        if self._file:
            self._file.close()
            self._file = None
        self._left = 0
        self._answer(error)

    def _begin(self):
        mark, kind, flags, offset, size, name_len, name = struct.unpack(_REQUEST, self._request)
        self._request = b""
        if mark != b"WA":
            return
        if kind not in (_PUT, _GET, _VERSION):
            self._answer(22)
            return
        if kind == _VERSION:
            self._send(bytes(sys.implementation[1][:3]))
            return
        try:
            name = name[:name_len].decode()
            self._file = open(name, "wb" if kind == _PUT else "rb")
        except (OSError, UnicodeError) as e:
            self._answer(e.errno if isinstance(e, OSError) and e.errno else 1)
            return
        self._answer()
        if kind == _PUT:
            self._left = size
            if size == 0:
                self._end()

    def _put(self, data):
        try:
            self._file.write(data)
        except OSError as e:
            self._end(e.errno or 1)
            return
        self._left -= len(data)
        if self._left == 0:
            self._end()

    def _get(self):
        data = self._file.read(_BLOCK)
        self._send(struct.pack("<H", len(data)) + data)
        if not data:
            self._end()

    def _binary(self, c):
        if self._file:
            self._get()
        else:
            self._request += c
            if len(self._request) == _REQUEST_LEN:
                self._begin()

    # ---- the stream
    def readinto(self, buf):
        while True:
            if self._left:
                data = self._ws.read(min(self._left, _BLOCK))
                if not data:
                    return None if data is None else 0
                self._put(data)
                continue
            c = self._ws.read(1)
            if not c:
                return None if c is None else 0
            if self._line is not None:
                if self._enter(c) == 0:
                    return 0
            elif self._ws.ioctl(8) & 2:
                self._binary(c)
            else:
                buf[:1] = c
                return 1

    def write(self, buf):
        if self._line is None:  # a screen wants both characters at the end of a line
            self._ws.write(bytes(buf).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
        return len(buf)

    def close(self):
        self.ioctl(4, 0)

    def ioctl(self, request, arg):
        if request == 4:
            if self._file:
                self._file.close()
                self._file = None
            self._ws.close()
            return 0
        return self._ws.ioctl(request, arg) if request == 3 else -22
