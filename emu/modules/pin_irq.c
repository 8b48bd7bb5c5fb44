// SPDX-License-Identifier: MIT
// Pin.irq(): edges and levels of a pin as interrupts.
//
// Invariants
//  - A pin listens to its net only while a trigger and a handler are set.
//  - Edges raise the pin's line from within the event that made them; `flags` holds the trigger bits seen since the last call.
//  - A level that lasts is raised again LEVEL_AGAIN ns after each call, so that the program goes on beside it.
// Known differences: on a chip a lasting level is taken again at once, and the main program stands still.
#include "emu/modules/irq_object.h"
#include "emu/modules/machine.h"
#include "objects/map.h"
#include "objects/num.h"
#include "run/call.h"
#include "run/raise.h"

enum { LEVEL_AGAIN = 10 * NS_PER_US, STM_RISING = 0x10110000, STM_FALLING = 0x10210000, EXTI_PRIORITY = 14 };

static uint32_t level_bits(struct pin *p) { return p->trigger & (net_level(p->gpio->net) ? PIN_HIGH_LEVEL : PIN_LOW_LEVEL); }

static void raise_line(struct pin *p, uint32_t bits) {
    p->flags |= bits;
    machine_wakeup(MACHINE_PIN_WAKE);
    irq_raise(&p->handler.line);
}

static void on_edge(void *data, struct net *net, bool level) {
    struct pin *p = data;
    (void)net;
    uint32_t bits = p->trigger & (level ? PIN_RISING | PIN_HIGH_LEVEL : PIN_FALLING | PIN_LOW_LEVEL);
    if (bits) raise_line(p, bits);
}

static void on_again(void *data) {
    struct pin *p = data;
    uint32_t bits = level_bits(p);
    if (bits) raise_line(p, bits);
}

static void before_call(void *data) {
    struct pin *p = data;
    p->last_flags = p->flags;
    p->flags = 0;
    if (p->trigger & (PIN_LOW_LEVEL | PIN_HIGH_LEVEL)) event_arm(&p->again, clock_now() + LEVEL_AGAIN);
}

static void listen(struct pin *p, uint32_t trigger) {
    p->trigger = trigger;
    event_cancel(&p->again);
    if (p->listening) net_unlisten(p->gpio->net, &p->listener);
    p->listening = trigger != 0;
    p->flags = 0;
    if (!trigger) return;
    net_listen(p->gpio->net, &p->listener);
    uint32_t bits = level_bits(p);
    if (bits) raise_line(p, bits);
}

static void switch_off(void *data) { listen(data, 0); }

static void pin_irq_ready(struct pin *p) {
    if (p->irq_made) return;
    p->irq_made = true;
    p->listener = (struct listener){.edge = on_edge, .data = p};
    p->again.fire = on_again;
    p->again.data = p;
    handler_init(&p->handler, "Pin", p->gpio->port * 16 + p->gpio->bit, EXTI_PRIORITY, before_call, switch_off, p);
    p->handler.line.name = p->gpio->net->name;
    bridge_root(&p->irq_object);
}

void pin_irq_stop(struct pin *p) {
    if (!p->irq_made) return;
    listen(p, 0);
    handler_drop(&p->handler);
    bridge_root_drop(&p->irq_object);
}

// ---- numbers as the board has them -----------------------------------------------------------------------------------------
static uint32_t trigger_from(intptr_t number) {
    if (!pin_on_stm()) {
        if (number < 0 || number > 15) raise_message(&type_ValueError, "invalid trigger");
        return (uint32_t)number;
    }
    if (number == (STM_RISING | STM_FALLING)) return PIN_RISING | PIN_FALLING;
    if (number == STM_RISING) return PIN_RISING;
    if (number == STM_FALLING) return PIN_FALLING;
    raise_format(&type_ValueError, "invalid ExtInt Mode: %ld", (long)number);
}

static uint32_t number_of(uint32_t trigger) {
    if (!pin_on_stm()) return trigger;
    return (trigger & PIN_RISING ? STM_RISING : 0u) | (trigger & PIN_FALLING ? STM_FALLING : 0u);
}

static uint32_t source_flags(void *data) { return number_of(((struct pin *)data)->last_flags); }
static uint32_t source_trigger(void *data) { return number_of(((struct pin *)data)->wanted); }
static void source_trigger_set(void *data, uint32_t number) {
    struct pin *p = data;
    p->wanted = trigger_from(number);
    if (p->handler.function) listen(p, p->wanted);
}
static const struct irq_source pin_source = {source_flags, source_trigger, source_trigger_set};

// ---- Pin.irq() ---------------------------------------------------------------------------------------------------------------
static obj_t pin_irq(size_t n, size_t kw, const obj_t *args) {
    enum { HANDLER, TRIGGER, PRIORITY, WAKE, HARD };
    const intptr_t both = pin_on_stm() ? STM_RISING | STM_FALLING : PIN_RISING | PIN_FALLING;
    const struct arg_spec spec[] = {{Q_handler, ARG_OBJ, 0, {.obj = OBJ_NONE}},
                                    {Q_trigger, ARG_INT, 0, {.i = both}},
                                    {Q_priority, ARG_INT, ARG_KW_ONLY, {.i = 1}},
                                    {Q_wake, ARG_OBJ, ARG_KW_ONLY, {.obj = OBJ_NONE}},
                                    {Q_hard, ARG_BOOL, ARG_KW_ONLY, {.b = false}}};
    union arg_value v[5];
    struct pin *p = (struct pin *)pin_object(pin_of(args[0]));
    args_parse(n - 1, kw, args + 1, 5, spec, v);
    pin_irq_ready(p);
    if (n > 1 || kw > 0) {
        uint32_t trigger = trigger_from(v[TRIGGER].i);
        bool callable = v[HANDLER].obj == OBJ_NONE || obj_is_callable(v[HANDLER].obj);
        if (!callable) raise_message(&type_ValueError, "handler must be None or callable");
        if (v[PRIORITY].i < 1 || v[PRIORITY].i > EXTI_PRIORITY + 1) raise_message(&type_ValueError, "invalid priority");
        p->wake = v[WAKE].obj == OBJ_NONE ? 0 : (uint32_t)obj_get_int(v[WAKE].obj);
        listen(p, 0);
        irq_clear(&p->handler.line);
        p->wanted = trigger;
        p->handler.line.priority = (uint8_t)(EXTI_PRIORITY + 1 - v[PRIORITY].i);
        handler_set(&p->handler, v[HANDLER].obj, OBJ_PTR(p), v[HARD].b);
        if (v[HANDLER].obj != OBJ_NONE) listen(p, trigger);
    }
    if (!p->irq_object) p->irq_object = irq_object_new(OBJ_PTR(p), &p->handler, &pin_source, p);
    return p->irq_object;
}
const struct builtin pin_irq_fn = {BUILTIN_TYPE(FORM_KW), FORM_KW, 1, 255, 0, {.kw = pin_irq}};
