// SPDX-License-Identifier: MIT
// The interrupt controller.
//
// Invariants
//  - At most one line is active for each level of nesting; levels get strictly more urgent inwards.
//  - irq_waiting() is true exactly when irq_dispatch() would call a handler.
//  - `order` numbers raises, so that of two pending lines of one priority the earlier one goes first, on every run the same.
#include "emu/core/irq.h"
#include "emu/core/clock.h"
#include "emu/core/host.h"
#include "emu/core/trace.h"

#include <string.h>

static struct {
    struct irq_line *first, *last;
    bool masked;
    int level;
    uint32_t pending;
} irq = {.level = IRQ_THREAD};

void irq_reset(void) {
    memset(&irq, 0, sizeof irq);
    irq.level = IRQ_THREAD;
}

static bool registered(const struct irq_line *line) {
    for (struct irq_line *l = irq.first; l; l = l->next)
        if (l == line) return true;
    return false;
}

void irq_register(struct irq_line *line) {
    if (registered(line)) return;
    line->next = NULL;
    if (irq.last) irq.last->next = line;
    else irq.first = line;
    irq.last = line;
}

void irq_unregister(struct irq_line *line) {
    irq_clear(line);
    struct irq_line **at = &irq.first;
    irq.last = NULL;
    while (*at) {
        if (*at == line) *at = line->next;
        else {
            irq.last = *at;
            at = &(*at)->next;
        }
    }
}

struct irq_line *irq_lines(void) { return irq.first; }
int irq_level(void) { return irq.level; }
bool irq_masked(void) { return irq.masked; }
void irq_unwind(int level) { irq.level = level; }

static struct irq_line *most_urgent(void) {
    if (irq.masked || irq.pending == 0) return NULL;
    struct irq_line *best = NULL;
    for (struct irq_line *l = irq.first; l; l = l->next) {
        if (!l->pending || !l->enabled || l->priority >= irq.level) continue;
        if (!best || l->priority < best->priority || (l->priority == best->priority && l->raised_at < best->raised_at)) best = l;
    }
    return best;
}

bool irq_waiting(void) { return most_urgent() != NULL; }

static void ask(void) {
    if (irq_waiting()) emu_host->attention();
}

void irq_raise(struct irq_line *line) {
    if (line->pending) {
        line->merged++;
        return;
    }
    line->pending = true;
    line->raised_at = clock_due();
    irq.pending++;
    ask();
}

void irq_raise_times(struct irq_line *line, uint64_t times) {
    enum { OWED_MOST = 10000 };
    if (!line->pending && times > 0) {
        irq_raise(line);
        times--;
    }
    bool late = clock_mode_get() == CLOCK_REAL && !irq.masked && line->busy_sum < clock_now() / 2;
    uint64_t owed = !late ? 0 : times < OWED_MOST - line->owed ? times : OWED_MOST - line->owed;
    line->owed += (uint32_t)owed;
    line->merged += times - owed;
}

void irq_clear(struct irq_line *line) {
    line->owed = 0;
    if (!line->pending) return;
    line->pending = false;
    irq.pending--;
}

void irq_enable_line(struct irq_line *line, bool on) {
    line->enabled = on;
    if (on) ask();
}

bool irq_mask_set(bool masked) {
    bool before = irq.masked;
    irq.masked = masked;
    ask();
    return before;
}

static void latency_note(struct irq_line *line, uint64_t ns) {
    int step = 0;
    while (step + 1 < IRQ_LATENCY_STEPS && ns >> (step + 1)) step++;
    line->latency[step]++;
    line->latency_sum += ns;
    if (ns > line->latency_max) line->latency_max = ns;
}

static void take(struct irq_line *line) {
    int outer = irq.level;
    uint64_t start = clock_now();
    line->pending = false;
    irq.pending--;
    line->taken++;
    latency_note(line, start > line->raised_at ? start - line->raised_at : 0);
    line->active = true;
    irq.level = line->priority;
    trace_irq(line, true);
    if (line->handler) line->handler(line->data);
    trace_irq(line, false);
    irq.level = outer;
    line->active = false;
    uint64_t busy = clock_now() - start;
    line->busy_sum += busy;
    if (busy > line->busy_max) line->busy_max = busy;
    if (line->owed == 0 || line->pending || !line->enabled) return;
    line->owed--;
    irq_raise(line);
}

void irq_dispatch(void) {
    struct irq_line *line;
    while ((line = most_urgent()) != NULL) take(line);
}
