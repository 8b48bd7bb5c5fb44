# A connection: handshake put off, data both ways, farewell, certificates and ciphers of the peer.
import certs
try:
    import tls
except ImportError:
    print("SKIP: without mbedTLS")
    raise SystemExit

client_context = tls.SSLContext(tls.PROTOCOL_TLS_CLIENT)
client_context.load_verify_locations(certs.CA)
server_context = tls.SSLContext(tls.PROTOCOL_TLS_SERVER)
server_context.load_cert_chain(certs.BOARD, certs.BOARD_KEY)
print(client_context.verify_mode == tls.CERT_REQUIRED, server_context.verify_mode == tls.CERT_NONE)

client, server, e, f = certs.meet(client_context, server_context)
print(e, f, client)
print(client.cipher()[1], client.cipher() == server.cipher(), client.cipher()[0] in client_context.get_ciphers())
print(len(client.getpeercert(True)), server.getpeercert(True))
try:
    client.getpeercert()
except NotImplementedError as e:
    print(repr(e))
print(client.write(b"first\nsecond"), server.readline(), server.read(3), server.read(100), server.read(5))
large = bytes(range(256)) * 200
print(server.write(large), client.read(len(large)) == large)
buf = bytearray(6)
print(client.send(b"abcdef"), server.readinto(buf, 4), buf, server.recv(10), server.recv(10))
print(client.write(b""), server.write(memoryview(b"view")[1:]), client.read())

# polling: what is decrypted already counts, and the stream below is not asked
client.write(b"xyz")
print(server.ioctl(3, 1), server.read(1), server.ioctl(3, 1), server.ioctl(3, 5), server.read(2), server.ioctl(3, 1), server.ioctl(3, 4))

print(client.close(), client.close(), server.read(5), server.read(5))
for f in (lambda: client.read(1), lambda: client.write(b"x"), client.cipher, client.getpeercert, lambda: client.ioctl(99, 0)):
    try:
        print(f())
    except Exception as e:
        print(repr(e))
print(client.ioctl(3, 5))

# cut off: between records that is the end, as it is for MicroPython; inside of one it is an error
a, b = certs.pipe()
client = client_context.wrap_socket(a, do_handshake_on_connect=False, server_hostname="board.local")
server = server_context.wrap_socket(b, do_handshake_on_connect=False)
for _ in range(4):
    client.read(1), server.read(1)
client.write(b"all of it")
print(server.read(9), server.read(1))
client.write(b"whole record")
b.data = b.data[:-3]
a.closed = True
for _ in range(2):
    try:
        print(server.read(5))
    except OSError as e:
        print(e)
print(server.ioctl(3, 5))
a, b = certs.pipe()
client = client_context.wrap_socket(a, do_handshake_on_connect=False, server_hostname="board.local")
server = server_context.wrap_socket(b, do_handshake_on_connect=False)
for _ in range(4):
    client.read(1), server.read(1)
a.closed = True
print(server.read(5), server.read(5))
