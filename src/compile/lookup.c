// SPDX-License-Identifier: MIT
// See lookup.h.
#include "compile/lookup.h"

#include "heap/heap.h"

static size_t lookup_home(const struct lookup *l, uint32_t key) { return (key * 0x9e3779b1u >> 7) & (l->room - 1); }

static void lookup_put(struct lookup *l, struct lookup_cell cell) {
    size_t i = lookup_home(l, cell.key);
    while (l->cell[i].value != 0) i = (i + 1) & (l->room - 1);
    l->cell[i] = cell;
}

void lookup_add(struct lookup *l, uint32_t key, uint32_t value) {
    if (2 * (l->used + 1) > l->room) {
        struct lookup old = *l;
        l->room = old.room ? 2 * old.room : 32;
        l->cell = host_alloc(l->room * sizeof(struct lookup_cell));
        memset(l->cell, 0, l->room * sizeof(struct lookup_cell));
        for (size_t i = 0; i < old.room; i++)
            if (old.cell[i].value != 0) lookup_put(l, old.cell[i]);
        host_free(old.cell);
    }
    lookup_put(l, (struct lookup_cell){key, value + 1});
    l->used++;
}

void lookup_free(struct lookup *l) {
    host_free(l->cell);
    *l = (struct lookup){0};
}

uint32_t lookup_next(const struct lookup *l, uint32_t key, size_t *cursor) {
    if (l->room == 0) return LOOKUP_NONE;
    size_t i = *cursor == SIZE_MAX ? lookup_home(l, key) : (*cursor + 1) & (l->room - 1);
    for (; l->cell[i].value != 0; i = (i + 1) & (l->room - 1)) {
        if (l->cell[i].key != key) continue;
        *cursor = i;
        return l->cell[i].value - 1;
    }
    return LOOKUP_NONE;
}
