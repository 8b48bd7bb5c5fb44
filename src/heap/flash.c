// SPDX-License-Identifier: MIT
// What a board keeps in its program memory: code and constants of frozen modules (src/frozen/).
//
// Between heap_flash_begin() and heap_flash_end() every request for a run is answered from host memory. Such a run looks like any other
// to its users; it costs no block, is never collected, and goes at heap_stop(). heap_free() leaves it alone; while flash is being
// filled it can be resized, by copying. A run in flash may refer to other runs in flash, never to one in the heap: the collector does
// not look into it.
#include "heap/flash.h"
#include "heap/blocks.h"

struct flash_run { // before each run; two words keep it aligned
    struct flash_run *next;
    size_t bytes;
    uintptr_t hosted, unused;
    char data[];
};
static struct flash_run *flash_runs;

void heap_flash_begin(void) {
    heap.flash = true;
    heap_refresh();
}

void heap_flash_end(void) {
    heap.flash = false;
    heap_refresh();
}

void *flash_new(size_t bytes, unsigned kind) {
    struct flash_run *run = host_alloc(sizeof *run + bytes);
    memset(run, 0, sizeof *run + bytes);
    run->next = flash_runs;
    run->bytes = bytes;
    run->hosted = kind & HEAP_HOSTED;
    flash_runs = run;
    return run->data;
}

static struct flash_run *flash_find(const void *p) {
    struct flash_run *run = flash_runs;
    while (run && run->data != (const char *)p) run = run->next;
    return run;
}

void *flash_resize(void *p, size_t bytes, unsigned kind) {
    struct flash_run *old = flash_find(p);
    if (!old || bytes <= old->bytes) return old ? p : NULL;
    char *data = flash_new(bytes, kind);
    memcpy(data, old->data, old->bytes);
    return data;
}

void flash_stop(void) {
    while (flash_runs) {
        struct flash_run *run = flash_runs;
        flash_runs = run->next;
        if (run->hosted && heap_drop_hook) heap_drop_hook(run->data);
        host_free(run);
    }
}
