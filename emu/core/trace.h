// SPDX-License-Identifier: MIT
// What happened when: every change of chosen nets, interrupts, collections and gauges, handed to a sink (a VCD file, the panel).
#ifndef EMU_CORE_TRACE_H
#define EMU_CORE_TRACE_H

#include <stdbool.h>
#include <stdint.h>

struct net;
struct irq_line;

enum trace_kind { TRACE_NET, TRACE_IRQ, TRACE_COLLECTION, TRACE_QUEUE_DEPTH, TRACE_HEAP_USED };

// Called at the moment of the change; `at` in ns since power-on, never going back. Must not drive nets or raise interrupts.
// own_times: an edge of a wave that is heard late (real clock) comes with the time at which it was; only those of one net are in order.
struct trace_sink {
    // source: the net or irq_line, else NULL
    void (*change)(void *data, enum trace_kind kind, const void *source, uint64_t at, int64_t value);
    bool (*wants)(void *data, const struct net *net); // NULL: all nets
    void *data;
    bool own_times;
    struct trace_sink *next;
};

void trace_reset(void);
void trace_add(struct trace_sink *sink);
void trace_remove(struct trace_sink *sink);
bool trace_active(void);
bool trace_wants(const struct net *net); // some sink wants each edge of it
void trace_net(struct net *net, bool level, uint64_t at); // at: clock_now(), which its caller knows
void trace_irq(struct irq_line *line, bool entered);
void trace_gauge(enum trace_kind kind, int64_t value); // COLLECTION: 1 begins, 0 ends

#endif
