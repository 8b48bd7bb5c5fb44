# SPDX-License-Identifier: MIT
# Streams over anything that can be polled, TCP connections and servers.
from . import core


class Stream:
    # s: the stream below. What could not be written at once waits in _unsent until drain().
    def __init__(self, s, e={}):
        self.s = s
        self.e = e
        self._unsent = b""

    def get_extra_info(self, v):
        return self.e[v]

    def close(self):
        pass

    async def wait_closed(self):
        self.s.close()

    async def __aenter__(self):
        return self

    async def __aexit__(self, kind, error, trace):
        await self.wait_closed()

    async def read(self, n=-1):
        whole = b""
        while True:
            yield core._io_queue.queue_read(self.s)
            part = self.s.read(n)
            if part is None:
                continue  # a false alarm
            if n >= 0:
                return part
            if not part:
                return whole
            whole += part

    async def readinto(self, buf):
        while True:
            yield core._io_queue.queue_read(self.s)
            n = self.s.readinto(buf)
            if n is not None:
                return n

    async def readexactly(self, n):
        whole = b""
        while n:
            yield core._io_queue.queue_read(self.s)
            part = self.s.read(n)
            if part is None:
                continue
            if not part:
                raise EOFError
            whole += part
            n -= len(part)
        return whole

    async def readline(self):
        line = b""
        while True:
            yield core._io_queue.queue_read(self.s)
            part = self.s.readline()  # ends early when no more has come yet
            if part is None:
                continue
            line += part
            if not part or line[-1] == 10:
                return line

    def write(self, buf):
        if not self._unsent:
            # Most of the time it all goes out at once.
            n = self.s.write(buf)
            if n == len(buf):
                return
            if n is not None:
                buf = buf[n:]
        self._unsent += buf

    async def drain(self):
        if not self._unsent:
            # always a chance for others, or a loop of write and drain keeps them out
            return await core.sleep_ms(0)
        view = memoryview(self._unsent)
        done = 0
        try:
            while done < len(view):
                yield core._io_queue.queue_write(self.s)
                done += self.s.write(view[done:]) or 0
        finally:
            self._unsent = self._unsent[done:]

    # of the first uasyncio
    def aclose(self):
        return self.wait_closed()

    async def awrite(self, buf, off=0, sz=-1):
        if off or sz >= 0:
            buf = buf[off : len(buf) if sz < 0 else off + sz]
        self.write(buf)
        await self.drain()

    def awritestr(self, s):
        return self.awrite(s.encode())


StreamReader = StreamWriter = Stream


def _address(host, port, **more):
    import socket

    return socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM, **more)[0]


def _plain_socket(info):
    import socket

    s = socket.socket(info[0], info[1], info[2])
    s.setblocking(False)
    return s


def _connect(s, address, fine):
    try:
        s.connect(address)
    except OSError as error:
        if error.errno != fine:
            raise


async def open_connection(host, port, ssl=None, server_hostname=None):
    info = _address(host, port)
    s = _plain_socket(info)
    try:
        _connect(s, info[-1], 115)  # EINPROGRESS
        yield core._io_queue.queue_write(s)
        _connect(s, info[-1], 106)  # EISCONN: it worked
        if ssl:
            if ssl is True:
                import ssl as tls

                ssl = tls.SSLContext(tls.PROTOCOL_TLS_CLIENT)
                ssl.verify_mode = tls.CERT_NONE
            s = ssl.wrap_socket(s, server_hostname=server_hostname or host, do_handshake_on_connect=False)
            s.setblocking(False)
        stream = Stream(s)
    except BaseException:
        s.close()
        raise
    return stream, stream


class Server:
    async def __aenter__(self):
        return self

    async def __aexit__(self, kind, error, trace):
        self.close()
        await self.wait_closed()

    def close(self):
        self._closing = True
        self._task.cancel()
        self._listener.close()

    async def wait_closed(self):
        try:
            await self._task
        except core.CancelledError:
            if not self._closing:
                raise
        finally:
            self._listener.close()

    def _begin(self, listener, callback, ssl):
        self._closing = False
        self._listener = listener
        self._task = core.create_task(self._serve(callback, ssl))
        return self

    async def _serve(self, callback, ssl):
        # close() and wait_closed() close the listener: this may be cancelled before it begins.
        while True:
            yield core._io_queue.queue_read(self._listener)
            try:
                s, address = self._listener.accept()
                s.setblocking(False)
                if ssl:
                    s = ssl.wrap_socket(s, server_side=True, do_handshake_on_connect=False)
            except OSError:
                continue  # it went away again
            stream = Stream(s, {"peername": address})
            core.create_task(callback(stream, stream))


async def start_server(callback, host, port, backlog=5, ssl=None):
    import socket

    info = _address(host, port)
    listener = _plain_socket(info)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(info[-1])
        listener.listen(backlog)
    except BaseException:
        listener.close()
        raise
    return Server()._begin(listener, callback, ssl)
