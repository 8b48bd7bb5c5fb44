// SPDX-License-Identifier: MIT
// bytearrays that native code lends to a Python method for the time of one call: what write() and readinto() of a stream made in Python are
// given. On a board such a bytearray is on the C stack; so here it takes nothing of the heap, and it is there while the heap is locked.
//
// Invariants
//  - A loan (header and bytes) is host memory, is used again for later calls, and lives until rt_stop(). A program that keeps what it was
//    lent holds an empty bytearray, or the one of a later call: never memory that is gone.
//  - Bytes that a memoryview is made of move into the heap first (bytearray_settle()): a view never looks at bytes of a loan.
//  - A run of the heap that a loan has got so, or by growing, is marked by loans_mark() as long as the loan names it.
//  - Bytes that were lent are never freed: another thread may still be writing them to a socket. The room doubles, so they stay few.
#include "heap/heap.h"
#include "objects/str.h"
#include "rt.h"

struct loan {
    struct array lent; // first: its address is the object
    struct loan *next;
    bool taken;
    size_t room;
    char *bytes;
};

static void loans_mark(void) {
    for (struct loan *l = rt.loans; l; l = l->next) heap_mark(l->lent.items);
}

static struct loan *loan_free(void) {
    struct loan *l = rt.loans;
    while (l && l->taken) l = l->next;
    if (l) return l;
    heap_add_root(loans_mark);
    l = host_alloc(sizeof *l);
    *l = (struct loan){.next = rt.loans};
    return rt.loans = l;
}

// Bytes of the smaller room become the property of a loan that is always taken.
static void loan_widen(struct loan *l, size_t len) {
    enum { ROOM = 256 };
    if (l->bytes) {
        struct loan *old = host_alloc(sizeof *old);
        *old = (struct loan){.next = rt.loans, .taken = true, .bytes = l->bytes};
        rt.loans = old;
    }
    size_t room = l->room ? 2 * l->room : ROOM;
    l->room = room > len ? room : len;
    l->bytes = host_alloc(l->room);
}

obj_t bytearray_lend(const void *data, size_t len) {
    struct loan *l = loan_free();
    if (len > l->room) loan_widen(l, len);
    l->taken = true;
    l->lent = (struct array){.type = &type_bytearray, .typecode = 'B', .len = len, .items = l->bytes};
    if (len == 0) l->lent.items = NULL;
    else if (data) memcpy(l->bytes, data, len);
    else memset(l->bytes, 0, len);
    return OBJ_PTR(&l->lent);
}

void bytearray_give_back(obj_t lent) {
    struct loan *l = (struct loan *)lent;
    l->lent = (struct array){.type = &type_bytearray, .typecode = 'B'};
    l->taken = false;
}

void bytearray_settle(struct array *a) {
    const struct loan *l = rt.loans;
    while (l && &l->lent != a) l = l->next;
    if (!l || a->items == NULL || a->items != l->bytes) return;
    void *run = heap_new(0, a->len, HEAP_DATA);
    memcpy(run, a->items, a->len);
    a->items = run;
    a->room = 0;
}

void bytearray_lend_stop(void) {
    for (struct loan *l = rt.loans, *next; l; l = next) {
        next = l->next;
        host_free(l->bytes);
        host_free(l);
    }
    rt.loans = NULL;
}
