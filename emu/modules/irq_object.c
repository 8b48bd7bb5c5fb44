// SPDX-License-Identifier: MIT
// The callback object of irq() methods.
//
// Invariants
//  - It holds no state of its own: handler, flags and trigger belong to the unit, so two such objects of one unit are the same.
#include "emu/modules/irq_object.h"
#include "heap/heap.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/types.h"
#include "run/call.h"
#include "run/raise.h"

obj_t irq_object_new(obj_t parent, struct handler *handler, const struct irq_source *source, void *data) {
    struct irq_object *irq = heap_new(5, 0, HEAP_REFS);
    irq->type = &type_machine_irq;
    irq->source = source;
    irq->parent = parent;
    irq->data = data;
    irq->handler = handler;
    return OBJ_PTR(irq);
}

static obj_t irq_flags(obj_t self) {
    struct irq_object *irq = (struct irq_object *)self;
    return int_from_u64(irq->source->flags(irq->data));
}
BUILTIN_1(irq_flags_fn, irq_flags);

static obj_t irq_trigger(size_t n, const obj_t *args) {
    struct irq_object *irq = (struct irq_object *)args[0];
    uint32_t before = irq->source->trigger(irq->data);
    if (n > 1) irq->source->trigger_set(irq->data, (uint32_t)obj_get_int_truncated(args[1]));
    return int_from_u64(before);
}
BUILTIN_VAR(irq_trigger_fn, 1, 2, irq_trigger);

static obj_t irq_call(obj_t self, size_t n, size_t kw, const obj_t *args) {
    (void)args;
    args_check(n, kw, 0, 0, false);
    struct irq_object *irq = (struct irq_object *)self;
    obj_t function = irq->handler->function;
    if (function && function != OBJ_NONE) call_1(function, irq->parent);
    return OBJ_NONE;
}

static const struct map_slot irq_members[] = {MEMBER(flags, &irq_flags_fn), MEMBER(trigger, &irq_trigger_fn)};
static FIXED_DICT(irq_dict, irq_members);
static const struct type_ops irq_ops = {.call = irq_call};
const struct type type_machine_irq = {.type = &type_type, .name = Q_irq, .flags = TYPE_TRUE, .ops = &irq_ops, .members = &irq_dict};
