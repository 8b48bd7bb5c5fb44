// SPDX-License-Identifier: MIT
// Module `bench`: the instruments on the desk. A test of a board's program is a Python file that imports it.
//
// Net(name) is a probe and a source on one net; press, release, turn and uart are hands on parts; advance moves time; irqs counts.
//
// Invariants
//  - What is driven from here goes through emu/parts/stimulus.h, as a stimulus file does: one source per net, in common.
//  - wait_edge() sleeps on an interrupt line of its own (the least urgent), so that handlers of the program run meanwhile.
//  - Nothing here is on a board: a script that imports it is a test, and only runs here.
#include "emu/core/irq.h"
#include "emu/core/net.h"
#include "emu/modules/bridge.h"
#include "emu/parts/accel.h"
#include "emu/parts/stimulus.h"
#include "heap/heap.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "objects/types.h"
#include "run/call.h"
#include "run/raise.h"

#include <stdio.h>

struct bench_net { // 2 words: it is not on a board
    const struct type *type;
    struct net *net;
};
extern const struct type type_bench_net;

static struct {
    struct irq_line line;
    struct listener listener;
    int wanted; // level, -1: any
    uint64_t at;
    bool seen;
} edge;

// ---- nets --------------------------------------------------------------------------------------------------------------------
static struct net *net_named(obj_t o) {
    if (obj_is(o, &type_bench_net)) return net_root(((struct bench_net *)o)->net);
    const char *name = str_data(o, NULL);
    struct net *net = stimulus_net(name);
    if (!net) raise_format(&type_ValueError, "no net '%s'", name);
    return net;
}

static struct net *net_self(obj_t o) { return net_root(((struct bench_net *)o)->net); }

static obj_t net_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    args_check(n, kw, 1, 1, false);
    struct net *net = net_named(args[0]);
    struct bench_net *o = heap_new(2, 0, HEAP_DATA);
    o->type = type;
    o->net = net;
    return OBJ_PTR(o);
}

static void net_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    struct net *net = net_self(self);
    print_format(p, "Net('%s', %s)", net->name, net->floating ? "floating" : net_level(net) ? "high" : "low");
}

// drive(1), drive(0), drive(None), drive('up'), drive('down'), drive(1.65): volts
static obj_t net_drive(obj_t self, obj_t value) {
    struct net *net = net_self(self);
    char text[32];
    size_t len;
    const char *word = str_data_maybe(value, &len);
    if (value == OBJ_NONE) word = "Z";
    else if (obj_is_float(value)) snprintf(text, sizeof text, "%.9gV", obj_get_float(value)), word = text;
    else if (!word) word = obj_true(value) ? "1" : "0";
    if (!stimulus_drive(net, word)) raise_format(&type_ValueError, "can't drive '%s'", word);
    bridge_acted();
    return OBJ_NONE;
}
BUILTIN_2(net_drive_fn, net_drive);

static obj_t net_release(obj_t self) {
    stimulus_drive(net_self(self), "Z");
    return OBJ_NONE;
}
BUILTIN_1(net_release_fn, net_release);

// wave(freq, duty=50): a square wave; duty in percent
static obj_t net_wave(size_t n, const obj_t *args) {
    double freq = obj_get_float(args[1]), duty = n > 2 ? obj_get_float(args[2]) : 50;
    if (!(freq > 0 && freq <= 1e9)) raise_message(&type_ValueError, "freq must be above 0 and at most 1 GHz");
    if (!(duty >= 0 && duty <= 100)) raise_message(&type_ValueError, "duty must be from 0 to 100");
    uint64_t period = (uint64_t)(1e9 / freq + 0.5);
    struct wave wave = {.start = clock_now(), .period = period ? period : 1, .high = (uint64_t)((double)period * duty / 100 + 0.5)};
    stimulus_drive_wave(net_self(args[0]), &wave);
    bridge_fault_check();
    return OBJ_NONE;
}
BUILTIN_VAR(net_wave_fn, 2, 3, net_wave);

static obj_t net_level_of(obj_t self) { return OBJ_INT(net_level(net_self(self))); }
BUILTIN_1(net_level_fn, net_level_of);
static obj_t net_volts_of(obj_t self) { return float_new(net_volts(net_self(self))); }
BUILTIN_1(net_volts_fn, net_volts_of);
static obj_t net_edges_of(obj_t self) { return int_from_u64(net_edges(net_self(self))); }
BUILTIN_1(net_edges_fn, net_edges_of);
static obj_t net_high_us(obj_t self) { return int_from_u64(net_high_ns(net_self(self)) / NS_PER_US); }
BUILTIN_1(net_high_us_fn, net_high_us);
static obj_t net_floating(obj_t self) { return obj_bool(net_self(self)->floating); }
BUILTIN_1(net_floating_fn, net_floating);
static obj_t net_shorted(obj_t self) { return obj_bool(net_self(self)->shorted); }
BUILTIN_1(net_shorted_fn, net_shorted);

// measure(ms=100): (frequency in Hz, duty in percent), while the program's interrupts go on
static obj_t net_measure(size_t n, const obj_t *args) {
    struct net *net = net_self(args[0]);
    double ms = n > 1 ? obj_get_float(args[1]) : 100;
    if (!(ms > 0 && ms <= 3.6e6)) raise_message(&type_ValueError, "time must be above 0 ms and at most an hour");
    uint64_t start = clock_now(), edges = net_edges(net), high = net_high_ns(net);
    bridge_wait((uint64_t)(ms * 1e6));
    double span = (double)(clock_now() - start);
    obj_t result[2] = {float_new((double)(net_edges(net) - edges) / 2 / span * 1e9), OBJ_NULL};
    result[1] = float_new((double)(net_high_ns(net) - high) / span * 100);
    return tuple_new(2, result);
}
BUILTIN_VAR(net_measure_fn, 1, 2, net_measure);

static void edge_heard(void *data, struct net *net, bool level) {
    (void)data, (void)net;
    if (edge.seen || (edge.wanted >= 0 && edge.wanted != level)) return;
    edge.seen = true;
    edge.at = clock_now();
    irq_raise(&edge.line);
}

// wait_edge(level=None, timeout_ms=None): time of the edge in us, None after the time-out. level: 1 rising, 0 falling, None either
struct edge_wait {
    uint64_t until;
};

static void edge_waiting(void *data) {
    struct edge_wait *w = data;
    while (!edge.seen && clock_now() < w->until) bridge_wait_some(w->until);
}

static obj_t net_wait_edge(size_t n, const obj_t *args) {
    struct net *net = net_self(args[0]);
    edge.wanted = n > 1 && args[1] != OBJ_NONE ? obj_true(args[1]) : -1;
    struct edge_wait w = {NEVER};
    if (n > 2 && args[2] != OBJ_NONE) {
        double ms = obj_get_float(args[2]);
        if (!(ms >= 0 && ms <= 1e12)) raise_message(&type_ValueError, "timeout out of range");
        w.until = clock_now() + (uint64_t)(ms * 1e6);
    }
    edge.seen = false;
    edge.listener.edge = edge_heard;
    edge.line.name = "bench";
    edge.line.priority = IRQ_LOWEST;
    edge.line.enabled = true;
    irq_register(&edge.line);
    net_listen(net, &edge.listener);
    obj_t exception = OBJ_NULL;
    bool good = protect(edge_waiting, &w, &exception);
    net_unlisten(net, &edge.listener);
    irq_unregister(&edge.line);
    if (!good) raise_object(exception);
    return edge.seen ? int_from_u64(edge.at / NS_PER_US) : OBJ_NONE;
}
BUILTIN_VAR(net_wait_edge_fn, 1, 3, net_wait_edge);

static void net_attr(obj_t self, qstr_t name, obj_t value, obj_t out[2]) {
    if (value == OBJ_NULL && name == Q_name) out[0] = str_new(net_self(self)->name, strlen(net_self(self)->name));
}

static const struct map_slot net_members[] = {
    MEMBER(drive, &net_drive_fn),     MEMBER(release, &net_release_fn), MEMBER(wave, &net_wave_fn),
    MEMBER(level, &net_level_fn),     MEMBER(volts, &net_volts_fn),     MEMBER(edges, &net_edges_fn),
    MEMBER(high_us, &net_high_us_fn), MEMBER(floating, &net_floating_fn), MEMBER(shorted, &net_shorted_fn),
    MEMBER(measure, &net_measure_fn), MEMBER(wait_edge, &net_wait_edge_fn),
};
static FIXED_DICT(net_dict, net_members);
static const struct type_ops net_ops = {.construct = net_construct, .print = net_print, .attr = net_attr};
const struct type type_bench_net = {.type = &type_type, .name = Q_Net, .ops = &net_ops, .members = &net_dict};

// ---- hands on parts ----------------------------------------------------------------------------------------------------------
static obj_t bench_wire(obj_t a, obj_t b) {
    net_join(net_named(a), net_named(b));
    bridge_fault_check();
    return OBJ_NONE;
}
BUILTIN_2(bench_wire_fn, bench_wire);

static void press(obj_t name, bool down) {
    const char *text = str_data(name, NULL);
    if (!stimulus_actions.press || !stimulus_actions.press(text, down)) raise_format(&type_ValueError, "no button '%s'", text);
    bridge_acted();
}

static obj_t bench_press(obj_t name) {
    press(name, true);
    return OBJ_NONE;
}
BUILTIN_1(bench_press_fn, bench_press);

static obj_t bench_release(obj_t name) {
    press(name, false);
    return OBJ_NONE;
}
BUILTIN_1(bench_release_fn, bench_release);

static obj_t bench_turn(obj_t name, obj_t value) {
    const char *text = str_data(name, NULL);
    double v = obj_get_float(value);
    if (!(v >= 0 && v <= 1)) raise_message(&type_ValueError, "position must be from 0 to 1");
    if (!stimulus_actions.turn || !stimulus_actions.turn(text, v)) raise_format(&type_ValueError, "no knob '%s'", text);
    return OBJ_NONE;
}
BUILTIN_2(bench_turn_fn, bench_turn);

static obj_t bench_uart(obj_t name, obj_t data) {
    char number[24];
    size_t len;
    const char *text = str_data_maybe(name, &len);
    if (!text) snprintf(number, sizeof number, "%ld", (long)obj_get_int(name)), text = number;
    struct buffer bytes;
    obj_buffer(data, &bytes, BUFFER_READ);
    if (!stimulus_actions.uart || !stimulus_actions.uart(text, bytes.data, bytes.len)) raise_format(&type_ValueError, "no UART '%s'", text);
    return OBJ_NONE;
}
BUILTIN_2(bench_uart_fn, bench_uart);

// ---- time and counters -------------------------------------------------------------------------------------------------------
static obj_t bench_advance_by(obj_t amount, double unit) {
    double n = obj_get_float(amount) * unit;
    if (!(n >= 0 && n < 1e18)) raise_message(&type_ValueError, "time out of range");
    bridge_wait((uint64_t)n);
    return OBJ_NONE;
}
static obj_t bench_advance_ms(obj_t ms) { return bench_advance_by(ms, 1e6); }
BUILTIN_1(bench_advance_ms_fn, bench_advance_ms);
static obj_t bench_advance_us(obj_t us) { return bench_advance_by(us, 1e3); }
BUILTIN_1(bench_advance_us_fn, bench_advance_us);
static obj_t bench_now_us(void) { return int_from_u64(clock_now() / NS_PER_US); }
BUILTIN_0(bench_now_us_fn, bench_now_us);
static obj_t bench_virtual(void) { return obj_bool(clock_mode_get() == CLOCK_VIRTUAL); }
BUILTIN_0(bench_virtual_fn, bench_virtual);

// irqs(): a list of (name, taken, lost, mean latency us, longest latency us), in the order in which lines came to be
static obj_t bench_irqs(void) {
    obj_t list = list_new(0, NULL);
    for (struct irq_line *l = irq_lines(); l; l = l->next) {
        obj_t item[5] = {str_new(l->name, strlen(l->name)), OBJ_NULL, OBJ_NULL, OBJ_NULL, OBJ_NULL};
        item[1] = int_from_u64(l->taken);
        item[2] = int_from_u64(l->merged);
        item[3] = float_new(l->taken ? (double)l->latency_sum / (double)l->taken / 1e3 : 0);
        item[4] = float_new((double)l->latency_max / 1e3);
        list_append(list, tuple_new(5, item));
    }
    return list;
}
BUILTIN_0(bench_irqs_fn, bench_irqs);

// troubles(): shorts and reads of floating nets since power-on
static obj_t bench_troubles(void) { return int_from_u64(net_float_and_short_count()); }
BUILTIN_0(bench_troubles_fn, bench_troubles);

// tilt(x, y, z): what the accelerometer feels, 21 for one g
static obj_t bench_tilt(obj_t x, obj_t y, obj_t z) {
    enum { MOST = 1000 };
    intptr_t v[3] = {obj_get_int(x), obj_get_int(y), obj_get_int(z)};
    for (int i = 0; i < 3; i++) v[i] = v[i] < -MOST ? -MOST : v[i] > MOST ? MOST : v[i];
    accel_set((int)v[0], (int)v[1], (int)v[2]);
    return OBJ_NONE;
}
BUILTIN_3(bench_tilt_fn, bench_tilt);

static const struct map_slot bench_members[] = {
    MEMBER(__name__, OBJ_QSTR(Q_bench)), MEMBER(Net, &type_bench_net),
    MEMBER(wire, &bench_wire_fn), MEMBER(press, &bench_press_fn), MEMBER(release, &bench_release_fn),
    MEMBER(turn, &bench_turn_fn), MEMBER(uart, &bench_uart_fn), MEMBER(advance_ms, &bench_advance_ms_fn),
    MEMBER(advance_us, &bench_advance_us_fn), MEMBER(now_us, &bench_now_us_fn), MEMBER(is_virtual, &bench_virtual_fn),
    MEMBER(tilt, &bench_tilt_fn),     MEMBER(irqs, &bench_irqs_fn), MEMBER(troubles, &bench_troubles_fn),
};
static FIXED_DICT(bench_dict, bench_members);
void bench_start(void) { bridge_ready(); }
const struct module module_bench = {&type_module, &bench_dict, {0}};
MODULE(bench, false, bench_start, "");
