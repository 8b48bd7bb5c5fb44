// SPDX-License-Identifier: MIT
// Host memory for tree nodes, and the constant objects that only a tree refers to.
//
// A list of chunks, each with its bytes behind the header; nothing is freed alone. Live arenas are chained so that the collector finds
// their constants: nodes themselves lie outside the Python heap and are not scanned.

#include "builder.h"
#include "heap/heap.h"

enum { CHUNK_BYTES = 16 * 1024 };

struct chunk {
    struct chunk *older;
    size_t used, room;
    max_align_t bytes[];
};
struct arena {
    struct arena *next, **link;
    struct chunk *chunk;
    obj_t *kept;
    size_t n_kept, kept_room;
};
static struct arena *live;

static void arena_mark(void) {
    for (const struct arena *a = live; a; a = a->next) {
        if (a->n_kept > 0) {
            heap_mark_words(a->kept, a->n_kept);
        }
    }
}

struct arena *arena_new(void) {
    heap_add_root(arena_mark);
    struct arena *a = host_alloc(sizeof(*a));
    *a = (struct arena){.next = live, .link = &live};
    if (live) {
        live->link = &a->next;
    }
    live = a;
    return a;
}

void arena_free(struct arena *a) {
    if (!a) {
        return;
    }
    *a->link = a->next;
    if (a->next) {
        a->next->link = a->link;
    }
    while (a->chunk) {
        struct chunk *older = a->chunk->older;
        host_free(a->chunk);
        a->chunk = older;
    }
    host_free(a->kept);
    host_free(a);
}

void *arena_take(struct arena *a, size_t bytes) {
    bytes = (bytes + sizeof(max_align_t) - 1) & ~(sizeof(max_align_t) - 1);
    if (!a->chunk || a->chunk->room - a->chunk->used < bytes) {
        size_t room = bytes > CHUNK_BYTES ? bytes : CHUNK_BYTES;
        struct chunk *c = host_alloc(sizeof(*c) + room);
        c->older = a->chunk;
        c->used = 0;
        c->room = room;
        a->chunk = c;
    }
    void *p = (char *)a->chunk->bytes + a->chunk->used;
    a->chunk->used += bytes;
    memset(p, 0, bytes);
    return p;
}

void arena_keep(struct arena *a, obj_t value) {
    if (!obj_is_ptr(value)) {
        return;
    }
    if (a->n_kept == a->kept_room) {
        a->kept_room = a->kept_room ? 2 * a->kept_room : 16;
        a->kept = host_resize(a->kept, a->kept_room * sizeof(a->kept[0]));
    }
    a->kept[a->n_kept++] = value;
}

void tree_free(struct tree *t) {
    if (!t) {
        return;
    }
    ledger_free(t->ledger);
    arena_free(t->arena);
    host_free(t);
}
