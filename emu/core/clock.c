// SPDX-License-Identifier: MIT
// Emulated time: a binary heap of events, and two ways in which time moves.
//
// Invariants
//  - queue[0..n) is a heap by (at, order); queue[i]->slot == i + 1, and an event that is not in it has slot 0.
//  - Virtual clock: `now` never goes back and, while events fire, is exactly the time of the event. Running code is granted the time to the
//    next event (host->grant), so nothing is noticed late.
//  - Real clock: the host's alarm is never later than the next event. It is not put off when that goes away (a call to the host costs more
//    than an alarm for nothing); when it rings it is set again.
//  - The queue's memory only grows, and is given back at reset.
#include "emu/core/clock.h"
#include "emu/core/host.h"
#include "emu/core/irq.h"

#include <stddef.h>
#include <string.h>

static struct {
    enum clock_mode mode;
    uint64_t now, order, end, armed_for; // armed_for: what the host was told last
    uint64_t due;                        // of the event that fires
    struct event **queue;
    uint32_t n, room;
    bool firing, polled, broken;
} c = {.end = NEVER, .armed_for = NEVER};

void clock_reset(void) {
    for (uint32_t i = 0; i < c.n; i++) c.queue[i]->slot = 0;
    if (c.queue) emu_free(c.queue);
    enum clock_mode mode = c.mode;
    memset(&c, 0, sizeof c);
    c.mode = mode;
    c.end = c.armed_for = NEVER;
}

enum clock_mode clock_mode_get(void) { return c.mode; }

// Tells the host when attention is needed next.
static void host_inform(void) {
    uint64_t next = clock_next();
    if (c.end < next) next = c.end;
    if (c.mode == CLOCK_VIRTUAL) {
        emu_host->grant(next == NEVER ? NEVER : next > c.now ? next - c.now : 0);
    } else if (!c.polled && (next < c.armed_for || (next != c.armed_for && c.armed_for <= emu_host->now()))) {
        c.armed_for = next;
        emu_host->alarm(next);
    }
}

void clock_polled(bool on) {
    c.polled = on;
    host_inform();
}

void clock_mode_set(enum clock_mode mode) {
    c.mode = mode;
    host_inform();
}

// Virtual clock: adds what the running code has taken.
static void sync(void) {
    if (c.mode == CLOCK_VIRTUAL && !c.firing) c.now += emu_host->spent();
}

uint64_t clock_now(void) {
    if (c.mode == CLOCK_REAL) return emu_host->now();
    sync();
    return c.now;
}

uint64_t clock_due(void) { return c.firing ? c.due : clock_now(); }

// ---- the queue -----------------------------------------------------------------------------------------------------------
static bool before(const struct event *a, const struct event *b) { return a->at != b->at ? a->at < b->at : a->order < b->order; }

static void place(struct event *e, uint32_t i) {
    c.queue[i] = e;
    e->slot = i + 1;
}

static void sift_up(struct event *e, uint32_t i) {
    while (i > 0 && before(e, c.queue[(i - 1) / 2])) {
        place(c.queue[(i - 1) / 2], i);
        i = (i - 1) / 2;
    }
    place(e, i);
}

static void sift_down(struct event *e, uint32_t i) {
    for (;;) {
        uint32_t child = 2 * i + 1;
        if (child >= c.n) break;
        if (child + 1 < c.n && before(c.queue[child + 1], c.queue[child])) child++;
        if (!before(c.queue[child], e)) break;
        place(c.queue[child], i);
        i = child;
    }
    place(e, i);
}

static void take_out(struct event *e) {
    uint32_t i = e->slot - 1;
    struct event *last = c.queue[--c.n];
    e->slot = 0;
    if (last == e) return;
    sift_up(last, i);
    if (last->slot == i + 1) sift_down(last, i);
}

void event_arm(struct event *e, uint64_t at) {
    sync();
    if (e->slot) take_out(e);
    if (c.n == c.room) {
        c.room = c.room ? c.room * 2 : 32;
        c.queue = emu_host->resize(c.queue, c.room * sizeof *c.queue);
    }
    e->at = at;
    e->order = c.order++;
    sift_up(e, c.n++);
    if (!c.firing) host_inform();
}

void event_cancel(struct event *e) {
    if (!e->slot) return;
    sync();
    take_out(e);
    if (!c.firing) host_inform();
}

uint64_t clock_next(void) { return c.n > 0 ? c.queue[0]->at : NEVER; }

// Fires every event up to and including `limit`. Virtual clock: `now` stands at each one's time.
static void fire_until(uint64_t limit, bool stop_at_interrupt) {
    if (c.firing) return;
    c.firing = true;
    c.broken = false;
    while (c.n > 0 && c.queue[0]->at <= limit) {
        struct event *e = c.queue[0];
        if (c.mode == CLOCK_VIRTUAL && e->at > c.now) c.now = e->at;
        take_out(e);
        c.due = e->at;
        e->fire(e->data);
        if (stop_at_interrupt && (irq_waiting() || c.broken)) break;
    }
    c.firing = false;
}

void clock_break(void) { c.broken = true; }

void clock_run_due(void) {
    fire_until(clock_now(), false);
    host_inform();
}

void clock_attend(void) {
    clock_run_due();
    if (c.now >= c.end && c.mode == CLOCK_VIRTUAL) emu_host->attention();
}

static bool wait_virtual(uint64_t until) {
    uint64_t stop = until < c.end ? until : c.end;
    if (stop == NEVER && c.n == 0) return false;
    fire_until(stop, true);
    if (!irq_waiting() && !c.broken && stop != NEVER && c.now < stop) c.now = stop;
    host_inform();
    return true;
}

bool clock_wait(uint64_t until) {
    clock_now();
    if (irq_waiting() || clock_over()) return true;
    if (c.mode == CLOCK_VIRTUAL) return wait_virtual(until);
    clock_run_due();
    if (irq_waiting()) return true;
    uint64_t next = clock_next();
    if (c.end < next) next = c.end;
    emu_host->wait(next < until ? next : until);
    clock_run_due();
    return true;
}

void clock_advance(uint64_t ns) {
    if (c.mode == CLOCK_REAL) return;
    uint64_t end = clock_now() + ns;
    if (c.firing) return; // an event cannot take time
    fire_until(end, false);
    if (c.now < end) c.now = end;
    host_inform();
}

void clock_until(uint64_t end) {
    c.end = end;
    host_inform();
}

bool clock_over(void) { return c.end != NEVER && clock_now() >= c.end; }
