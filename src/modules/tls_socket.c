// SPDX-License-Identifier: MIT
// SSLSocket: a stream that speaks TLS or DTLS over another stream.
//
// needs: mbedtls
//
// Invariants
//  - The address of the SSLSocket is what mbedTLS hands to the callbacks that read and write: it never moves.
//  - An error of the stream below (also a time-out or Ctrl-C) looks to mbedTLS like "not ready": the connection can be used afterwards.
//  - After an error of mbedTLS it is not asked again: reads and writes raise that error, poll answers STREAM_INVALID.
//  - A handshake that was put off goes on in reads and writes; `wants` remembers what the stream must be ready for, so that polling
//    for reading may mean waiting to write.
#include "heap/heap.h"
#include "host.h"
#include "modules/stream.h"
#include "modules/tls.h"
#include "objects/map.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "objects/types.h"
#include "rt.h"
#include "run/raise.h"
#include "run/vm.h"
#include "run/wait.h"

#include <errno.h>

static struct tls_socket *tls_self(obj_t o) {
    obj_t native = obj_native(o, &type_SSLSocket);
    if (native == OBJ_NULL) raise_format(&type_TypeError, "argument should be a 'SSLSocket' not a '%s'", obj_type_name(o));
    return (struct tls_socket *)native;
}

// ---- the stream below ------------------------------------------------------------------------------------------------------
struct transfer {
    struct tls_socket *s;
    void *data;
    size_t len;
    ptrdiff_t done;
};

static void transfer_read(void *data) {
    struct transfer *t = data;
    int error = 0;
    t->done = obj_stream(t->s->stream)->read(t->s->stream, t->data, t->len, &error);
    if (t->done < 0) t->s->stream_error = error;
}

static void transfer_write(void *data) {
    struct transfer *t = data;
    int error = 0;
    t->done = obj_stream(t->s->stream)->write(t->s->stream, t->data, t->len, &error);
    if (t->done < 0) t->s->stream_error = error;
}

static int tls_receive(void *owner, unsigned char *data, size_t len) {
    struct transfer t = {owner, data, len, -1};
    protect(transfer_read, &t, &t.s->exception);
    return t.done < 0 ? MBEDTLS_ERR_SSL_WANT_READ : (int)t.done;
}

static int tls_send(void *owner, const unsigned char *data, size_t len) {
    struct transfer t = {owner, (void *)(uintptr_t)data, len, -1};
    protect(transfer_write, &t, &t.s->exception);
    return t.done < 0 ? MBEDTLS_ERR_SSL_WANT_WRITE : (int)t.done;
}

// Timers of DTLS: what is lost is sent again by the next call after they ran out.
static void timer_set(void *data, uint32_t some, uint32_t all) {
    struct tls_link *l = data;
    l->timer_start = host_ticks_us();
    l->timer_some = some;
    l->timer_all = all;
}

static int timer_get(void *data) {
    struct tls_link *l = data;
    if (l->timer_all == 0) return -1;
    uint64_t passed = (host_ticks_us() - l->timer_start) / 1000;
    return (passed >= l->timer_some) + (passed >= l->timer_all);
}

// ---- calls of mbedTLS and what they answer ---------------------------------------------------------------------------------
static void link_free(struct tls_socket *s) {
    struct tls_link *l = s->link;
    s->link = NULL;
    if (!l) return;
    mbedtls_ssl_free(&l->ssl);
    tls_config_release(l->config);
    host_free(l);
}

// After a call: what callbacks left behind is raised. True: not ready, `wants` tells for what. False: the answer is good, or the end.
static bool tls_not_ready(struct tls_socket *s, int answer, short *wants, short usual) {
    obj_t exception = s->exception;
    int stream_error = (int)s->stream_error;
    bool waits = answer == MBEDTLS_ERR_SSL_WANT_READ || answer == MBEDTLS_ERR_SSL_WANT_WRITE;
    s->exception = OBJ_NULL;
    s->stream_error = 0;
    if (answer < 0 && !waits && answer != MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY) s->failure = answer;
    if (answer == MBEDTLS_ERR_SSL_NO_CLIENT_CERTIFICATE) // the one refusal that the peer is not told by itself
        mbedtls_ssl_send_alert_message(&s->link->ssl, MBEDTLS_SSL_ALERT_LEVEL_FATAL, MBEDTLS_SSL_ALERT_MSG_HANDSHAKE_FAILURE);
    if (exception != OBJ_NULL) raise_object(exception);
    if (waits && stream_error != 0 && stream_error != EAGAIN) raise_os(stream_error);
    if (s->failure) tls_raise((int)s->failure, mbedtls_ssl_get_verify_result(&s->link->ssl));
    *wants = answer == MBEDTLS_ERR_SSL_WANT_READ ? STREAM_READABLE : answer == MBEDTLS_ERR_SSL_WANT_WRITE ? STREAM_WRITABLE : usual;
    return waits;
}

static bool tls_usable(struct tls_socket *s, int *error) {
    *error = EBADF;
    if (!s->link) return false;
    if (s->failure) tls_raise((int)s->failure, 0);
    *error = EAGAIN;
    return true;
}

static ptrdiff_t tls_read(obj_t self, void *data, size_t len, int *error) {
    struct tls_socket *s = tls_self(self);
    if (!tls_usable(s, error)) return -1;
    if (len == 0) return 0;
    stack_check();
    int n = mbedtls_ssl_read(&s->link->ssl, data, len);
    if (!s->link) return -1; // a callback closed it
    if (tls_not_ready(s, n, &s->wants.read, STREAM_READABLE)) return -1;
    if (n == 0 && s->link->ssl.in_left > 0) { // the stream ended inside a record
        s->failure = MBEDTLS_ERR_SSL_CONN_EOF;
        tls_raise(MBEDTLS_ERR_SSL_CONN_EOF, 0);
    }
    return n > 0 ? n : 0; // the end: the peer's farewell, or that of the stream
}

static ptrdiff_t tls_write(obj_t self, const void *data, size_t len, int *error) {
    struct tls_socket *s = tls_self(self);
    if (!tls_usable(s, error)) return -1;
    if (len == 0) return 0;
    stack_check();
    int n = mbedtls_ssl_write(&s->link->ssl, data, len);
    if (!s->link) return -1;
    return tls_not_ready(s, n, &s->wants.write, STREAM_WRITABLE) ? -1 : n;
}

// Waits until the stream may be ready. Only native streams are asked for a descriptor.
static void stream_wait(obj_t stream, short wants) {
    enum { PAUSE_US = 1000, RESEND_US = 100000 };
    int error = 0;
    const struct stream_ops *ops = obj_stream(stream);
    bool native = !(obj_type(stream)->flags & TYPE_CLASS);
    ptrdiff_t fd = native && ops->ioctl ? ops->ioctl(stream, STREAM_FILENO, 0, &error) : -1;
    if (fd >= 0) {
        wait_ready_one((int)fd, wants, RESEND_US);
        return;
    }
    if (rt.poll) poll_run();
    host_sleep_us(PAUSE_US);
}

static void tls_handshake(void *data) {
    struct tls_socket *s = data;
    for (;;) {
        int answer = mbedtls_ssl_handshake(&s->link->ssl);
        if (!tls_not_ready(s, answer, &s->wants.read, STREAM_READABLE)) break;
        stream_wait(s->stream, s->wants.read);
    }
    s->wants.read = STREAM_READABLE;
}

// ---- making one --------------------------------------------------------------------------------------------------------------
static void link_setup(struct tls_socket *s, struct tls_context *x, obj_t hostname, obj_t client_id) {
    struct tls_link *l = s->link;
    int error = mbedtls_ssl_setup(&l->ssl, &l->config->conf);
    if (error == 0) error = mbedtls_ssl_set_hostname(&l->ssl, hostname == OBJ_NONE ? NULL : str_data(hostname, NULL));
    if (error == 0 && client_id != OBJ_NONE) {
        struct buffer b;
        error = MBEDTLS_ERR_SSL_BAD_INPUT_DATA;
        if (obj_buffer_maybe(client_id, &b, BUFFER_READ) && x->protocol == PROTOCOL_DTLS_SERVER)
            error = mbedtls_ssl_set_client_transport_id(&l->ssl, b.data, b.len);
    }
    if (error) {
        link_free(s);
        tls_raise(error, 0);
    }
    mbedtls_ssl_set_verify(&l->ssl, tls_certificate_ask, l);
    mbedtls_ssl_set_timer_cb(&l->ssl, l, timer_set, timer_get);
    mbedtls_ssl_set_bio(&l->ssl, s, tls_send, tls_receive, NULL);
}

obj_t tls_socket_new(obj_t context, obj_t stream, bool handshake, obj_t hostname, obj_t client_id) {
    struct tls_context *x = (struct tls_context *)context;
    const struct stream_ops *ops = obj_stream(stream);
    if (!ops->read || !ops->write) raise_message(&type_OSError, "stream operation not supported");
    if (hostname != OBJ_NONE) str_data(hostname, NULL);
    bool client = x->protocol == PROTOCOL_TLS_CLIENT || x->protocol == PROTOCOL_DTLS_CLIENT;
    if (client && x->verify_mode == MBEDTLS_SSL_VERIFY_REQUIRED && hostname == OBJ_NONE)
        raise_message(&type_ValueError, "CERT_REQUIRED requires server_hostname");
    struct tls_socket *s = heap_new(8, 0, HEAP_REFS | HEAP_FINAL);
    s->type = &type_SSLSocket;
    s->stream = stream;
    s->context = context;
    s->wants.read = STREAM_READABLE;
    s->wants.write = STREAM_WRITABLE;
    s->link = host_alloc(sizeof(*s->link));
    *s->link = (struct tls_link){.config = x->config, .owner = s};
    x->config->holders++;
    mbedtls_ssl_init(&s->link->ssl);
    link_setup(s, x, hostname, client_id);
    obj_t exception;
    if (handshake && !protect(tls_handshake, s, &exception)) {
        link_free(s);
        raise_object(exception);
    }
    return OBJ_PTR(s);
}

// ---- requests ------------------------------------------------------------------------------------------------------------------
static ptrdiff_t tls_poll(struct tls_socket *s, short wanted, int *error) {
    if (!s->link || s->failure) return STREAM_INVALID;
    short ready = 0;
    if (wanted & STREAM_READABLE && mbedtls_ssl_check_pending(&s->link->ssl)) {
        ready = STREAM_READABLE;
        wanted &= ~STREAM_READABLE;
        if (!(wanted & STREAM_WRITABLE)) return ready;
    }
    short below = wanted & ~(STREAM_READABLE | STREAM_WRITABLE);
    if (wanted & STREAM_READABLE) below |= s->wants.read;
    if (wanted & STREAM_WRITABLE) below |= s->wants.write;
    const struct stream_ops *ops = obj_stream(s->stream);
    if (!ops->ioctl) {
        *error = EINVAL;
        return -1;
    }
    ptrdiff_t found = ops->ioctl(s->stream, STREAM_POLL, (uintptr_t)below, error);
    if (found < 0) return found;
    if (wanted & STREAM_READABLE && found & s->wants.read) ready |= STREAM_READABLE;
    if (wanted & STREAM_WRITABLE && found & s->wants.write) ready |= STREAM_WRITABLE;
    return ready | (found & ~(STREAM_READABLE | STREAM_WRITABLE));
}

// Says farewell when that needs no waiting.
static void tls_farewell(void *data) {
    struct tls_socket *s = data;
    const struct stream_ops *ops = obj_stream(s->stream);
    bool native = !(obj_type(s->stream)->flags & TYPE_CLASS);
    int error;
    if (native && ops->ioctl && !(ops->ioctl(s->stream, STREAM_POLL, STREAM_WRITABLE, &error) & STREAM_WRITABLE)) return;
    mbedtls_ssl_close_notify(&s->link->ssl);
}

static ptrdiff_t tls_close(struct tls_socket *s, int *error) {
    if (!s->link) return 0;
    if (!s->failure && mbedtls_ssl_get_ciphersuite(&s->link->ssl)) protect(tls_farewell, s, NULL);
    s->exception = OBJ_NULL;
    link_free(s);
    const struct stream_ops *ops = obj_stream(s->stream);
    return ops->ioctl ? ops->ioctl(s->stream, STREAM_CLOSE, 0, error) : 0;
}

static ptrdiff_t tls_ioctl(obj_t self, unsigned request, uintptr_t arg, int *error) {
    struct tls_socket *s = tls_self(self);
    switch (request) {
    case STREAM_POLL: return tls_poll(s, (short)arg, error);
    case STREAM_CLOSE: return tls_close(s, error);
    case STREAM_FLUSH: return 0;
    default: *error = EINVAL; return -1;
    }
}

// ---- methods -----------------------------------------------------------------------------------------------------------------------
static struct tls_socket *tls_open_self(obj_t o) {
    struct tls_socket *s = tls_self(o);
    if (!s->link) raise_os(EBADF);
    return s;
}

static obj_t tls_setblocking(obj_t self, obj_t on) { return call_method_1(tls_self(self)->stream, Q_setblocking, on); }
BUILTIN_2(tls_setblocking_fn, tls_setblocking);

static obj_t text_or_none(const char *text) { return text ? str_new(text, strlen(text)) : OBJ_NONE; }

static obj_t tls_cipher(obj_t self) {
    mbedtls_ssl_context *ssl = &tls_open_self(self)->link->ssl;
    obj_t pair[2] = {text_or_none(mbedtls_ssl_get_ciphersuite(ssl)), OBJ_NONE};
    pair[1] = text_or_none(mbedtls_ssl_get_version(ssl));
    return tuple_new(2, pair);
}
BUILTIN_1(tls_cipher_fn, tls_cipher);

static obj_t tls_getpeercert(size_t n, const obj_t *args) {
    struct tls_socket *s = tls_open_self(args[0]);
    if (n < 2 || !obj_true(args[1])) raise_type(&type_NotImplementedError); // only the binary form
    const mbedtls_x509_crt *cert = mbedtls_ssl_get_peer_cert(&s->link->ssl);
    return cert ? bytes_new((const char *)cert->raw.p, cert->raw.len) : OBJ_NONE;
}
BUILTIN_VAR(tls_getpeercert_fn, 1, 2, tls_getpeercert);

static obj_t tls_del(obj_t self) {
    link_free(tls_self(self));
    return OBJ_NONE;
}
BUILTIN_1(tls_del_fn, tls_del);

static const struct map_slot tls_socket_members[] = {
    MEMBER(__del__, &tls_del_fn),
    MEMBER(cipher, &tls_cipher_fn),
    MEMBER(close, &stream_close_fn),
    MEMBER(getpeercert, &tls_getpeercert_fn),
    MEMBER(ioctl, &stream_ioctl_fn),
    MEMBER(read, &stream_read_fn),
    MEMBER(readinto, &stream_readinto_fn),
    MEMBER(readline, &stream_readline_fn),
    MEMBER(recv, &stream_read1_fn),
    MEMBER(send, &stream_write_fn),
    MEMBER(setblocking, &tls_setblocking_fn),
    MEMBER(write, &stream_write_fn),
};
static FIXED_DICT(tls_socket_dict, tls_socket_members);
static const struct stream_ops tls_stream = {tls_read, tls_write, tls_ioctl, false};
static const struct type_ops tls_socket_ops = {.stream = &tls_stream};
const struct type type_SSLSocket = {
    .type = &type_type, .name = Q_SSLSocket, .flags = TYPE_HAS_FINALISER, .ops = &tls_socket_ops, .members = &tls_socket_dict};
