# A TLS context and a connection take little of the heap, mbedTLS works in the host's memory; MicroPython prints False.
import gc
import io

try:
    import tls
except ImportError:
    print("SKIP: without mbedTLS")
    raise SystemExit

context = tls.SSLContext(tls.PROTOCOL_TLS_SERVER)
stream = io.BytesIO()
before = gc.mem_alloc()
connection = context.wrap_socket(stream, do_handshake_on_connect=False)
print(gc.mem_alloc() - before < 1000)
