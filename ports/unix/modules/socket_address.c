// SPDX-License-Identifier: MIT
// Module socket: addresses and names.
//
// Invariants
//  - The desktop shows an address as the host's structure in a bytearray, as MicroPython's Unix port does; a board shows (host, port).
//    Both are taken everywhere, whatever the profile.
//  - Errors of the resolver are OSError with its (negative) number.
#define _GNU_SOURCE
#include "ports/unix/modules/socket.h"
#include "modules/stream.h"
#include "objects/num.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "rt.h"
#include "run/call.h"
#include "run/raise.h"
#include "vfs/vfs.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/un.h>

static bool addresses_are_tuples(void) { return strcmp(rt.profile.platform, "linux") != 0; }

obj_t address_object(const struct address *a) {
    if (!addresses_are_tuples() || (a->at.ss_family != AF_INET && a->at.ss_family != AF_INET6)) return bytearray_new(a->len, &a->at);
    char text[INET6_ADDRSTRLEN] = "";
    const struct sockaddr_in *four = (const struct sockaddr_in *)&a->at;
    const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)&a->at;
    bool is_four = a->at.ss_family == AF_INET;
    inet_ntop(a->at.ss_family, is_four ? (const void *)&four->sin_addr : (const void *)&six->sin6_addr, text, sizeof(text));
    obj_t items[4] = {str_new(text, strlen(text)), OBJ_INT(ntohs(is_four ? four->sin_port : six->sin6_port)), OBJ_INT(0), OBJ_INT(0)};
    if (!is_four) items[3] = int_from_u64(six->sin6_scope_id);
    return tuple_new(is_four ? 2 : 4, items);
}

_Noreturn static void raise_resolver(int failure) {
    if (failure == EAI_SYSTEM) raise_os(errno);
    raise_os(failure > 0 ? -failure : failure);
}

// Asks the resolver. The port is a number or a service's name.
static struct addrinfo *resolve(obj_t host, obj_t port, struct addrinfo *hints) {
    char service[64];
    const char *name = vfs_path_text(host);
    intptr_t number = 0;
    if (obj_get_int_maybe(port, &number)) {
        if (number < 0 || number > 65535) raise_os(EINVAL);
        snprintf(service, sizeof(service), "%d", (int)number);
        hints->ai_flags |= AI_NUMERICSERV;
    } else {
        snprintf(service, sizeof(service), "%s", vfs_path_text(port));
    }
    struct addrinfo *found = NULL;
    int failure = getaddrinfo(name, service, hints, &found);
    if (failure) raise_resolver(failure);
    return found;
}

static void address_from_tuple(obj_t o, int family, struct address *out) {
    size_t n;
    obj_t *items;
    seq_items(o, &n, &items);
    if (n < 2) raise_message(&type_ValueError, "address must be (host, port)");
    struct addrinfo hints = {.ai_family = family};
    struct addrinfo *found = resolve(items[0], items[1], &hints);
    out->len = found->ai_addrlen;
    memcpy(&out->at, found->ai_addr, found->ai_addrlen);
    freeaddrinfo(found);
}

void address_from(obj_t o, int family, struct address *out) {
    memset(out, 0, sizeof(*out));
    if (obj_is_tuple(o) || obj_is(o, &type_list)) {
        address_from_tuple(o, family, out);
        return;
    }
    struct buffer b;
    obj_buffer(o, &b, BUFFER_READ);
    if (obj_is_str(o)) { // a path
        struct sockaddr_un *un = (struct sockaddr_un *)&out->at;
        if (family != AF_UNIX || b.len >= sizeof(un->sun_path)) raise_os(EINVAL);
        un->sun_family = AF_UNIX;
        memcpy(un->sun_path, b.data, b.len);
        out->len = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + b.len + 1);
        return;
    }
    if (b.len > sizeof(out->at) || b.len < sizeof(out->at.ss_family)) raise_os(EINVAL);
    memcpy(&out->at, b.data, b.len);
    out->len = (socklen_t)b.len;
}

struct addresses { // for protect()
    const struct addrinfo *first;
    obj_t list;
};

static void addresses_list(void *data) {
    struct addresses *job = data;
    job->list = list_new(0, NULL);
    for (const struct addrinfo *i = job->first; i; i = i->ai_next) {
        struct address a = {.len = i->ai_addrlen};
        if (i->ai_addrlen > sizeof(a.at)) continue;
        memcpy(&a.at, i->ai_addr, i->ai_addrlen);
        obj_t name = addresses_are_tuples() ? OBJ_QSTR(Q_empty) : OBJ_NONE;
        if (i->ai_canonname) name = str_new(i->ai_canonname, strlen(i->ai_canonname));
        obj_t items[5] = {OBJ_INT(i->ai_family), OBJ_INT(i->ai_socktype), OBJ_INT(i->ai_protocol), name, address_object(&a)};
        list_append(job->list, tuple_new(5, items));
    }
}

// getaddrinfo(host, port, af=0, type=0, proto=0, flags=0)
static obj_t socket_getaddrinfo(size_t n, const obj_t *args) {
    int hint[4] = {0};
    for (size_t i = 2; i < n; i++) hint[i - 2] = (int)obj_get_int(args[i]);
    struct addrinfo hints = {.ai_family = hint[0], .ai_socktype = hint[1], .ai_protocol = hint[2], .ai_flags = hint[3]};
    if (n < 4 || hint[1] == 0) hints.ai_socktype = SOCK_STREAM; // MicroPython's programs take the first answer
    struct addrinfo *found = resolve(args[0], args[1], &hints);
    struct addresses job = {found, OBJ_NULL};
    obj_t exception;
    bool done = protect(addresses_list, &job, &exception);
    freeaddrinfo(found);
    if (!done) raise_object(exception);
    return job.list;
}
const struct builtin socket_getaddrinfo_fn = {BUILTIN_TYPE(FORM_VAR), FORM_VAR, 2, 6, 0, {.var = socket_getaddrinfo}};

static size_t family_size(int family) {
    if (family != AF_INET && family != AF_INET6) raise_os(EAFNOSUPPORT);
    return family == AF_INET ? sizeof(struct in_addr) : sizeof(struct in6_addr);
}

static obj_t socket_inet_pton(obj_t family, obj_t text) {
    unsigned char address[sizeof(struct in6_addr)];
    int af = (int)obj_get_int(family);
    size_t len = family_size(af);
    if (inet_pton(af, vfs_path_text(text), address) != 1) raise_os(EINVAL);
    return bytes_new((const char *)address, len);
}
const struct builtin socket_inet_pton_fn = {BUILTIN_TYPE(FORM_2), FORM_2, 2, 2, 0, {.f2 = socket_inet_pton}};

static obj_t socket_inet_ntop(obj_t family, obj_t address) {
    char text[INET6_ADDRSTRLEN];
    int af = (int)obj_get_int(family);
    struct buffer b;
    obj_buffer(address, &b, BUFFER_READ);
    if (b.len != family_size(af) || !inet_ntop(af, b.data, text, sizeof(text))) raise_os(EINVAL);
    return str_new(text, strlen(text));
}
const struct builtin socket_inet_ntop_fn = {BUILTIN_TYPE(FORM_2), FORM_2, 2, 2, 0, {.f2 = socket_inet_ntop}};

// sockaddr(bytes): (family, address, port[, scope]) of the host's structure, (family, rest) for other families
static obj_t socket_sockaddr(obj_t o) {
    struct buffer b;
    struct address a;
    memset(&a, 0, sizeof(a));
    obj_buffer(o, &b, BUFFER_READ);
    if (b.len < sizeof(a.at.ss_family) || b.len > sizeof(a.at)) raise_os(EINVAL);
    memcpy(&a.at, b.data, b.len);
    const struct sockaddr_in *four = (const struct sockaddr_in *)&a.at;
    const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)&a.at;
    obj_t items[4] = {OBJ_INT(a.at.ss_family), OBJ_NONE, OBJ_INT(0), OBJ_INT(0)};
    if (a.at.ss_family == AF_INET) {
        items[1] = bytes_new((const char *)&four->sin_addr, sizeof(four->sin_addr));
        items[2] = OBJ_INT(ntohs(four->sin_port));
        return tuple_new(3, items);
    }
    if (a.at.ss_family == AF_INET6) {
        items[1] = bytes_new((const char *)&six->sin6_addr, sizeof(six->sin6_addr));
        items[2] = OBJ_INT(ntohs(six->sin6_port));
        items[3] = int_from_u64(six->sin6_scope_id);
        return tuple_new(4, items);
    }
    const size_t head = offsetof(struct sockaddr, sa_data);
    items[1] = bytes_new((const char *)&a.at + head, b.len > head ? b.len - head : 0);
    return tuple_new(2, items);
}
const struct builtin socket_sockaddr_fn = {BUILTIN_TYPE(FORM_1), FORM_1, 1, 1, 0, {.f1 = socket_sockaddr}};
