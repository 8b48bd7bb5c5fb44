// SPDX-License-Identifier: MIT
// The history of the prompt. On a board a line costs what its copy costs in the heap; where there is no room for it, it is not kept.
// The desktop's entries are a ring in host memory.
#include "repl/history.h"
#include "heap/heap.h"
#include "repl/terminal.h"
#include "rt.h"

enum { BOARD_MOST = sizeof rt.history / sizeof *rt.history };

static char *ring[HISTORY_MOST];
static size_t newest, count;

const char *history_at(size_t age) {
    if (terminal_is_device()) return age < BOARD_MOST ? rt.history[age] : NULL;
    return age < count ? ring[(newest + HISTORY_MOST - age) % HISTORY_MOST] : NULL;
}

void history_clear(void) {
    for (; count > 0; count--) {
        host_free(ring[newest]);
        newest = (newest + HISTORY_MOST - 1) % HISTORY_MOST;
    }
}

void history_add(const char *text, size_t len) {
    const char *last = history_at(0);
    if (len == 0 || (last && strlen(last) == len && memcmp(last, text, len) == 0)) return;
    if (terminal_is_device()) {
        char *copy = heap_try_new(0, len + 1, HEAP_DATA);
        if (!copy) return;
        memcpy(copy, text, len);
        copy[len] = 0;
        memmove(rt.history + 1, rt.history, sizeof rt.history - sizeof *rt.history);
        rt.history[0] = copy;
        return;
    }
    char *copy = host_alloc(len + 1);
    memcpy(copy, text, len);
    copy[len] = 0;
    newest = (newest + 1) % HISTORY_MOST;
    if (count == HISTORY_MOST) host_free(ring[newest]);
    else count++;
    ring[newest] = copy;
}
