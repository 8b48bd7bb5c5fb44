// SPDX-License-Identifier: MIT
// Socket addresses between Python and the host.
#ifndef PORTS_UNIX_SOCKET_H
#define PORTS_UNIX_SOCKET_H

#include "obj.h"

#include <sys/socket.h>

struct address {
    struct sockaddr_storage at;
    socklen_t len;
};
// What a program may name a peer with: the bytes that getaddrinfo() gives, (host, port), or a path for AF_UNIX. TypeError, OSError
void address_from(obj_t o, int family, struct address *out);
// On the desktop a bytearray of the host's structure, on boards a tuple (host, port) as theirs
obj_t address_object(const struct address *a);
extern const struct builtin socket_getaddrinfo_fn, socket_inet_pton_fn, socket_inet_ntop_fn, socket_sockaddr_fn;

#endif
