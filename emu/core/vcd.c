// SPDX-License-Identifier: MIT
// Writes a value change dump while things happen.
//
// Invariants
//  - The file is always whole: a head of HEAD_BYTES (declarations, padded by a comment), then changes in order of time. A signal that
//    appears later (an interrupt line, a net of a part) is declared by writing the head again; it has no value before its first change.
//  - Signal i has the identifier of its number in base 94 ('!' is 0). 0 is collection, 1 heap_used, 2 queue_depth; then nets and lines in
//    order of appearance.
//  - Times are ns since power-on and are written once for all changes at that time.
//  - Signals that do not fit into the head any more are left out, and the person is told.
#include "emu/core/vcd.h"
#include "emu/core/clock.h"
#include "emu/core/host.h"
#include "emu/core/irq.h"
#include "emu/core/net.h"
#include "emu/core/trace.h"

#include <stdio.h>
#include <string.h>

enum { HEAD_BYTES = 32768, SIGNALS_MAX = 512, ID_ROOM = 4 };
enum { SIGNAL_COLLECTION, SIGNAL_HEAP, SIGNAL_QUEUE, FIXED_SIGNALS };

static struct {
    struct vcd_out out;
    struct trace_sink sink;
    bool on, told;
    const char *title;
    struct signal {         // from FIXED_SIGNALS on
        const void *source; // net or line
        bool is_net;
    } signals[SIGNALS_MAX];
    size_t n;
    const char *const *names;
    size_t n_names;
    uint64_t at, length; // time of the last stamp; bytes written behind the head
    int64_t heap, queue;
} v;

static void append(const char *text, size_t len) {
    v.out.write(v.out.data, HEAD_BYTES + v.length, text, len);
    v.length += len;
}

static void id_text(size_t number, char out[ID_ROOM]) {
    size_t len = 0;
    do {
        out[len++] = (char)('!' + number % 94);
        number /= 94;
    } while (number > 0);
    out[len] = 0;
}

// ---- the head --------------------------------------------------------------------------------------------------------------
static size_t var_write(char *head, size_t at, size_t number, const char *kind, const char *prefix, const char *name) {
    char id[ID_ROOM], clean[NET_NAME_ROOM + 8];
    id_text(number, id);
    snprintf(clean, sizeof clean, "%s", name);
    for (char *p = clean; *p; p++)
        if (*p <= ' ' || *p > '~') *p = '_'; // names of signals have no blanks
    return at + (size_t)snprintf(head + at, HEAD_BYTES - at, "$var %s %s %s%s $end\n", kind, id, prefix, clean);
}

static size_t signal_declare(char *head, size_t at, size_t number, const struct signal *signal) {
    if (signal->is_net) return var_write(head, at, number, "wire 1", "", ((const struct net *)signal->source)->name);
    return var_write(head, at, number, "wire 1", "irq_", ((const struct irq_line *)signal->source)->name);
}

static void head_write(void) {
    static char head[HEAD_BYTES];
    size_t at = (size_t)snprintf(head, sizeof head,
                                 "$version breadboard $end\n$comment %s $end\n$timescale 1 ns $end\n$scope module board $end\n", v.title);
    static const char end[] = "$upscope $end\n$enddefinitions $end\n";
    size_t tail = sizeof end - 1 + sizeof "$comment $end\n";
    at = var_write(head, at, SIGNAL_COLLECTION, "wire 1", "", "collection");
    at = var_write(head, at, SIGNAL_HEAP, "real 64", "", "heap_used");
    at = var_write(head, at, SIGNAL_QUEUE, "real 64", "", "queue_depth");
    for (size_t i = FIXED_SIGNALS; i < v.n && at < sizeof head - tail - 80; i++) at = signal_declare(head, at, i, &v.signals[i]);
    at += (size_t)snprintf(head + at, sizeof head - at, "$comment");
    size_t padding = sizeof head - at - (sizeof " $end\n" - 1) - (sizeof end - 1);
    memset(head + at, ' ', padding);
    at += padding;
    memcpy(head + at, " $end\n", 6);
    memcpy(head + at + 6, end, sizeof end - 1);
    v.out.write(v.out.data, 0, head, sizeof head);
}

// The signal of this net or line; new ones are declared. SIGNALS_MAX: no room.
static size_t signal_of(const void *source, bool is_net) {
    for (size_t i = FIXED_SIGNALS; i < v.n; i++)
        if (v.signals[i].source == source) return i;
    if (v.n == SIGNALS_MAX) {
        if (!v.told) emu_report(EMU_WARNING, "the trace has room for %d signals: later ones are left out", SIGNALS_MAX);
        v.told = true;
        return SIGNALS_MAX;
    }
    v.signals[v.n++] = (struct signal){source, is_net};
    head_write();
    return v.n - 1;
}

// ---- changes ---------------------------------------------------------------------------------------------------------------
static void stamp(uint64_t at) {
    if (at == v.at) return;
    v.at = at;
    char text[32];
    append(text, (size_t)snprintf(text, sizeof text, "#%llu\n", (unsigned long long)at));
}

static void value_write(size_t number, bool value) {
    char id[ID_ROOM], text[8];
    id_text(number, id);
    append(text, (size_t)snprintf(text, sizeof text, "%d%s\n", value, id));
}

// As a real number: sigrok reads no numbers of several bits, and stops at the first.
static void number_write(size_t number, int64_t value) {
    char id[ID_ROOM], text[80];
    id_text(number, id);
    append(text, (size_t)snprintf(text, sizeof text, "r%lld %s\n", (long long)value, id));
}

static void gauges_look(void) {
    int64_t heap = v.out.heap_used ? v.out.heap_used() : v.heap;
    int64_t queue = v.out.queue_depth ? v.out.queue_depth() : v.queue;
    if (heap != v.heap) number_write(SIGNAL_HEAP, v.heap = heap);
    if (queue != v.queue) number_write(SIGNAL_QUEUE, v.queue = queue);
}

static void change(void *data, enum trace_kind kind, const void *source, uint64_t at, int64_t value) {
    (void)data;
    size_t number = kind == TRACE_COLLECTION ? SIGNAL_COLLECTION : SIGNALS_MAX;
    if (kind == TRACE_NET || kind == TRACE_IRQ) {
        number = signal_of(source, kind == TRACE_NET);
        if (number == SIGNALS_MAX) return;
    }
    stamp(at);
    if (number != SIGNALS_MAX) value_write(number, value != 0);
    gauges_look();
}

static bool wants(void *data, const struct net *net) {
    (void)data;
    if (v.n_names == 0) return true;
    for (size_t i = 0; i < v.n_names; i++)
        if (strcmp(v.names[i], net->name) == 0) return true;
    return false;
}

void vcd_start(const struct vcd_out *out, const char *title, const char *const *names, size_t n) {
    memset(&v, 0, sizeof v);
    v.out = *out;
    v.title = title;
    v.names = names;
    v.n_names = n;
    v.n = FIXED_SIGNALS;
    v.on = true;
    v.at = NEVER;
    v.heap = v.queue = -1;
    for (struct net *net = net_first(); net && v.n < SIGNALS_MAX; net = net->next)
        if (wants(NULL, net)) v.signals[v.n++] = (struct signal){net, true};
    head_write();
    stamp(clock_now());
    append("$dumpvars\n", 10);
    value_write(SIGNAL_COLLECTION, false);
    for (size_t i = FIXED_SIGNALS; i < v.n; i++) value_write(i, net_level((struct net *)v.signals[i].source));
    gauges_look();
    append("$end\n", 5);
    v.sink = (struct trace_sink){.change = change, .wants = wants};
    trace_add(&v.sink);
}

void vcd_stop(void) {
    if (!v.on) return;
    stamp(clock_now());
    trace_remove(&v.sink);
    v.on = false;
}
