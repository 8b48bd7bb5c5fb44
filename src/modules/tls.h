// SPDX-License-Identifier: MIT
// What the files of module tls share: tls.c (the module, errors), tls_context.c (SSLContext), tls_socket.c (SSLSocket).
//
// needs: mbedtls
//
// Invariants
//  - The structures of mbedTLS are host memory. A context's are counted: the SSLContext holds them once and each SSLSocket once, because a
//    collection finalises objects in any order.
//  - mbedTLS 2.28 and 3.6 are used through what both have. Where they differ, constants and types of their headers choose, not the
//    preprocessor. TLS 1.2 is spoken with both: what a script sees depends as little as can be on the library of the host.
//  - No Python exception passes through a frame of mbedTLS: callbacks run protected, keep the exception in `struct tls_socket`, and answer
//    an error; tls_socket.c raises when mbedTLS has returned.
#ifndef SRC_TLS_H
#define SRC_TLS_H

#include "obj.h"

#define MBEDTLS_ALLOW_PRIVATE_ACCESS // mbedTLS 3 renames members otherwise
#include <mbedtls/pk.h>
#include <mbedtls/ssl.h>
#include <mbedtls/ssl_cookie.h>
#include <mbedtls/x509_crt.h>

enum tls_protocol { PROTOCOL_TLS_CLIENT, PROTOCOL_TLS_SERVER, PROTOCOL_DTLS_CLIENT, PROTOCOL_DTLS_SERVER };

struct tls_config { // host memory
    size_t holders;
    mbedtls_ssl_config conf;
    mbedtls_x509_crt ca_certs;
    struct tls_own *own; // certificates with their keys, newest first
    struct tls_order *orders; // the lists of mbedTLS that were in use, newest first
    mbedtls_ssl_cookie_ctx cookies;
    struct tls_suites *suites; // lists that were in use, newest first
};
struct tls_context { // 8 words
    const struct type *type;
    struct tls_config *config;
    obj_t verify_callback, psk_identity, psk_key, server_psk_keys; // None or what the program stored
    size_t protocol, verify_mode;
};
struct tls_link { // host memory: one connection
    mbedtls_ssl_context ssl; // first: callbacks that get it find the rest
    struct tls_config *config;
    struct tls_socket *owner;
    uint64_t timer_start;            // microseconds
    uint32_t timer_some, timer_all;  // milliseconds; timer_all 0: no timer runs
};
struct tls_socket { // 8 words
    const struct type *type;
    obj_t stream, context;
    obj_t exception;       // of a callback, to be raised when mbedTLS has returned; OBJ_NULL: none
    struct tls_link *link; // NULL: closed
    intptr_t failure;      // of mbedTLS, after which it must not be asked again; 0: none
    intptr_t stream_error; // errno of the stream in the running call, 0: none
    struct { short read, write; } wants; // what the stream must be ready for before a read, a write can go on
};

void tls_config_release(struct tls_config *c);
obj_t tls_socket_new(obj_t context, obj_t stream, bool handshake, obj_t hostname, obj_t client_id);
int tls_certificate_ask(void *link, mbedtls_x509_crt *cert, int depth, uint32_t *flags); // callback of mbedTLS
int tls_random(void *unused, unsigned char *out, size_t len);
_Noreturn void tls_raise(int error, uint32_t verify_flags); // OSError(number, name); ValueError for certificates that are refused
extern const struct type type_SSLContext, type_SSLSocket;

#endif
