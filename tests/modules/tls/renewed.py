# A context given another certificate: new connections use the newest, those that exist go on. What no name needs works without one.
import certs
import gc
try:
    import tls
except ImportError:
    print("SKIP: without mbedTLS")
    raise SystemExit


def trusting():
    c = tls.SSLContext(tls.PROTOCOL_TLS_CLIENT)
    c.load_verify_locations(certs.CA)
    return c


server_context = tls.SSLContext(tls.PROTOCOL_TLS_SERVER)
server_context.load_cert_chain(certs.OLD, certs.BOARD_KEY)
lax = tls.SSLContext(tls.PROTOCOL_TLS_CLIENT)
lax.verify_mode = tls.CERT_NONE
first = certs.meet(lax, server_context)
print(first[2:], repr(certs.meet(trusting(), server_context)[2]))
server_context.load_cert_chain(certs.CLIENT, certs.CLIENT_KEY)
server_context.load_cert_chain(certs.BOARD, certs.BOARD_KEY)
second = certs.meet(trusting(), server_context)
print(second[2:])
for bad in (b"", b"-----BEGIN CERTIFICATE-----\n", certs.BOARD_KEY):
    print(repr(certs.attempt(server_context.load_cert_chain, bad, certs.BOARD_KEY)))
third = certs.meet(trusting(), server_context)
print(third[2:], third[0].getpeercert(True) == second[0].getpeercert(True), first[0].getpeercert(True) == second[0].getpeercert(True))
del server_context
gc.collect()
for client, server, _, _ in (first, second, third):
    print(server.write(b"still here"), client.read(20))

# a client shows its newest certificate too
server_context = tls.SSLContext(tls.PROTOCOL_TLS_SERVER)
server_context.load_cert_chain(certs.BOARD, certs.BOARD_KEY)
server_context.load_verify_locations(certs.CA)
server_context.verify_mode = tls.CERT_REQUIRED
client_context = trusting()
client_context.load_cert_chain(certs.OLD, certs.BOARD_KEY)
print(repr(certs.meet(client_context, server_context)[3]))
client_context.load_cert_chain(certs.CLIENT, certs.CLIENT_KEY)
print(certs.meet(client_context, server_context)[2:])

# the authority is asked about, the name is not
client_context = trusting()
client_context.verify_mode = tls.CERT_OPTIONAL
client, server, e, f = certs.meet(client_context, server_context, None)
print(e, repr(f))
server_context.verify_mode = tls.CERT_NONE
print(certs.meet(client_context, server_context, None)[2:])
print(certs.meet(client_context, server_context, "board.local")[2:])
