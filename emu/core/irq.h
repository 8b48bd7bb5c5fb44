// SPDX-License-Identifier: MIT
// The interrupt controller: lines with priorities, a mask, nesting, and what a firmware author wants to know about them.
#ifndef EMU_CORE_IRQ_H
#define EMU_CORE_IRQ_H

#include <stdbool.h>
#include <stdint.h>

enum { IRQ_HIGHEST = 0, IRQ_LOWEST = 15, IRQ_THREAD = 255, IRQ_LATENCY_STEPS = 32 };

// A line belongs to its source. Zeroed and registered: disabled, priority 0.
struct irq_line {
    const char *name;               // for reports and traces; lives as long as the line
    void (*handler)(void *data);    // taken between two bytecodes (or in a wait), never inside an event
    void *data;
    uint8_t priority;               // 0 is the most urgent; one handler is interrupted only by a smaller number
    bool enabled;                   // a disabled line keeps what is pending
    bool pending, active;
    uint64_t raised_at;             // of the pending one
    uint32_t owed;                  // irq_raise_times()
    uint64_t taken, merged;         // merged: raised while pending already (lost)
    uint64_t latency_sum, latency_max;              // ns from raise to handler
    uint32_t latency[IRQ_LATENCY_STEPS];            // [k]: latency in [2^k, 2^(k+1)) ns
    uint64_t busy_sum, busy_max;                    // ns in the handler, nested ones included
    struct irq_line *next;          // registered lines, in order of registration
};

void irq_reset(void);
void irq_register(struct irq_line *line); // again: nothing
void irq_unregister(struct irq_line *line);
void irq_enable_line(struct irq_line *line, bool on);
void irq_raise(struct irq_line *line);    // marks it pending and asks for attention; safe anywhere in emu/
// `times` requests of a periodic source. Real clock: those that only the host's lateness put behind each other are owed, and are taken one
// by one, as long as handlers of the line take less than half of the time; else they are merged, as on the chip.
void irq_raise_times(struct irq_line *line, uint64_t times);
void irq_clear(struct irq_line *line);    // drops what is pending
// The mask (PRIMASK): masked lines stay pending. Returns the state before, for irq_mask_set().
bool irq_mask_set(bool masked);
bool irq_masked(void);
bool irq_waiting(void);                   // something may be taken now
void irq_dispatch(void);                  // takes what may be taken, most urgent first, then in order of raising
int irq_level(void);                      // priority of the running handler, IRQ_THREAD outside
struct irq_line *irq_lines(void);         // first registered line
// After a handler has left by a jump that it does not return from: forgets that it is active.
void irq_unwind(int level);

#endif
