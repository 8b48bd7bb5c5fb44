// SPDX-License-Identifier: MIT
// The callback object that irq() methods return: irq.flags(), irq.trigger([t]), irq() calls the handler.
#ifndef EMU_MODULES_IRQ_OBJECT_H
#define EMU_MODULES_IRQ_OBJECT_H

#include "emu/modules/bridge.h"
#include "obj.h"

// What the object asks of the unit behind it.
struct irq_source {
    uint32_t (*flags)(void *data);                            // events of the last call of the handler
    uint32_t (*trigger)(void *data);                          // events that call it
    void (*trigger_set)(void *data, uint32_t trigger);        // may raise; returns nothing
};
struct irq_object { // 5 words
    const struct type *type;
    const struct irq_source *source;
    obj_t parent;            // Pin, UART …: what the handler is called with
    void *data;              // of the unit
    struct handler *handler;
};
extern const struct type type_machine_irq;

obj_t irq_object_new(obj_t parent, struct handler *handler, const struct irq_source *source, void *data);

#endif
