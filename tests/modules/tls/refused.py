# Handshakes that must fail: unknown authority, other name, expired, no certificate, no cipher in common, a callback that refuses.
import certs
try:
    import tls
except ImportError:
    print("SKIP: without mbedTLS")
    raise SystemExit


def contexts():
    c = tls.SSLContext(tls.PROTOCOL_TLS_CLIENT)
    c.load_verify_locations(certs.CA)
    s = tls.SSLContext(tls.PROTOCOL_TLS_SERVER)
    s.load_cert_chain(certs.BOARD, certs.BOARD_KEY)
    return c, s


NO_AGREEMENT = ("NO_USABLE_CIPHERSUITE", "NO_CIPHER_CHOSEN", "HANDSHAKE_FAILURE")  # of mbedTLS 2, 2 and 3


def show(name, c, s, hostname="board.local"):
    client, server, e, f = certs.meet(c, s, hostname)
    if isinstance(f, OSError) and f.args[1][len("MBEDTLS_ERR_SSL_") :] in NO_AGREEMENT:
        f = "no agreement"
    print(name + ":", repr(e), "/", f)
    return client, server


c, s = contexts()
show("good", c, s)
show("other name", c, s, "other.local")
c = tls.SSLContext(tls.PROTOCOL_TLS_CLIENT)
show("no authority", c, s)
c.verify_mode = tls.CERT_NONE
show("nobody checks", c, s, None)
c, s = contexts()
s = tls.SSLContext(tls.PROTOCOL_TLS_SERVER)
s.load_cert_chain(certs.OLD, certs.BOARD_KEY)
show("expired", c, s)
show("no certificate", c, tls.SSLContext(tls.PROTOCOL_TLS_SERVER))
c, s = contexts()
s.verify_mode = tls.CERT_REQUIRED
s.load_verify_locations(certs.CA)
show("the client has none", c, s)
c.load_cert_chain(certs.CLIENT, certs.CLIENT_KEY)
client, server = show("the client has one", c, s)
print(len(server.getpeercert(True)))
c, s = contexts()
c.set_ciphers(["TLS-ECDHE-ECDSA-WITH-AES-128-GCM-SHA256"])
client, server = show("one cipher", c, s)
print(client.cipher())
s.set_ciphers(["TLS-ECDHE-ECDSA-WITH-AES-256-GCM-SHA384"])
show("none in common", c, s)

# the callback sees each certificate from the authority down; a true answer or an exception ends it
c, s = contexts()
c.verify_callback = lambda cert, depth: print("asked", type(cert), len(cert) > 200, depth)
show("callback", c, s)
c.verify_callback = lambda cert, depth: 1
show("callback refuses", c, s)
c.verify_callback = lambda cert, depth: 1 // 0
show("callback raises", c, s)

# pre-shared keys
c = tls.SSLContext(tls.PROTOCOL_TLS_CLIENT)
s = tls.SSLContext(tls.PROTOCOL_TLS_SERVER)
c.psk_identity = b"desk"
c.psk_key = b"1234567890"
s.server_psk_keys = {b"desk": b"1234567890"}
client, server = show("same key", c, s)
print("PSK" in client.cipher()[0])
s.server_psk_keys = {b"desk": b"other"}
show("other key", c, s)
s.server_psk_keys = {}
show("unknown", c, s)
s.server_psk_keys = {b"desk": b"the second", b"other": b"the third"}
show("not changed yet", c, s)
c.psk_key = b"the second"
show("changed", c, s)
print(repr(certs.attempt(setattr, c, "psk_key", b"x" * 500)))
show("too long: the one before", c, s)
c.psk_key = b"the third"
c.psk_identity = b"other"
show("changed both", c, s)
c.psk_key = None
show("taken back", c, s)
c.psk_key = b"the third"
s.server_psk_keys = {b"desk": 5}
show("no key", c, s)

# what is given wrongly
for f in (
    lambda: tls.SSLContext(9),
    lambda: tls.SSLContext("x"),
    lambda: s.load_cert_chain(b"bad", certs.BOARD_KEY),
    lambda: s.load_cert_chain(certs.BOARD, certs.BOARD),
    lambda: s.load_cert_chain(certs.CLIENT, 5),
    lambda: s.load_verify_locations(b"bad"),
    lambda: s.load_verify_locations(None),
    lambda: s.set_ciphers("TLS"),
    lambda: s.set_ciphers([5]),
    lambda: setattr(s, "verify_mode", 7),
    lambda: c.wrap_socket(5),
    lambda: c.wrap_socket(certs.End()),
    lambda: c.wrap_socket(certs.End(), server_hostname=5),
    lambda: c.wrap_socket(certs.End(), server_hostname="x" * 300),
    lambda: c.wrap_socket(certs.End(), server_hostname="x", client_id=b"x", do_handshake_on_connect=False),
):
    try:
        print("no error:", f())
    except Exception as e:
        print(repr(e))
