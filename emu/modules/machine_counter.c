// SPDX-License-Identifier: MIT
// machine.Counter and machine.Encoder: pulse counting units of the chip.
//
// Invariants
//  - Units are numbered from 0, for counters and encoders apart; each has one object, made at its first use and kept until a soft reset.
//  - An event that the program asked for raises the unit's line. IRQ_MATCH is switched off when it has come, until it is asked for again.
// Known differences: they are offered on every board; the filter takes any time in nanoseconds.
#include "emu/chip/pcnt.h"
#include "emu/modules/irq_object.h"
#include "emu/modules/machine.h"
#include "heap/heap.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/types.h"
#include "run/raise.h"

enum { UNITS = 8, COUNTER_PRIORITY = 14, EVENTS = 31 };

struct unit {
    struct pcnt pcnt;
    struct handler handler;
    uint32_t trigger, flags, last_flags;
    bool encodes;
    obj_t object, irq_object;
};
static struct unit *units[2][UNITS]; // counters, encoders

struct counter { // 2 words
    const struct type *type;
    struct unit *unit;
};

static struct unit *unit_self(obj_t o) { return ((struct counter *)o)->unit; }

// ---- units -------------------------------------------------------------------------------------------------------------------
static void on_event(void *data, uint32_t events) {
    struct unit *u = data;
    events &= u->trigger;
    if (!events) return;
    u->trigger &= ~(events & PCNT_MATCH);
    u->flags |= events;
    irq_raise(&u->handler.line);
}

static void before_call(void *data) {
    struct unit *u = data;
    u->last_flags = u->flags;
    u->flags = 0;
}

static void switch_off(void *data) { ((struct unit *)data)->trigger = 0; }

static void units_rest(void) {
    for (int i = 0; i < 2 * UNITS; i++)
        if (units[i / UNITS][i % UNITS]) pcnt_stop(&units[i / UNITS][i % UNITS]->pcnt);
}

static void units_stop(void) {
    units_rest();
    for (int i = 0; i < 2 * UNITS; i++) {
        struct unit *u = units[i / UNITS][i % UNITS];
        units[i / UNITS][i % UNITS] = NULL;
        if (!u) continue;
        handler_drop(&u->handler);
        bridge_root_drop(&u->object);
        bridge_root_drop(&u->irq_object);
        emu_free(u);
    }
}

static struct unit *unit_make(int number, bool encodes) {
    struct unit *u = units[encodes][number];
    if (u) return u;
    units[encodes][number] = u = emu_new(sizeof *u);
    u->encodes = encodes;
    u->pcnt.event = on_event;
    u->pcnt.data = u;
    handler_init(&u->handler, encodes ? "Encoder" : "Counter", number, COUNTER_PRIORITY, before_call, switch_off, u);
    bridge_root(&u->object);
    bridge_root(&u->irq_object);
    bridge_at_power_off(units_stop);
    bridge_at_soft_reset(units_rest);
    return u;
}

// ---- init ----------------------------------------------------------------------------------------------------------------------
static struct gpio *pin_or_none(obj_t o) { return o == OBJ_NONE ? NULL : pin_of(o); }

static int64_t whole_number(obj_t o) {
    int64_t v;
    if (!obj_is_integer(o) || !int_to_i64(o, &v)) raise_message(&type_ValueError, "invalid number");
    return v;
}

static void direction_from(struct pcnt_setup *s, obj_t direction) {
    if (pin_is(direction)) s->direction = pin_of(direction);
    else s->down = obj_get_int(direction) != 0;
}

static void unit_init(struct unit *u, size_t n, size_t kw, const obj_t *args) {
    enum { FILTER, MIN, MAX, INDEX, RESET, MATCH, MATCH_PIN, COMMON };
    const struct arg_spec common[COMMON] = {
        {Q_filter_ns, ARG_INT, ARG_KW_ONLY, {.i = 0}},       {Q_min, ARG_OBJ, ARG_KW_ONLY, {.obj = OBJ_INT(0)}},
        {Q_max, ARG_OBJ, ARG_KW_ONLY, {.obj = OBJ_INT(0)}},  {Q_index, ARG_OBJ, ARG_KW_ONLY, {.obj = OBJ_NONE}},
        {Q_reset, ARG_OBJ, ARG_KW_ONLY, {.obj = OBJ_NONE}},  {Q_match, ARG_OBJ, ARG_KW_ONLY, {.obj = OBJ_NONE}},
        {Q_match_pin, ARG_OBJ, ARG_KW_ONLY, {.obj = OBJ_NONE}}};
    struct arg_spec spec[COMMON + 3];
    union arg_value v[COMMON + 3], *c = v + 3;
    if (u->encodes) {
        spec[0] = (struct arg_spec){Q_phase_a, ARG_OBJ, ARG_REQUIRED, {.obj = OBJ_NULL}};
        spec[1] = (struct arg_spec){Q_phase_b, ARG_OBJ, ARG_REQUIRED, {.obj = OBJ_NULL}};
        spec[2] = (struct arg_spec){Q_phases, ARG_INT, ARG_KW_ONLY, {.i = 1}};
    } else {
        spec[0] = (struct arg_spec){Q_src, ARG_OBJ, ARG_REQUIRED, {.obj = OBJ_NULL}};
        spec[1] = (struct arg_spec){Q_edge, ARG_INT, ARG_KW_ONLY, {.i = 0}};
        spec[2] = (struct arg_spec){Q_direction, ARG_OBJ, ARG_KW_ONLY, {.obj = OBJ_INT(0)}};
    }
    memcpy(spec + 3, common, sizeof common);
    args_parse(n, kw, args, COMMON + 3, spec, v);
    struct pcnt_setup s = {.a = pin_of(v[0].obj), .phases = 1};
    if (u->encodes) {
        s.b = pin_of(v[1].obj);
        if (v[2].i != 1 && v[2].i != 2 && v[2].i != 4) raise_message(&type_ValueError, "phases must be 1, 2 or 4");
        s.phases = (uint8_t)v[2].i;
    } else {
        s.falling = v[1].i != 0;
        direction_from(&s, v[2].obj);
    }
    if (c[FILTER].i < 0) raise_message(&type_ValueError, "invalid filter_ns");
    s.filter_ns = (uint64_t)c[FILTER].i;
    s.min = whole_number(c[MIN].obj);
    s.max = whole_number(c[MAX].obj);
    if (s.min > s.max) raise_message(&type_ValueError, "min is larger than max");
    s.index = pin_or_none(c[INDEX].obj);
    s.reset = pin_or_none(c[RESET].obj);
    s.match_pin = pin_or_none(c[MATCH_PIN].obj);
    s.has_match = c[MATCH].obj != OBJ_NONE;
    if (s.has_match) s.match = whole_number(c[MATCH].obj);
    pcnt_start(&u->pcnt, &s);
}

static obj_t counter_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    args_check(n, kw, 1, 255, true);
    intptr_t number = obj_get_int(args[0]);
    if (number < 0 || number >= UNITS) raise_message(&type_ValueError, "invalid id");
    struct unit *u = unit_make((int)number, type == &type_machine_encoder);
    if (!u->object) {
        struct counter *c = heap_new(2, 0, HEAP_DATA);
        c->type = type;
        c->unit = u;
        u->object = OBJ_PTR(c);
    }
    if (n > 1 || kw > 0) unit_init(u, n - 1, kw, args + 1);
    return u->object;
}

static obj_t counter_init(size_t n, size_t kw, const obj_t *args) {
    unit_init(unit_self(args[0]), n - 1, kw, args + 1);
    return OBJ_NONE;
}
BUILTIN_KW(counter_init_fn, 1, 255, counter_init);

static obj_t counter_deinit(obj_t self) {
    struct unit *u = unit_self(self);
    pcnt_stop(&u->pcnt);
    u->trigger = 0;
    handler_set(&u->handler, OBJ_NONE, OBJ_NULL, false);
    return OBJ_NONE;
}
BUILTIN_1(counter_deinit_fn, counter_deinit);

// ---- values --------------------------------------------------------------------------------------------------------------------
static obj_t counter_value(size_t n, const obj_t *args) {
    struct unit *u = unit_self(args[0]);
    if (n == 1) return int_from_i64(u->pcnt.value);
    return int_from_i64(pcnt_set(&u->pcnt, whole_number(args[1])));
}
BUILTIN_VAR(counter_value_fn, 1, 2, counter_value);

static obj_t counter_cycles(size_t n, const obj_t *args) {
    struct unit *u = unit_self(args[0]);
    int16_t before = u->pcnt.cycles;
    if (n > 1) u->pcnt.cycles = (int16_t)obj_get_int_truncated(args[1]);
    return OBJ_INT(before);
}
BUILTIN_VAR(counter_cycles_fn, 1, 2, counter_cycles);

// ---- irq -----------------------------------------------------------------------------------------------------------------------
static uint32_t source_flags(void *data) { return ((struct unit *)data)->last_flags; }
static uint32_t source_trigger(void *data) { return ((struct unit *)data)->trigger; }
static void source_trigger_set(void *data, uint32_t trigger) {
    struct unit *u = data;
    if (trigger & ~(uint32_t)EVENTS) raise_message(&type_ValueError, "invalid trigger");
    u->trigger = trigger;
    if (trigger & PCNT_MATCH) pcnt_match(&u->pcnt);
}
static const struct irq_source unit_source = {source_flags, source_trigger, source_trigger_set};

static obj_t counter_irq(size_t n, size_t kw, const obj_t *args) {
    const struct arg_spec spec[] = {{Q_handler, ARG_OBJ, 0, {.obj = OBJ_NONE}},
                                    {Q_trigger, ARG_INT, 0, {.i = 0}},
                                    {Q_hard, ARG_BOOL, 0, {.b = false}}};
    union arg_value v[3];
    struct unit *u = unit_self(args[0]);
    args_parse(n - 1, kw, args + 1, 3, spec, v);
    if (n > 1 || kw > 0) {
        if (v[0].obj != OBJ_NONE && !obj_is_callable(v[0].obj)) raise_message(&type_ValueError, "handler must be None or callable");
        if (v[1].i < 0 || v[1].i > EVENTS) raise_message(&type_ValueError, "invalid trigger");
        handler_set(&u->handler, v[0].obj, u->object, v[2].b);
        source_trigger_set(u, v[0].obj == OBJ_NONE ? 0 : (uint32_t)v[1].i);
        bridge_acted();
    }
    if (!u->irq_object) u->irq_object = irq_object_new(u->object, &u->handler, &unit_source, u);
    return u->irq_object;
}
BUILTIN_KW(counter_irq_fn, 1, 255, counter_irq);

static void counter_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    const struct unit *u = unit_self(self);
    print_format(p, "%s(%d", u->handler.kind, u->handler.number);
    if (u->pcnt.setup.a) print_format(p, ", %s=Pin(%s)", u->encodes ? "phase_a" : "src", u->pcnt.setup.a->name);
    if (u->pcnt.setup.b) print_format(p, ", phase_b=Pin(%s), phases=%d", u->pcnt.setup.b->name, u->pcnt.setup.phases);
    print_text(p, ")");
}

#define COUNTER_MEMBERS                                                                                                             \
    MEMBER(init, &counter_init_fn), MEMBER(deinit, &counter_deinit_fn), MEMBER(value, &counter_value_fn),                           \
    MEMBER(cycles, &counter_cycles_fn), MEMBER(irq, &counter_irq_fn), MEMBER(IRQ_RESET, OBJ_INT(PCNT_RESET)),                       \
    MEMBER(IRQ_INDEX, OBJ_INT(PCNT_INDEX)), MEMBER(IRQ_MATCH, OBJ_INT(PCNT_MATCH)),                                                 \
    MEMBER(IRQ_ROLL_OVER, OBJ_INT(PCNT_ROLL_OVER)), MEMBER(IRQ_ROLL_UNDER, OBJ_INT(PCNT_ROLL_UNDER))

static const struct map_slot counter_members[] = {COUNTER_MEMBERS, MEMBER(RISING, OBJ_INT(0)), MEMBER(FALLING, OBJ_INT(1)),
                                                  MEMBER(UP, OBJ_INT(0)), MEMBER(DOWN, OBJ_INT(1))};
static const struct map_slot encoder_members[] = {COUNTER_MEMBERS};
static FIXED_DICT(counter_dict, counter_members);
static FIXED_DICT(encoder_dict, encoder_members);
static const struct type_ops counter_ops = {.print = counter_print, .construct = counter_construct};
const struct type type_machine_counter = {.type = &type_type, .name = Q_Counter, .flags = TYPE_TRUE, .ops = &counter_ops,
                                          .members = &counter_dict};
const struct type type_machine_encoder = {.type = &type_type, .name = Q_Encoder, .flags = TYPE_TRUE, .ops = &counter_ops,
                                          .members = &encoder_dict};
