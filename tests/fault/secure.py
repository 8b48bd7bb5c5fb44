# TLS with certificates, DTLS, hashes and ciphers, each allocation refused once: what was refused can be asked again.
import io
import sys

try:
    import tls
except ImportError:
    raise SystemExit
import cryptolib
import hashlib
import ssl

sys.path.append(sys.path[0] + "/../modules/tls")
import certs


def again(f, *args):
    for _ in range(2):
        try:
            return f(*args)
        except MemoryError:
            pass
    print("refused twice")
    raise SystemExit(3)


def check(found, expected):
    if found != expected:
        print("different:", found, expected)
        raise SystemExit(3)


def failure(f, *args):
    try:
        f(*args)
    except (OSError, ValueError, NotImplementedError) as e:
        return type(e)


check(again(lambda: hashlib.sha256(b"abc").digest()[:4]), b"\xbax\x16\xbf")
check(again(lambda: hashlib.md5(b"").digest()[:4]), b"\xd4\x1d\x8c\xd9")
check(again(lambda: cryptolib.aes(b"k" * 16, 2, b"i" * 16).decrypt(cryptolib.aes(b"k" * 16, 2, b"i" * 16).encrypt(b"x" * 32))), b"x" * 32)

server_context = again(tls.SSLContext, tls.PROTOCOL_TLS_SERVER)
again(server_context.load_cert_chain, certs.BOARD, certs.BOARD_KEY)
client_context = again(ssl.SSLContext, ssl.PROTOCOL_TLS_CLIENT)
again(lambda: client_context.load_verify_locations(cadata=certs.CA))
client_context.verify_mode = ssl.CERT_REQUIRED
asked = []
client_context.verify_callback = lambda cert, depth: again(asked.append, depth)
a, b = again(certs.pipe)
check(failure(client_context.wrap_socket, a), ValueError)
client = again(lambda: client_context.wrap_socket(a, do_handshake_on_connect=False, server_hostname="board.local"))
server = again(lambda: server_context.wrap_socket(b, server_side=True, do_handshake_on_connect=False))
for _ in range(12):  # a refusal in the stream below is as if it had not been ready
    again(client.read, 1), again(server.read, 1)
check(asked[-1], 0)
check(again(client.cipher)[1], "TLSv1.2")
check(again(lambda: len(client.getpeercert(True))), 388)
for _ in range(4):  # a read whose result found no room has taken its bytes, as on a board: they are sent again
    again(client.write, b"over the wire")
    got = again(server.read, 13)
    if got:
        break
check(got, b"over the wire")
check(again(failure, client.getpeercert), NotImplementedError)
client.close()
server.close()

# refused for its name
a, b = again(certs.pipe)
client = again(lambda: client_context.wrap_socket(a, do_handshake_on_connect=False, server_hostname="other"))
server = again(lambda: server_context.wrap_socket(b, server_side=True, do_handshake_on_connect=False))
found = None
for _ in range(12):
    found = found or again(failure, client.read, 1)
    again(failure, server.read, 1)
if found not in (OSError, ValueError):
    print("not refused:", found)
    raise SystemExit(3)

# without a stream and with a wrong one, and everything at once
for bad in (None, 5, io.StringIO):
    try:
        again(client_context.wrap_socket, bad)
    except (OSError, TypeError, ValueError, AttributeError):
        pass
check(again(failure, lambda: client_context.load_verify_locations(cadata=b"bad")), ValueError)
check(again(failure, server_context.load_cert_chain, certs.BOARD, b"bad"), ValueError)
names = again(client_context.get_ciphers)
again(client_context.set_ciphers, names[:5])
x = again(tls.SSLContext, tls.PROTOCOL_DTLS_SERVER)
again(x.load_cert_chain, certs.BOARD, certs.BOARD_KEY)
a, b = again(certs.pipe)
again(lambda: x.wrap_socket(b, do_handshake_on_connect=False, client_id=b"me")).close()
print("done")
