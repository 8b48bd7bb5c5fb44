// SPDX-License-Identifier: MIT
// SSLContext: protocol, certificates, ciphers, pre-shared keys; what sockets are made from.
//
// needs: mbedtls
//
// Invariants
//  - Keys and certificates are parsed when they are given; what does not parse leaves the context as it was, with ValueError.
//  - While pre-shared keys are configured only cipher suites with such a key are offered, whatever set_ciphers() said.
//  - Lists of cipher suites, keys and certificates, and mbedTLS's lists of these, live as long as the configuration: a socket may be using
//    an older one.
#include "heap/heap.h"
#include "modules/tls.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "objects/types.h"
#include "rt.h"
#include "run/call.h"
#include "run/raise.h"

#include <mbedtls/error.h>

struct tls_suites { // a list of numbers, ended by 0
    struct tls_suites *older;
    int numbers[];
};

struct tls_own {
    struct tls_own *older;
    mbedtls_x509_crt cert;
    mbedtls_pk_context key;
};

struct tls_order {
    struct tls_order *older;
    mbedtls_ssl_key_cert *list;
};

// ---- life ----------------------------------------------------------------------------------------------------------------
static void own_free(struct tls_own *own) {
    mbedtls_pk_free(&own->key);
    mbedtls_x509_crt_free(&own->cert);
    host_free(own);
}

void tls_config_release(struct tls_config *c) {
    if (!c || --c->holders > 0) return;
    mbedtls_ssl_cookie_free(&c->cookies);
    mbedtls_x509_crt_free(&c->ca_certs);
    mbedtls_ssl_config_free(&c->conf);
    while (c->orders) {
        struct tls_order *order = c->orders;
        c->orders = order->older;
        mbedtls_ssl_config holder;
        mbedtls_ssl_config_init(&holder);
        holder.key_cert = order->list;
        mbedtls_ssl_config_free(&holder);
        host_free(order);
    }
    while (c->own) {
        struct tls_own *own = c->own;
        c->own = own->older;
        own_free(own);
    }
    while (c->suites) {
        struct tls_suites *s = c->suites;
        c->suites = s->older;
        host_free(s);
    }
    host_free(c);
}

static struct tls_context *context_self(obj_t o) {
    obj_t native = obj_native(o, &type_SSLContext);
    if (native == OBJ_NULL) raise_format(&type_TypeError, "argument should be a 'SSLContext' not a '%s'", obj_type_name(o));
    return (struct tls_context *)native;
}

// The certificate of the peer, one after the other from the root; a true answer refuses it.
struct verification {
    obj_t callback;
    const mbedtls_x509_crt *cert;
    int depth;
    bool refused;
};

static void verification_ask(void *data) {
    struct verification *v = data;
    obj_t cert = bytes_new((const char *)v->cert->raw.p, v->cert->raw.len);
    v->refused = obj_true(call_2(v->callback, cert, OBJ_INT(v->depth)));
}

int tls_certificate_ask(void *link, mbedtls_x509_crt *cert, int depth, uint32_t *flags) {
    (void)flags;
    struct tls_socket *s = ((struct tls_link *)link)->owner;
    struct verification v = {((struct tls_context *)s->context)->verify_callback, cert, depth, false};
    if (v.callback == OBJ_NONE) return 0;
    if (!protect(verification_ask, &v, &s->exception)) return MBEDTLS_ERR_ERROR_GENERIC_ERROR;
    return v.refused ? MBEDTLS_ERR_ERROR_GENERIC_ERROR : 0;
}

// TLS 1.2 alone. These are the functions that mbedTLS 2 has too.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
static void config_fix_version(mbedtls_ssl_config *conf) {
    mbedtls_ssl_conf_min_version(conf, MBEDTLS_SSL_MAJOR_VERSION_3, MBEDTLS_SSL_MINOR_VERSION_3);
    mbedtls_ssl_conf_max_version(conf, MBEDTLS_SSL_MAJOR_VERSION_3, MBEDTLS_SSL_MINOR_VERSION_3);
}
#pragma GCC diagnostic pop

static obj_t context_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    args_no_keywords(kw);
    args_check(n, kw, 1, 1, false);
    intptr_t protocol = obj_get_int(args[0]);
    if (protocol < PROTOCOL_TLS_CLIENT || protocol > PROTOCOL_DTLS_SERVER) raise_message(&type_ValueError, "unknown protocol");
    bool server = protocol == PROTOCOL_TLS_SERVER || protocol == PROTOCOL_DTLS_SERVER, datagrams = protocol >= PROTOCOL_DTLS_CLIENT;
    struct tls_context *x = heap_new(8, 0, HEAP_REFS | HEAP_FINAL);
    x->type = type;
    x->verify_callback = x->psk_identity = x->psk_key = x->server_psk_keys = OBJ_NONE;
    x->protocol = (size_t)protocol;
    struct tls_config *c = x->config = host_alloc(sizeof(*c));
    *c = (struct tls_config){.holders = 1};
    mbedtls_ssl_config_init(&c->conf);
    mbedtls_x509_crt_init(&c->ca_certs);
    mbedtls_ssl_cookie_init(&c->cookies);
    int error = mbedtls_ssl_config_defaults(&c->conf, server ? MBEDTLS_SSL_IS_SERVER : MBEDTLS_SSL_IS_CLIENT,
        datagrams ? MBEDTLS_SSL_TRANSPORT_DATAGRAM : MBEDTLS_SSL_TRANSPORT_STREAM, MBEDTLS_SSL_PRESET_DEFAULT);
    if (error) tls_raise(error, 0);
    mbedtls_ssl_conf_rng(&c->conf, tls_random, NULL);
    config_fix_version(&c->conf);
    x->verify_mode = server ? MBEDTLS_SSL_VERIFY_NONE : MBEDTLS_SSL_VERIFY_REQUIRED;
    mbedtls_ssl_conf_authmode(&c->conf, (int)x->verify_mode);
    if (protocol == PROTOCOL_DTLS_SERVER) {
        if ((error = mbedtls_ssl_cookie_setup(&c->cookies, tls_random, NULL))) tls_raise(error, 0);
        mbedtls_ssl_conf_dtls_cookies(&c->conf, mbedtls_ssl_cookie_write, mbedtls_ssl_cookie_check, &c->cookies);
    }
    return OBJ_PTR(x);
}

static obj_t context_del(obj_t self) {
    struct tls_context *x = context_self(self);
    tls_config_release(x->config);
    x->config = NULL;
    return OBJ_NONE;
}
BUILTIN_1(context_del_fn, context_del);

static struct tls_context *context_open_self(obj_t o) {
    struct tls_context *x = context_self(o);
    if (!x->config) raise_message(&type_ValueError, "context is closed");
    return x;
}

// ---- keys and certificates -----------------------------------------------------------------------------------------------
// A copy in host memory with a NUL behind it, which the reader of PEM texts wants and counts.
struct pem {
    unsigned char *data;
    size_t len;
};

static struct pem pem_copy(obj_t o) {
    struct buffer b;
    obj_buffer(o, &b, BUFFER_READ);
    struct pem p = {host_alloc(b.len + 1), b.len};
    if (b.len) memcpy(p.data, b.data, b.len);
    p.data[b.len] = 0;
    if (strstr((const char *)p.data, "-----BEGIN ")) p.len++;
    return p;
}

// mbedTLS 3 wants random numbers too, for blinding while it looks at the key.
typedef int (*key_parser_2)(mbedtls_pk_context *, const unsigned char *, size_t, const unsigned char *, size_t);
typedef int (*random_source)(void *, unsigned char *, size_t);
typedef int (*key_parser_3)(mbedtls_pk_context *, const unsigned char *, size_t, const unsigned char *, size_t, random_source, void *);
typedef void (*any_function)(void);

static inline int key_parse_2(any_function f, mbedtls_pk_context *key, struct pem p) {
    return ((key_parser_2)f)(key, p.data, p.len, NULL, 0);
}

static inline int key_parse_3(any_function f, mbedtls_pk_context *key, struct pem p) {
    return ((key_parser_3)f)(key, p.data, p.len, NULL, 0, tls_random, NULL);
}

static int own_parse(struct tls_own *own, bool key, obj_t from) {
    struct pem p = pem_copy(from);
    int failed = key ? _Generic(&mbedtls_pk_parse_key, key_parser_2: key_parse_2, key_parser_3: key_parse_3)
                           ((any_function)mbedtls_pk_parse_key, &own->key, p)
                     : mbedtls_x509_crt_parse(&own->cert, p.data, p.len);
    host_free(p.data);
    return failed;
}

// The newest pair comes first in the list that mbedTLS looks through, which can only be added to: a new list is made.
static int own_use(struct tls_config *c, struct tls_own *newest) {
    struct tls_order *order = host_alloc(sizeof(*order));
    *order = (struct tls_order){c->orders, c->conf.key_cert};
    c->orders = order;
    c->conf.key_cert = NULL;
    int error = 0;
    for (struct tls_own *own = newest; own && !error; own = own->older) error = mbedtls_ssl_conf_own_cert(&c->conf, &own->cert, &own->key);
    return error;
}

static obj_t context_load_cert_chain(obj_t self, obj_t cert, obj_t key) {
    struct tls_config *c = context_open_self(self)->config;
    struct buffer b;
    obj_buffer(key, &b, BUFFER_READ);
    struct tls_own *own = host_alloc(sizeof(*own));
    mbedtls_pk_init(&own->key);
    mbedtls_x509_crt_init(&own->cert);
    bool bad_key = own_parse(own, true, key) != 0, no_cert = !obj_buffer_maybe(cert, &b, BUFFER_READ);
    if (bad_key || no_cert || own_parse(own, false, cert) != 0) {
        own_free(own);
        if (!bad_key && no_cert) raise_message(&type_TypeError, "object with buffer protocol required");
        raise_message(&type_ValueError, bad_key ? "invalid key" : "invalid cert");
    }
    own->older = c->own;
    c->own = own;
    int error = own_use(c, own);
    if (error) tls_raise(error, 0);
    return OBJ_NONE;
}
BUILTIN_3(context_load_cert_chain_fn, context_load_cert_chain);

static obj_t context_load_verify_locations(obj_t self, obj_t cadata) {
    struct tls_config *c = context_open_self(self)->config;
    struct pem p = pem_copy(cadata);
    mbedtls_x509_crt trial;
    mbedtls_x509_crt_init(&trial);
    int failed = mbedtls_x509_crt_parse(&trial, p.data, p.len);
    if (!failed) failed = mbedtls_x509_crt_parse(&c->ca_certs, p.data, p.len);
    mbedtls_x509_crt_free(&trial);
    host_free(p.data);
    if (failed) raise_message(&type_ValueError, "invalid cert");
    mbedtls_ssl_conf_ca_chain(&c->conf, &c->ca_certs, NULL);
    return OBJ_NONE;
}
BUILTIN_2(context_load_verify_locations_fn, context_load_verify_locations);

// ---- ciphers -----------------------------------------------------------------------------------------------------------------
static obj_t context_get_ciphers(obj_t self) {
    context_open_self(self);
    obj_t names = list_new(0, NULL);
    for (const int *suite = mbedtls_ssl_list_ciphersuites(); *suite; suite++) {
        const char *name = mbedtls_ssl_get_ciphersuite_name(*suite);
        list_append(names, str_new(name, strlen(name)));
    }
    return names;
}
BUILTIN_1(context_get_ciphers_fn, context_get_ciphers);

static struct tls_suites *suites_new(struct tls_config *c, size_t most) {
    struct tls_suites *s = host_alloc(sizeof(*s) + (most + 1) * sizeof(int));
    s->older = c->suites;
    s->numbers[0] = 0;
    c->suites = s;
    return s;
}

static obj_t context_set_ciphers(obj_t self, obj_t names) {
    struct tls_config *c = context_open_self(self)->config;
    size_t n;
    obj_t *items;
    seq_items(names, &n, &items);
    for (size_t i = 0; i < n; i++)
        if (!mbedtls_ssl_get_ciphersuite_id(str_data(items[i], NULL))) tls_raise(MBEDTLS_ERR_SSL_BAD_CONFIG, 0);
    struct tls_suites *s = suites_new(c, n);
    for (size_t i = 0; i < n; i++) s->numbers[i] = mbedtls_ssl_get_ciphersuite_id(str_data(items[i], NULL));
    s->numbers[n] = 0;
    mbedtls_ssl_conf_ciphersuites(&c->conf, s->numbers);
    return OBJ_NONE;
}
BUILTIN_2(context_set_ciphers_fn, context_set_ciphers);

// ---- pre-shared keys -----------------------------------------------------------------------------------------------------------
static void context_limit_to_psk(struct tls_config *c) {
    const int *all = mbedtls_ssl_list_ciphersuites();
    size_t count = 0, used = 0;
    while (all[count]) count++;
    struct tls_suites *s = suites_new(c, count);
    for (size_t i = 0; i < count; i++)
        if (strstr(mbedtls_ssl_get_ciphersuite_name(all[i]), "-PSK-")) s->numbers[used++] = all[i];
    s->numbers[used] = 0;
    mbedtls_ssl_conf_ciphersuites(&c->conf, s->numbers);
}

struct psk_question {
    obj_t keys;
    const unsigned char *identity;
    size_t len;
    mbedtls_ssl_context *ssl;
    int answer;
};

static void psk_ask(void *data) {
    struct psk_question *q = data;
    obj_t key = call_method_1(q->keys, Q_get, bytes_new((const char *)q->identity, q->len));
    struct buffer b;
    if (obj_buffer_maybe(key, &b, BUFFER_READ)) q->answer = mbedtls_ssl_set_hs_psk(q->ssl, b.data, b.len);
}

static int psk_find(void *unused, mbedtls_ssl_context *ssl, const unsigned char *identity, size_t len) {
    (void)unused;
    struct tls_socket *s = ((struct tls_link *)ssl)->owner;
    struct psk_question q = {((struct tls_context *)s->context)->server_psk_keys, identity, len, ssl, MBEDTLS_ERR_SSL_UNKNOWN_IDENTITY};
    if (q.keys != OBJ_NONE) protect(psk_ask, &q, &s->exception);
    return q.answer;
}

static void psk_move(mbedtls_ssl_config *to, mbedtls_ssl_config *from) {
    to->psk = from->psk;
    to->psk_len = from->psk_len;
    to->psk_identity = from->psk_identity;
    to->psk_identity_len = from->psk_identity_len;
    from->psk = from->psk_identity = NULL;
    from->psk_len = from->psk_identity_len = 0;
}

// Takes another key, or none (NULL). mbedTLS 3 refuses to replace one, so the old one is moved out; an error leaves it in use.
static int config_psk(mbedtls_ssl_config *conf, const struct buffer *key, const struct buffer *identity) {
    mbedtls_ssl_config old;
    mbedtls_ssl_config_init(&old);
    psk_move(&old, conf);
    int error = key ? mbedtls_ssl_conf_psk(conf, key->data, key->len, identity->data, identity->len) : 0;
    if (error) psk_move(conf, &old);
    mbedtls_ssl_config_free(&old);
    return error;
}

static void context_apply_psk(struct tls_context *x) {
    struct tls_config *c = x->config;
    bool client = x->psk_identity != OBJ_NONE && x->psk_key != OBJ_NONE, server = x->server_psk_keys != OBJ_NONE;
    if (!client) config_psk(&c->conf, NULL, NULL);
    if (!client && !server) {
        mbedtls_ssl_conf_ciphersuites(&c->conf, mbedtls_ssl_list_ciphersuites());
        return;
    }
    if (client) {
        struct buffer identity, key;
        obj_buffer(x->psk_identity, &identity, BUFFER_READ);
        obj_buffer(x->psk_key, &key, BUFFER_READ);
        int error = config_psk(&c->conf, &key, &identity);
        if (error) tls_raise(error, 0);
    }
    if (server) mbedtls_ssl_conf_psk_cb(&c->conf, psk_find, NULL);
    context_limit_to_psk(c);
}

// ---- attributes ------------------------------------------------------------------------------------------------------------------
static obj_t *context_field(struct tls_context *x, qstr_t name) {
    switch (name) {
    case Q_verify_callback: return &x->verify_callback;
    case Q_psk_identity: return &x->psk_identity;
    case Q_psk_key: return &x->psk_key;
    case Q_server_psk_keys: return &x->server_psk_keys;
    default: return NULL;
    }
}

static void context_store(struct tls_context *x, qstr_t name, obj_t value) {
    if (name == Q_verify_mode) {
        intptr_t mode = obj_get_int(value);
        if (mode < MBEDTLS_SSL_VERIFY_NONE || mode > MBEDTLS_SSL_VERIFY_REQUIRED) raise_message(&type_ValueError, "unknown verify_mode");
        x->verify_mode = (size_t)mode;
        mbedtls_ssl_conf_authmode(&x->config->conf, (int)mode);
        return;
    }
    *context_field(x, name) = value;
    if (name != Q_verify_callback) context_apply_psk(x);
}

static void context_attr(obj_t self, qstr_t name, obj_t value, obj_t out[2]) {
    struct tls_context *x = context_self(self);
    obj_t *field = context_field(x, name);
    if (!field && name != Q_verify_mode) return;
    if (value == OBJ_NULL) {
        out[0] = field ? *field : OBJ_INT(x->verify_mode);
    } else if (value != OBJ_SENTINEL && x->config) {
        context_store(x, name, value);
        out[0] = OBJ_NULL;
    }
}

static obj_t context_wrap_socket(size_t n, size_t kw, const obj_t *args) {
    enum { SELF, STREAM, SERVER, HANDSHAKE, HOSTNAME, CLIENT };
    static const struct arg_spec spec[] = {{Q_self, ARG_OBJ, ARG_REQUIRED, {.obj = OBJ_NULL}},
                                           {Q_sock, ARG_OBJ, ARG_REQUIRED, {.obj = OBJ_NULL}},
                                           {Q_server_side, ARG_BOOL, ARG_KW_ONLY, {.b = false}},
                                           {Q_do_handshake_on_connect, ARG_BOOL, ARG_KW_ONLY, {.b = true}},
                                           {Q_server_hostname, ARG_OBJ, ARG_KW_ONLY, {.obj = OBJ_NONE}},
                                           {Q_client_id, ARG_OBJ, ARG_KW_ONLY, {.obj = OBJ_NONE}}};
    union arg_value v[6];
    args_parse(n, kw, args, 6, spec, v);
    context_open_self(v[SELF].obj);
    return tls_socket_new(obj_native(v[SELF].obj, &type_SSLContext), v[STREAM].obj, v[HANDSHAKE].b, v[HOSTNAME].obj, v[CLIENT].obj);
}
BUILTIN_KW(context_wrap_socket_fn, 1, 255, context_wrap_socket);

static const struct map_slot context_members[] = {
    MEMBER(__del__, &context_del_fn),
    MEMBER(get_ciphers, &context_get_ciphers_fn),
    MEMBER(load_cert_chain, &context_load_cert_chain_fn),
    MEMBER(load_verify_locations, &context_load_verify_locations_fn),
    MEMBER(set_ciphers, &context_set_ciphers_fn),
    MEMBER(wrap_socket, &context_wrap_socket_fn),
};
static FIXED_DICT(context_dict, context_members);
static const struct type_ops context_ops = {.construct = context_construct, .attr = context_attr};
const struct type type_SSLContext = {
    .type = &type_type, .name = Q_SSLContext, .flags = TYPE_HAS_FINALISER, .ops = &context_ops, .members = &context_dict};
