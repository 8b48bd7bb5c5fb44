// SPDX-License-Identifier: MIT
// machine.time_pulse_us() and machine.bitstream(): pulses timed by the processor itself.
//
// Invariants
//  - The edges of a Pin are those of its net, with the times at which they happen: exact under both clocks, however late the program hears
//    of them. Anything else than a Pin is asked again and again, which takes POLL_NS each under the virtual clock.
//  - Handlers and scheduled functions run meanwhile.
//  - bitstream() runs with interrupts masked, as on a board.
#include "emu/modules/machine.h"
#include "objects/num.h"
#include "objects/seq.h"
#include "rt.h"
#include "run/raise.h"
#include "run/vm.h"

enum { POLL_NS = 1000, TIMEOUT_BEFORE = -2, TIMEOUT_WITHIN = -1 };

enum pulse_state { PULSE_BEFORE, PULSE_WITHIN, PULSE_OVER };
struct pulse {
    obj_t pin;
    struct net *net;       // NULL: not a plain Pin
    struct listener listener;
    bool level;            // of the pulse
    enum pulse_state state;
    uint64_t timeout, begin, start, end; // ns; begin: of the call
};

static void pulse_level(struct pulse *p, bool level, uint64_t at) {
    if (p->state == PULSE_BEFORE && level == p->level) {
        p->state = PULSE_WITHIN;
        p->start = at;
    } else if (p->state == PULSE_WITHIN && level != p->level) {
        p->state = PULSE_OVER;
        p->end = at;
    }
}

static void pulse_edge(void *data, struct net *net, bool level) {
    struct pulse *p = data;
    if (net->changed_at > p->begin) pulse_level(p, level, net->changed_at);
}

// Lets time pass, at most until `until`.
static void pulse_pause(const struct pulse *p, uint64_t until) {
    if (clock_mode_get() == CLOCK_REAL) {
        if (rt.poll) poll_run();
        clock_run_due();
    } else if (p->net) {
        uint64_t next = clock_next();
        bridge_wait_some(next < until ? next : until);
    } else {
        bridge_wait(POLL_NS);
    }
}

static void pulse_measure(void *data) {
    struct pulse *p = data;
    p->begin = clock_now();
    if (p->net) net_read(p->net); // reports a net that floats
    if (p->net) pulse_level(p, net_level_at(net_root(p->net), p->begin), p->begin);
    for (;;) {
        if (!p->net) pulse_level(p, pin_like_read(p->pin) != 0, clock_now());
        if (p->state == PULSE_OVER) return;
        uint64_t until = (p->state == PULSE_BEFORE ? p->begin : p->start) + p->timeout;
        if (clock_now() >= until) return;
        pulse_pause(p, until);
    }
}

static obj_t time_pulse_us(size_t n, const obj_t *args) {
    struct pulse p = {.pin = args[0], .level = obj_get_int(args[1]) != 0, .timeout = UINT64_C(1000000) * NS_PER_US};
    if (n > 2) {
        intptr_t us = obj_get_int(args[2]);
        if (us < 0) raise_message(&type_ValueError, "invalid timeout");
        p.timeout = (uint64_t)us * NS_PER_US;
    }
    if (!pin_like(args[0])) raise_message(&type_TypeError, "expecting a pin");
    p.listener = (struct listener){.edge = pulse_edge, .data = &p};
    if (pin_is(args[0])) p.net = pin_of(args[0])->net;
    obj_t exception;
    clock_polled(true);
    if (p.net) net_listen(p.net, &p.listener);
    bool good = protect(pulse_measure, &p, &exception);
    if (p.net) net_unlisten(p.net, &p.listener);
    clock_polled(false);
    if (!good) raise_object(exception);
    bridge_fault_check();
    if (p.state != PULSE_OVER) return OBJ_INT(p.state == PULSE_BEFORE ? TIMEOUT_BEFORE : TIMEOUT_WITHIN);
    return OBJ_INT((p.end - p.start) / NS_PER_US);
}
const struct builtin machine_time_pulse_us_fn = {BUILTIN_TYPE(FORM_VAR), FORM_VAR, 2, 3, 0, {.var = time_pulse_us}};

// ---- bitstream ---------------------------------------------------------------------------------------------------------------
struct bits {
    struct gpio *gpio;
    const uint8_t *data;
    size_t len;
    uint64_t ns[4]; // high and low time of a 0, of a 1
};

static void spend(uint64_t *at, uint64_t ns) {
    *at += ns;
    if (clock_mode_get() == CLOCK_VIRTUAL) clock_advance(ns);
    else
        while (clock_now() < *at) {}
}

static void bits_send(void *data) {
    struct bits *b = data;
    uint64_t at = clock_now();
    for (size_t i = 0; i < b->len; i++)
        for (int bit = 7; bit >= 0; bit--) {
            int one = b->data[i] >> bit & 1;
            gpio_write(b->gpio, true);
            spend(&at, b->ns[2 * one]);
            gpio_write(b->gpio, false);
            spend(&at, b->ns[2 * one + 1]);
        }
}

static obj_t bitstream(size_t n, const obj_t *args) {
    (void)n;
    struct bits b = {.gpio = pin_of(args[0])};
    if (obj_get_int(args[1]) != 0) raise_message(&type_ValueError, "invalid encoding");
    size_t count;
    obj_t *items;
    seq_items(args[2], &count, &items);
    if (count != 4) raise_message(&type_ValueError, "invalid timing");
    for (int i = 0; i < 4; i++) {
        intptr_t ns = obj_get_int(items[i]);
        if (ns < 0 || ns > 1000000000) raise_message(&type_ValueError, "invalid timing");
        b.ns[i] = (uint64_t)ns;
    }
    struct buffer data;
    obj_buffer(args[3], &data, BUFFER_READ);
    b.data = data.data;
    b.len = data.len;
    obj_t exception;
    bool masked = irq_mask_set(true);
    bool good = protect(bits_send, &b, &exception);
    irq_mask_set(masked);
    if (!good) raise_object(exception);
    bridge_acted();
    return OBJ_NONE;
}
const struct builtin machine_bitstream_fn = {BUILTIN_TYPE(FORM_VAR), FORM_VAR, 4, 4, 0, {.var = bitstream}};
