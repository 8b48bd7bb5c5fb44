// SPDX-License-Identifier: MIT
// Module socket: the host's sockets as streams.
//
// Invariants
//  - The descriptor is always in non-blocking mode. A blocking operation tries first and then waits in wait_ready(), so Ctrl-C, scheduled
//    functions and interrupt handlers get through; such code may close the socket: the descriptor is read again after each wait.
//  - timeout_us < 0: blocking, 0: non-blocking (OSError(EAGAIN)), else the longest time of one operation (OSError(ETIMEDOUT)).
//  - fd is -1 when the socket is closed; operations are then OSError(EBADF). The finaliser closes what a program forgot.
#define _GNU_SOURCE
#include "ports/unix/modules/socket.h"
#include "heap/heap.h"
#include "modules/stream.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "objects/types.h"
#include "rt.h"
#include "run/raise.h"
#include "run/thread.h"
#include "run/vm.h"
#include "run/wait.h"

#include <errno.h>
#include <limits.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <unistd.h>

struct socket { // 3 words
    const struct type *type;
    intptr_t fd;
    int64_t timeout_us;
};
static const struct type type_socket;

static struct socket *socket_self(obj_t o) {
    obj_t native = obj_native(o, &type_socket);
    if (native == OBJ_NULL) raise_format(&type_TypeError, "argument should be a 'socket' not a '%s'", obj_type_name(o));
    return (struct socket *)native;
}

static struct socket *socket_new(void) {
    struct socket *s = heap_new(3, 0, HEAP_DATA | HEAP_FINAL);
    s->type = &type_socket;
    s->fd = -1;
    s->timeout_us = -1;
    return s;
}

static obj_t socket_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    (void)type;
    int kind[3] = {AF_INET, SOCK_STREAM, 0};
    args_no_keywords(kw);
    args_check(n, kw, 0, 3, false);
    for (size_t i = 0; i < n; i++) {
        if (!obj_is_int(args[i])) raise_format(&type_TypeError, "can't convert %s to int", obj_type_name(args[i]));
        kind[i] = (int)obj_get_int(args[i]);
    }
    struct socket *s = socket_new();
    s->fd = socket(kind[0], kind[1] | SOCK_NONBLOCK | SOCK_CLOEXEC, kind[2]);
    if (s->fd < 0) raise_os(errno);
    return OBJ_PTR(s);
}

static void socket_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    print_format(p, "<_socket %d>", (int)socket_self(self)->fd);
}

// ---- trying and waiting -------------------------------------------------------------------------------------------------
struct attempt { // one operation on a socket; its tries share a deadline
    struct socket *s;
    uint64_t start;
    bool waited;
};

// After a try that failed with errno: true to try again, or false and *error.
static bool attempt_again(struct attempt *a, int wanted, int flags, int *error) {
    *error = errno;
    if (*error == EINTR) {
        if (rt.poll) poll_run();
        return true;
    }
    int64_t left = flags & MSG_DONTWAIT ? 0 : a->s->timeout_us;
    if ((*error != EAGAIN && *error != EINPROGRESS) || left == 0) return false;
    if (left > 0) {
        uint64_t now = host_ticks_us();
        if (!a->waited) a->start = now;
        left -= (int64_t)(now - a->start);
        if (left < 0) left = 0;
    }
    a->waited = true;
    if (wait_ready_one((int)a->s->fd, wanted, left)) return true;
    *error = ETIMEDOUT;
    return false;
}

static ssize_t socket_receive(struct socket *s, void *data, size_t len, int flags, struct address *from, int *error) {
    struct attempt a = {s, 0, false};
    for (;;) {
        if (from) from->len = sizeof(from->at);
        ssize_t n = recvfrom((int)s->fd, data, len, flags, from ? (struct sockaddr *)&from->at : NULL, from ? &from->len : NULL);
        if (n >= 0 || !attempt_again(&a, STREAM_READABLE, flags, error)) return n;
    }
}

static ssize_t socket_transmit(struct socket *s, const void *data, size_t len, int flags, const struct address *to, int *error) {
    struct attempt a = {s, 0, false};
    for (;;) {
        ssize_t n = sendto((int)s->fd, data, len, flags | MSG_NOSIGNAL, to ? (const struct sockaddr *)&to->at : NULL, to ? to->len : 0);
        if (n >= 0 || !attempt_again(&a, STREAM_WRITABLE, flags, error)) return n;
    }
}

// ---- as a stream -----------------------------------------------------------------------------------------------------------
static ptrdiff_t socket_read(obj_t self, void *data, size_t len, int *error) {
    return socket_receive(socket_self(self), data, len, 0, NULL, error);
}

static ptrdiff_t socket_write(obj_t self, const void *data, size_t len, int *error) {
    return socket_transmit(socket_self(self), data, len, 0, NULL, error);
}

static void socket_close(struct socket *s) {
    if (s->fd >= 0 && thread_others()) shutdown((int)s->fd, SHUT_RDWR); // wakes the thread that waits for it
    if (s->fd >= 0) close((int)s->fd);
    s->fd = -1;
}

static ptrdiff_t socket_ioctl(obj_t self, unsigned request, uintptr_t arg, int *error) {
    struct socket *s = socket_self(self);
    switch (request) {
    case STREAM_CLOSE: socket_close(s); return 0;
    case STREAM_FLUSH: return 0;
    case STREAM_FILENO: return s->fd;
    case STREAM_POLL: {
        struct host_poll p = {(int)s->fd, (short)arg, 0};
        if (s->fd < 0) return STREAM_INVALID;
        if (host_poll(&p, 1, 0, error) < 0) return -1;
        return p.ready;
    }
    case STREAM_TIMEOUT: // milliseconds, negative: none
        s->timeout_us = (intptr_t)arg < 0 ? -1 : (int64_t)arg * 1000;
        return 0;
    default: *error = EINVAL; return -1;
    }
}

// ---- methods -------------------------------------------------------------------------------------------------------------------
static obj_t socket_recv_from(size_t n, const obj_t *args, struct address *from) {
    struct socket *s = socket_self(args[0]);
    intptr_t size = obj_get_int(args[1]);
    int flags = n > 2 ? (int)obj_get_int(args[2]) : 0;
    if (size < 0 || size >= PTRDIFF_MAX) raise_os(EINVAL);
    struct text_buffer b;
    text_buffer_init(&b, (size_t)size + 1);
    char *room = text_buffer_extend(&b, (size_t)size);
    int error = 0;
    ssize_t got = socket_receive(s, room, (size_t)size, flags, from, &error);
    if (got < 0) {
        text_buffer_free(&b);
        raise_os(error);
    }
    b.len = (size_t)got;
    return text_buffer_bytes(&b);
}

static obj_t socket_recv(size_t n, const obj_t *args) { return socket_recv_from(n, args, NULL); }
BUILTIN_VAR(socket_recv_fn, 2, 3, socket_recv);

static obj_t socket_recvfrom(size_t n, const obj_t *args) {
    struct address from;
    memset(&from, 0, sizeof(from));
    obj_t data = socket_recv_from(n, args, &from);
    obj_t pair[2] = {data, address_object(&from)};
    return tuple_new(2, pair);
}
BUILTIN_VAR(socket_recvfrom_fn, 2, 3, socket_recvfrom);

static obj_t socket_send_to(obj_t self, obj_t data, int flags, const struct address *to) {
    struct socket *s = socket_self(self);
    struct buffer b;
    int error = 0;
    bool marked = stream_lend(data, &b, BUFFER_READ);
    ssize_t sent = socket_transmit(s, b.data, b.len, flags, to, &error);
    stream_give_back(data, marked);
    if (sent < 0) raise_os(error);
    return OBJ_INT(sent);
}

static obj_t socket_send(size_t n, const obj_t *args) {
    return socket_send_to(args[0], args[1], n > 2 ? (int)obj_get_int(args[2]) : 0, NULL);
}
BUILTIN_VAR(socket_send_fn, 2, 3, socket_send);

static int socket_family(const struct socket *s) {
    int family = AF_INET;
    socklen_t len = sizeof(family);
    getsockopt((int)s->fd, SOL_SOCKET, SO_DOMAIN, &family, &len);
    return family;
}

// sendto(data, address), sendto(data, flags, address)
static obj_t socket_sendto(size_t n, const obj_t *args) {
    struct address to;
    struct socket *s = socket_self(args[0]);
    address_from(args[n - 1], socket_family(s), &to);
    return socket_send_to(args[0], args[1], n > 3 ? (int)obj_get_int(args[2]) : 0, &to);
}
BUILTIN_VAR(socket_sendto_fn, 3, 4, socket_sendto);

static obj_t socket_sendall(size_t n, const obj_t *args) {
    struct socket *s = socket_self(args[0]);
    struct buffer b;
    int flags = n > 2 ? (int)obj_get_int(args[2]) : 0, error = 0, failure = 0;
    bool marked = stream_lend(args[1], &b, BUFFER_READ);
    for (size_t done = 0; done < b.len;) {
        ssize_t sent = socket_transmit(s, (const char *)b.data + done, b.len - done, flags, NULL, &error);
        if (sent < 0) failure = error;
        if (sent < 0) break;
        done += (size_t)sent;
        poll_keyboard();
    }
    stream_give_back(args[1], marked);
    if (failure) raise_os(failure);
    return OBJ_NONE;
}
BUILTIN_VAR(socket_sendall_fn, 2, 3, socket_sendall);

static obj_t socket_bind(obj_t self, obj_t address) {
    struct socket *s = socket_self(self);
    struct address a;
    address_from(address, socket_family(s), &a);
    if (bind((int)s->fd, (struct sockaddr *)&a.at, a.len) != 0) raise_os(errno);
    return OBJ_NONE;
}
BUILTIN_2(socket_bind_fn, socket_bind);

static obj_t socket_connect(obj_t self, obj_t address) {
    struct socket *s = socket_self(self);
    struct address a;
    address_from(address, socket_family(s), &a);
    struct attempt attempt = {s, 0, false};
    int error = 0;
    while (connect((int)s->fd, (struct sockaddr *)&a.at, a.len) != 0) {
        if (attempt.waited && errno == EISCONN) return OBJ_NONE;
        if (errno == EINTR || (attempt.waited && errno == EALREADY)) errno = EINPROGRESS;
        if (!attempt_again(&attempt, STREAM_WRITABLE, 0, &error)) raise_os(error);
        socklen_t len = sizeof(error);
        if (getsockopt((int)s->fd, SOL_SOCKET, SO_ERROR, &error, &len) == 0 && error) raise_os(error);
    }
    return OBJ_NONE;
}
BUILTIN_2(socket_connect_fn, socket_connect);

static obj_t socket_listen(size_t n, const obj_t *args) {
    intptr_t backlog = n > 1 ? obj_get_int(args[1]) : SOMAXCONN;
    if (backlog < 0) backlog = 0;
    if (listen((int)socket_self(args[0])->fd, backlog < INT_MAX ? (int)backlog : INT_MAX) != 0) raise_os(errno);
    return OBJ_NONE;
}
BUILTIN_VAR(socket_listen_fn, 1, 2, socket_listen);

static obj_t socket_accept(obj_t self) {
    struct socket *s = socket_self(self), *peer = socket_new();
    struct attempt attempt = {s, 0, false};
    struct address from;
    int error;
    memset(&from, 0, sizeof(from));
    for (;;) {
        from.len = sizeof(from.at);
        peer->fd = accept4((int)s->fd, (struct sockaddr *)&from.at, &from.len, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (peer->fd >= 0) break;
        if (!attempt_again(&attempt, STREAM_READABLE, 0, &error)) raise_os(error);
    }
    obj_t pair[2] = {OBJ_PTR(peer), address_object(&from)};
    return tuple_new(2, pair);
}
BUILTIN_1(socket_accept_fn, socket_accept);

static obj_t socket_setsockopt(size_t n, const obj_t *args) {
    (void)n;
    struct socket *s = socket_self(args[0]);
    int level = (int)obj_get_int(args[1]), option = (int)obj_get_int(args[2]), number = 0;
    struct buffer b = {&number, sizeof(number), 'B'};
    if (obj_is_integer(args[3])) number = (int)obj_get_int(args[3]);
    else obj_buffer(args[3], &b, BUFFER_READ);
    if (setsockopt((int)s->fd, level, option, b.data, (socklen_t)b.len) != 0) raise_os(errno);
    return OBJ_NONE;
}
BUILTIN_VAR(socket_setsockopt_fn, 4, 4, socket_setsockopt);

static obj_t socket_setblocking(obj_t self, obj_t on) {
    socket_self(self)->timeout_us = obj_true(on) ? -1 : 0;
    return OBJ_NONE;
}
BUILTIN_2(socket_setblocking_fn, socket_setblocking);

static obj_t socket_settimeout(obj_t self, obj_t seconds) {
    int64_t us = -1;
    if (seconds != OBJ_NONE) {
        double s = obj_get_float(seconds);
        if (!(s >= 0)) raise_message(&type_ValueError, "timeout value out of range");
        us = s < 1e9 ? (int64_t)(s * 1e6) : -1;
        if (s > 0 && us == 0) us = 1;
    }
    socket_self(self)->timeout_us = us;
    return OBJ_NONE;
}
BUILTIN_2(socket_settimeout_fn, socket_settimeout);

static obj_t socket_fileno(obj_t self) { return OBJ_INT(socket_self(self)->fd); }
BUILTIN_1(socket_fileno_fn, socket_fileno);

static obj_t socket_makefile(size_t n, const obj_t *args) { // the socket is its own file
    if (n > 1) str_data(args[1], NULL);
    return args[0];
}
BUILTIN_VAR(socket_makefile_fn, 1, 3, socket_makefile);

static obj_t socket_del(obj_t self) {
    socket_close(socket_self(self));
    return OBJ_NONE;
}
BUILTIN_1(socket_del_fn, socket_del);

static const struct map_slot socket_type_members[] = {
    MEMBER(__del__, &socket_del_fn),
    MEMBER(accept, &socket_accept_fn),
    MEMBER(bind, &socket_bind_fn),
    MEMBER(close, &stream_close_fn),
    MEMBER(connect, &socket_connect_fn),
    MEMBER(fileno, &socket_fileno_fn),
    MEMBER(listen, &socket_listen_fn),
    MEMBER(makefile, &socket_makefile_fn),
    MEMBER(read, &stream_read_fn),
    MEMBER(readinto, &stream_readinto_fn),
    MEMBER(readline, &stream_readline_fn),
    MEMBER(recv, &socket_recv_fn),
    MEMBER(recvfrom, &socket_recvfrom_fn),
    MEMBER(send, &socket_send_fn),
    MEMBER(sendall, &socket_sendall_fn),
    MEMBER(sendto, &socket_sendto_fn),
    MEMBER(setblocking, &socket_setblocking_fn),
    MEMBER(setsockopt, &socket_setsockopt_fn),
    MEMBER(settimeout, &socket_settimeout_fn),
    MEMBER(write, &stream_write_fn),
};
static FIXED_DICT(socket_type_dict, socket_type_members);
static const struct stream_ops socket_stream = {socket_read, socket_write, socket_ioctl, false};
static const struct type_ops socket_ops = {.print = socket_print, .construct = socket_construct, .stream = &socket_stream};
static const struct type type_socket = {
    .type = &type_type, .name = Q_socket, .flags = TYPE_HAS_FINALISER, .ops = &socket_ops, .members = &socket_type_dict};

static const struct map_slot socket_members[] = {
    MEMBER(__name__, OBJ_QSTR(Q_socket)),
    MEMBER(socket, &type_socket),
    MEMBER(getaddrinfo, &socket_getaddrinfo_fn),
    MEMBER(inet_pton, &socket_inet_pton_fn),
    MEMBER(inet_ntop, &socket_inet_ntop_fn),
    MEMBER(sockaddr, &socket_sockaddr_fn),
    MEMBER(AF_UNIX, OBJ_INT(AF_UNIX)),
    MEMBER(AF_INET, OBJ_INT(AF_INET)),
    MEMBER(AF_INET6, OBJ_INT(AF_INET6)),
    MEMBER(SOCK_STREAM, OBJ_INT(SOCK_STREAM)),
    MEMBER(SOCK_DGRAM, OBJ_INT(SOCK_DGRAM)),
    MEMBER(SOCK_RAW, OBJ_INT(SOCK_RAW)),
    MEMBER(IPPROTO_IP, OBJ_INT(IPPROTO_IP)),
    MEMBER(IPPROTO_TCP, OBJ_INT(IPPROTO_TCP)),
    MEMBER(IPPROTO_UDP, OBJ_INT(IPPROTO_UDP)),
    MEMBER(IP_ADD_MEMBERSHIP, OBJ_INT(IP_ADD_MEMBERSHIP)),
    MEMBER(IP_DROP_MEMBERSHIP, OBJ_INT(IP_DROP_MEMBERSHIP)),
    MEMBER(TCP_NODELAY, OBJ_INT(TCP_NODELAY)),
    MEMBER(MSG_DONTROUTE, OBJ_INT(MSG_DONTROUTE)),
    MEMBER(MSG_DONTWAIT, OBJ_INT(MSG_DONTWAIT)),
    MEMBER(MSG_PEEK, OBJ_INT(MSG_PEEK)),
    MEMBER(SOL_SOCKET, OBJ_INT(SOL_SOCKET)),
    MEMBER(SO_BROADCAST, OBJ_INT(SO_BROADCAST)),
    MEMBER(SO_ERROR, OBJ_INT(SO_ERROR)),
    MEMBER(SO_KEEPALIVE, OBJ_INT(SO_KEEPALIVE)),
    MEMBER(SO_LINGER, OBJ_INT(SO_LINGER)),
    MEMBER(SO_REUSEADDR, OBJ_INT(SO_REUSEADDR)),
};
static FIXED_DICT(socket_dict, socket_members);
const struct module module_socket = {&type_module, &socket_dict, {0}};
MODULE(socket, true, NULL, "");
