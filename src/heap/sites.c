// SPDX-License-Identifier: MIT
// Which line of a program asked for which block: kept on demand, in host memory, for the panel and for people who look for a leak.
//
// Invariants
//  - While it is on, heap_debug.sites has an entry for each block of the heap; that of a run's head is its file (interned text) and line. A
//    run that moved has the line that made it grow.
//  - The heap takes its long way meanwhile; blocks, sizes and order are the same as without.
#include "code/code.h"
#include "heap/blocks.h"
#include "heap/intern.h"
#include "host.h"
#include "rt.h"
#include "run/vm.h"

#include <stdio.h>

void heap_sites(bool on) {
    if (on == (heap_debug.sites != NULL)) return;
    if (on) {
        heap_debug.sites = host_reserve(heap.max_blocks * sizeof *heap_debug.sites);
        heap_debug.n_sites = heap_debug.sites ? heap.max_blocks : 0;
    } else {
        host_release(heap_debug.sites, heap_debug.n_sites * sizeof *heap_debug.sites);
        heap_debug.sites = NULL;
    }
    heap_refresh();
}

void site_note(size_t block) {
    if (block >= heap_debug.n_sites) return;
    const struct frame *f = rt.frame;
    while (f && !f->ip) f = f->outer; // one that is being made
    struct heap_site *site = &heap_debug.sites[block];
    *site = (struct heap_site){0, 0};
    if (!f || f->ip <= f->info->start) return;
    site->file = f->info->file;
    site->line = (uint32_t)code_line(f->info, (size_t)(f->ip - 1 - f->info->start));
}

static size_t nth_block(size_t n) { // the n-th block of the map
    for (size_t i = 0; i < heap.n_areas; i++) {
        if (n < heap.areas[i].blocks) return heap.areas[i].first + n;
        n -= heap.areas[i].blocks;
    }
    return SIZE_MAX;
}

void heap_describe(size_t n, char *out, size_t room) {
    size_t b = nth_block(n);
    out[0] = 0;
    if (b == SIZE_MAX) return;
    if (!block_is_used(b)) {
        snprintf(out, room, "block %zu: free", n);
        return;
    }
    size_t head = block_head(b), blocks = run_length(head);
    char name[2] = {heap_letter(head), 0};
    const char *type = name[0] == 'h' ? "data" : name;
    if (name[0] != 'h') type = qstr_text(((const struct object *)block_pointer(head))->type->name, NULL);
    int len = snprintf(out, room, "0x%llx: %s, %zu block%s", (unsigned long long)heap_address(block_pointer(head)), type, blocks,
                       blocks == 1 ? "" : "s");
    if (!heap_debug.sites || head >= heap_debug.n_sites || len < 0 || (size_t)len >= room) return;
    const struct heap_site *site = &heap_debug.sites[head];
    if (site->file) snprintf(out + len, room - (size_t)len, ", made at %s:%u", qstr_text(site->file, NULL), (unsigned)site->line);
}
