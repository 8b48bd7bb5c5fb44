// SPDX-License-Identifier: MIT
// Hands changes to whoever records them.
//
// Invariant: with no sink every function returns at once and nothing is counted; sinks see the changes in the order in which they happen.
#include "emu/core/trace.h"
#include "emu/core/clock.h"
#include "emu/core/net.h"

#include <stddef.h>

static struct trace_sink *sinks;

void trace_reset(void) { sinks = NULL; }

void trace_add(struct trace_sink *sink) {
    sink->next = sinks;
    sinks = sink;
}

void trace_remove(struct trace_sink *sink) {
    for (struct trace_sink **s = &sinks; *s; s = &(*s)->next)
        if (*s == sink) {
            *s = sink->next;
            return;
        }
}

bool trace_active(void) { return sinks != NULL; }

static bool sink_wants(const struct trace_sink *s, const struct net *net) { return !s->wants || s->wants(s->data, net); }

bool trace_wants(const struct net *net) {
    for (struct trace_sink *s = sinks; s; s = s->next)
        if (sink_wants(s, net)) return true;
    return false;
}

void trace_net(struct net *net, bool level, uint64_t at) {
    for (struct trace_sink *s = sinks; s; s = s->next)
        if (sink_wants(s, net)) s->change(s->data, TRACE_NET, net, s->own_times ? net->changed_at : at, level);
}

void trace_irq(struct irq_line *line, bool entered) {
    for (struct trace_sink *s = sinks; s; s = s->next) s->change(s->data, TRACE_IRQ, line, clock_now(), entered);
}

void trace_gauge(enum trace_kind kind, int64_t value) {
    for (struct trace_sink *s = sinks; s; s = s->next) s->change(s->data, kind, NULL, clock_now(), value);
}
