// SPDX-License-Identifier: MIT
// Host memory: the one place that calls malloc. What Python can see never comes from here (heap.c); look-up tables, decoded code
// and caches do.
//
// host_alloc() and host_resize() do not return without memory: the program ends with a message, because nothing that asks here can go
// on without. Who can, asks host_try_alloc().
#include "heap/heap.h"
#include "host.h"
#include <stdlib.h>

_Noreturn static void host_exhausted(void) { host_fatal("out of memory: close other programs or use a smaller heap"); }

void *host_try_alloc(size_t bytes) { return malloc(bytes ? bytes : 1); }

void *host_alloc(size_t bytes) {
    void *p = host_try_alloc(bytes);
    if (!p) host_exhausted();
    return p;
}

void *host_resize(void *p, size_t bytes) {
    void *q = realloc(p, bytes ? bytes : 1);
    if (!q) host_exhausted();
    return q;
}

void host_free(void *p) { free(p); }
