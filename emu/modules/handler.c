// SPDX-License-Identifier: MIT
// Python functions as interrupt handlers, hard and soft.
//
// Invariants
//  - A hard handler runs with the heap and the scheduler locked, and leaves both as it found them, also when it raises.
//  - A soft one is put into the scheduler's queue; when that is full the call is lost and counted on its line as merged.
//  - A handler that raises is shown with its source's name, forgotten, and its source is switched off; the program goes on.
//  - function and argument of every registered handler are marked at each collection.
#include "emu/modules/bridge.h"
#include "heap/heap.h"
#include "objects/types.h"
#include "rt.h"
#include "run/call.h"
#include "run/raise.h"
#include "run/vm.h"

#include <stdio.h>
#include <string.h>

static void handler_call(void *data) {
    struct handler *h = data;
    if (h->second) call_2(h->function, h->argument, h->second);
    else call_1(h->function, h->argument);
}

static void fault_show(struct handler *h, obj_t exception) {
    struct printer p = printer_stdout;
    if (h->number >= 0) print_format(&p, "uncaught exception in %s(%d) interrupt handler\n", h->kind, h->number);
    else print_format(&p, "uncaught exception in %s interrupt handler\n", h->kind);
    exception_print(&p, exception);
}

static void run_hard(struct handler *h) {
    obj_t exception;
    uint32_t heap_lock_before = rt.heap_lock_depth;
    heap_lock();
    schedule_lock();
    bool good = protect(handler_call, h, &exception);
    schedule_unlock();
    while (rt.heap_lock_depth > heap_lock_before) heap_unlock();
    while (rt.heap_lock_depth < heap_lock_before) heap_lock();
    if (good) return;
    h->function = OBJ_NULL;
    if (h->switch_off) h->switch_off(h->data);
    fault_show(h, exception);
}

static void line_taken(void *data) {
    struct handler *h = data;
    if (h->before) h->before(h->data);
    if (!h->function || h->function == OBJ_NONE) return;
    if (h->hard) run_hard(h);
    else if (!schedule(h->function, h->argument)) h->line.merged++;
    if (h->after) h->after(h->data);
}

void handler_init(struct handler *h, const char *kind, int number, int priority, void (*before)(void *), void (*switch_off)(void *),
                  void *data) {
    h->kind = kind;
    h->number = number;
    h->before = before;
    h->switch_off = switch_off;
    h->data = data;
    if (number >= 0) snprintf(h->label, sizeof h->label, "%s(%d)", kind, number);
    else snprintf(h->label, sizeof h->label, "%s", kind);
    h->line.name = h->label;
    h->line.priority = (uint8_t)priority;
    h->line.handler = line_taken;
    h->line.data = h;
    irq_register(&h->line);
    bridge_root(&h->function);
    bridge_root(&h->argument);
}

void handler_set(struct handler *h, obj_t function, obj_t argument, bool hard) {
    h->function = function == OBJ_NONE ? OBJ_NULL : function;
    h->argument = argument;
    h->hard = hard;
    irq_enable_line(&h->line, true);
}

void handler_drop(struct handler *h) {
    irq_unregister(&h->line);
    bridge_root_drop(&h->function);
    bridge_root_drop(&h->argument);
    h->function = h->argument = OBJ_NULL;
}

bool handlers_any(void) {
    for (struct irq_line *l = irq_lines(); l; l = l->next)
        if (l->handler == line_taken && ((struct handler *)l->data)->function) return true;
    return false;
}

void handlers_off(void) {
    for (struct irq_line *l = irq_lines(); l; l = l->next) {
        if (l->handler != line_taken) continue;
        struct handler *h = l->data;
        if (h->function && h->switch_off) h->switch_off(h->data);
        h->function = h->argument = OBJ_NULL;
        irq_clear(l);
    }
}
