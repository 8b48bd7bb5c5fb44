# SPDX-License-Identifier: MIT
"""TLS as CPython names it, on the C module tls: contexts that also read files, and the function wrap_socket."""
import tls
from tls import (
    CERT_NONE,
    CERT_OPTIONAL,
    CERT_REQUIRED,
    MBEDTLS_VERSION,
    PROTOCOL_DTLS_CLIENT,
    PROTOCOL_DTLS_SERVER,
    PROTOCOL_TLS_CLIENT,
    PROTOCOL_TLS_SERVER,
)


def _bytes_of(path_or_data):
    if not isinstance(path_or_data, str):
        return path_or_data
    with open(path_or_data, "rb") as f:
        return f.read()


def _forwarded(name):
    return property(lambda self: getattr(self._tls, name), lambda self, value: setattr(self._tls, name, value))


class SSLContext:
    def __init__(self, protocol):
        self._tls = tls.SSLContext(protocol)
        self._tls.verify_mode = CERT_NONE
        self.get_ciphers = self._tls.get_ciphers
        self.set_ciphers = self._tls.set_ciphers

    verify_mode = _forwarded("verify_mode")
    verify_callback = _forwarded("verify_callback")
    psk_identity = _forwarded("psk_identity")
    psk_key = _forwarded("psk_key")
    server_psk_keys = _forwarded("server_psk_keys")

    def load_cert_chain(self, certfile, keyfile):
        self._tls.load_cert_chain(_bytes_of(certfile), _bytes_of(keyfile))

    def load_verify_locations(self, cafile=None, cadata=None):
        self._tls.load_verify_locations(cadata if cafile is None else _bytes_of(cafile))

    def wrap_socket(
        self, sock, server_side=False, do_handshake_on_connect=True, server_hostname=None, client_id=None
    ):
        return self._tls.wrap_socket(
            sock,
            server_side=server_side,
            do_handshake_on_connect=do_handshake_on_connect,
            server_hostname=server_hostname,
            client_id=client_id,
        )


def wrap_socket(sock, server_side=False, key=None, cert=None, cert_reqs=CERT_NONE, cadata=None, server_hostname=None, do_handshake=True):
    context = SSLContext(PROTOCOL_TLS_SERVER if server_side else PROTOCOL_TLS_CLIENT)
    context.verify_mode = cert_reqs
    if key is not None or cert is not None:
        context.load_cert_chain(cert, key)
    if cadata is not None:
        context.load_verify_locations(cadata=cadata)
    return context.wrap_socket(
        sock,
        server_side=server_side,
        do_handshake_on_connect=do_handshake,
        server_hostname=server_hostname,
    )
