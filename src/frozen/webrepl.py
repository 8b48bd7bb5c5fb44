# SPDX-License-Identifier: MIT
"""WebREPL: the prompt over a websocket. start() listens in a thread of its own; start_foreground() waits for one client.

A client that has shaken hands becomes the second terminal (os.dupterm); the next one takes its place.
"""
import binascii
import hashlib
import os
import socket
import websocket
import _webrepl

_listener = None
_client = None


def _header(stream, name):
    """The value of a line of an HTTP request, or None; reads to its end, or to the hundredth line: nobody honest sends more."""
    found = None
    for _ in range(100):
        line = stream.readline()
        if not line or line == b"\r\n":
            return found
        key, _, value = line.partition(b":")
        if key.lower() == name:
            found = value.strip()
    return None


def server_handshake(client):
    """Answers the request of a browser. False: it is no websocket request."""
    request = client.readline()
    key = _header(client, b"sec-websocket-key")
    if not request.startswith(b"GET ") or not key:
        client.write(b"HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nWebREPL: open it with a WebREPL client.\r\n")
        return False
    digest = hashlib.sha1(key + b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11").digest()
    client.write(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n")
    client.write(b"Sec-WebSocket-Accept: ")
    client.write(binascii.b2a_base64(digest)[:-1] + b"\r\n\r\n")
    return True


def accept_conn(listener):
    """Takes one client. True: it is the terminal now."""
    global _client
    client, address = listener.accept()
    client.settimeout(5)
    try:
        good = server_handshake(client)
    except OSError:
        good = False
    if not good:
        client.close()
        return False
    client.setblocking(False)
    previous = os.dupterm(_webrepl._webrepl(websocket.websocket(client, True)))
    if previous:
        previous.close()
    _client = client
    print("\nWebREPL connection")
    return True


def _serve(listener):
    while _listener is listener:
        try:
            accept_conn(listener)
        except OSError:
            return


def _listen(port, password):
    global _listener
    stop()
    if password is None:
        try:
            import webrepl_cfg

            password = webrepl_cfg.PASS
        except (ImportError, AttributeError):
            raise ValueError("no password: give one, or run webrepl_setup")
    _webrepl.password(password)
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(socket.getaddrinfo("0.0.0.0", port)[0][-1])
    listener.listen(1)
    _listener = listener
    return listener


def start(port=8266, password=None):
    import _thread

    listener = _listen(port, password)
    _thread.start_new_thread(_serve, (listener,))
    print("WebREPL server started on port", port)


def start_foreground(port=8266, password=None):
    listener = _listen(port, password)
    while not accept_conn(listener):
        pass


def stop():
    global _listener, _client
    if _listener:
        _listener.close()
    if _client:
        os.dupterm(None)
        _client.close()
    _listener = _client = None
