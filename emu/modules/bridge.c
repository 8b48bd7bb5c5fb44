// SPDX-License-Identifier: MIT
// The glue between interpreter and chip.
//
// Invariants
//  - Virtual clock: rt.ops_left counts down from `granted`; time taken is (granted - rt.ops_left) instructions of board->op_ns each. Every
//    grant first takes in what was spent, so no instruction is charged twice or lost.
//  - poll_board() is the only place where handlers are taken, and it is called at a bytecode, or in a wait. It never raises, but for the
//    end of the process.
//  - Roots are slots of static or host memory; a collection marks what they hold.
#include "emu/modules/bridge.h"
#include "emu/modules/machine.h"
#include "emu/chip/chip.h"
#include "emu/chip/gpio.h"
#include "emu/chip/rtc.h"
#include "emu/core/net.h"
#include "emu/core/trace.h"
#include "emu/parts/part.h"
#include "emu/parts/stimulus.h"
#include "heap/heap.h"
#include "host.h"
#include "objects/types.h"
#include "rt.h"
#include "run/raise.h"
#include "run/vm.h"

#include <stdio.h>
#include <string.h>

const struct bridge_port *bridge_port;
static bool strict;
static int64_t granted;
static uint32_t faults_seen;
static char fault_text[400];

static enum reset_cause next_cause; // of the reset that is asked for, or being made
static bool reset_wanted, restarted;

struct hooks {
    void (*hooks[32])(void);
    size_t n;
};
static struct hooks power_off_hooks, soft_reset_hooks;

#define GRANT_MOST (INT64_MAX / 4)

// ---- what the chip asks of the interpreter ----------------------------------------------------------------------------------
static void *memory_resize(void *p, size_t bytes) {
    if (bytes == 0) {
        host_free(p);
        return NULL;
    }
    if (p) return host_resize(p, bytes);
    return memset(host_alloc(bytes), 0, bytes);
}

static void attention(void) { __atomic_fetch_or(&rt.poll, POLL_BOARD, __ATOMIC_SEQ_CST); }

static uint64_t ops_spent(void) {
    int64_t ops = granted - rt.ops_left;
    granted = rt.ops_left;
    return ops > 0 ? (uint64_t)ops * board_current->op_ns : 0;
}

static void ops_grant(uint64_t ns) {
    uint64_t ops = ns / board_current->op_ns + (ns % board_current->op_ns != 0);
    granted = rt.ops_left = ns == NEVER || ops > GRANT_MOST ? GRANT_MOST : (int64_t)ops;
}

static void report(enum emu_severity severity, const char *text) {
    if (severity == EMU_FAULT) snprintf(fault_text, sizeof fault_text, "%s", text);
    if (severity != EMU_FAULT || !strict) bridge_port->report(severity, text);
}

static uint64_t port_now(void) { return bridge_port->now(); }
static void port_alarm(uint64_t at) { bridge_port->alarm(at); }
static void port_wait(uint64_t until) { bridge_port->wait(until); }

static const struct emu_host interpreter = {memory_resize, report, attention, port_now, port_alarm, port_wait, ops_spent, ops_grant};

// A collection takes time on the chip: some 0.3 us for each block in use and 0.06 us for each block there is.
static void collection_told(bool begins) {
    enum { NS_USED = 300, NS_ANY = 60 };
    static size_t blocks;
    trace_gauge(TRACE_COLLECTION, begins);
    if (clock_mode_get() == CLOCK_VIRTUAL && !heap_collects_always()) {
        if (begins) blocks = heap_used() >> rt.profile.block_shift;
        else if (rt.profile.word_bytes == 4) clock_advance(blocks * NS_USED + (heap_total() >> rt.profile.block_shift) * NS_ANY);
    }
}

static void attend(void) {
    clock_attend();
    if (reset_wanted) bridge_reset(next_cause);
    irq_dispatch();
    if (clock_over()) bridge_port->end(NULL);
}

// ---- roots -----------------------------------------------------------------------------------------------------------------
static struct {
    obj_t **slots;
    size_t n, room;
} roots;

void bridge_root(obj_t *slot) {
    for (size_t i = 0; i < roots.n; i++)
        if (roots.slots[i] == slot) return;
    if (roots.n == roots.room) roots.slots = host_resize(roots.slots, (roots.room = roots.room * 2 + 32) * sizeof *roots.slots);
    roots.slots[roots.n++] = slot;
}

void bridge_root_drop(obj_t *slot) {
    for (size_t i = 0; i < roots.n; i++)
        if (roots.slots[i] == slot) roots.slots[i] = roots.slots[--roots.n];
}

static void roots_mark(void) {
    for (size_t i = 0; i < roots.n; i++) heap_mark_words(roots.slots[i], 1);
}

// ---- the life of the board ---------------------------------------------------------------------------------------------------
void bridge_open(const struct bridge_port *port) {
    bridge_port = port;
    emu_open(&interpreter);
}

void bridge_power_on(const struct board *board, enum clock_mode mode, bool be_strict) {
    strict = be_strict;
    faults_seen = 0;
    board_current = board;
    rt.ops_counted = mode == CLOCK_VIRTUAL;
    granted = rt.ops_left = GRANT_MOST;
    emu_start();
    clock_mode_set(mode);
    board_build(board);
    if (mode == CLOCK_REAL) rtc_start_at(host_time_ns() / (int64_t)NS_PER_S);
    chip_power_on(next_cause);
    next_cause = RESET_POWER_ON;
    restarted = false;
    chip_reset_request = bridge_reset_soon;
    reset_wanted = false;
    if (mode == CLOCK_REAL) rtc_set_unix_ns(host_time_ns());
    parts_build(board);
    poll_board = attend;
    heap_collect_hook = collection_told;
    machine_mem_start(); // programs in assembler need no module to get at the chip
}

static void hooks_run(const struct hooks *h) {
    for (size_t i = h->n; i > 0; i--) h->hooks[i - 1]();
}

_Noreturn void bridge_reset(enum reset_cause cause) {
    next_cause = cause;
    reset_wanted = false;
    for (;;) bridge_port->hard_reset(); // it does not return
}

enum reset_cause bridge_next_cause(void) { return next_cause; }

void bridge_reset_soon(enum reset_cause cause) {
    next_cause = cause;
    reset_wanted = true;
    attention();
}

enum reset_cause bridge_reset_cause(void) { return restarted ? RESET_SOFT : chip_reset_cause(); }

static void hook_add(struct hooks *h, void (*stop)(void)) {
    for (size_t i = 0; i < h->n; i++)
        if (h->hooks[i] == stop) return;
    if (h->n < sizeof h->hooks / sizeof *h->hooks) h->hooks[h->n++] = stop;
}

void bridge_at_power_off(void (*stop)(void)) { hook_add(&power_off_hooks, stop); }
void bridge_at_soft_reset(void (*stop)(void)) { hook_add(&soft_reset_hooks, stop); }

void bridge_power_off(void) {
    if (!poll_board) return;
    poll_board = NULL;
    heap_collect_hook = NULL;
    stimulus_stop();
    hooks_run(&power_off_hooks);
    power_off_hooks.n = soft_reset_hooks.n = 0;
    emu_units_stop();
    parts_reset();
    chip_power_off();
    gpio_reset_all();
    emu_stop();
    host_free(roots.slots);
    memset(&roots, 0, sizeof roots);
}

void bridge_python_start(void) { heap_add_root(roots_mark); }

void bridge_python_stop(void) {
    restarted = true;
    handlers_off();
    hooks_run(&soft_reset_hooks);
    for (size_t i = 0; i < roots.n; i++) *roots.slots[i] = OBJ_NULL;
}

bool bridge_strict(void) { return strict; }

void bridge_fault_check(void) {
    uint32_t faults = emu_reports(EMU_FAULT);
    if (faults == faults_seen) return;
    faults_seen = faults;
    if (strict) raise_format(&type_RuntimeError, "%s", fault_text);
}

void bridge_acted(void) {
    if (irq_waiting()) irq_dispatch();
    bridge_fault_check();
}

// ---- waiting ---------------------------------------------------------------------------------------------------------------
static void wait_once(uint64_t until) {
    if (rt.poll) poll_run();
    // A scheduled function runs at each look, and what it schedules waits for the next: time stands still until none is left.
    if (!(rt.poll & POLL_SCHEDULE) && !clock_wait(until)) bridge_port->end("nothing can happen any more");
    if (rt.poll) poll_run();
    if (clock_over()) bridge_port->end(NULL);
}

void bridge_wait_until(uint64_t until) {
    do wait_once(until);
    while (clock_now() < until);
}

void bridge_wait_some(uint64_t until) { wait_once(until); }
bool bridge_wait_for(bool (*done)(void *data), void *data, uint64_t deadline) {
    while (!done(data)) {
        if (clock_now() >= deadline) return false;
        uint64_t next = clock_next();
        wait_once(next < deadline ? next : deadline);
    }
    return true;
}

void bridge_wait_interrupt(void) { wait_once(NEVER); }
