// SPDX-License-Identifier: MIT
// pyb.ExtInt and pyb.Switch: external interrupt lines.
//
// Invariants
//  - lines[i].handler.function is what the line calls; OBJ_NULL: the line is free.
//  - A masked line (IMR) drops what arrives; enable() opens it again.
//  - The switch is the line of the board's button with a pull-up; its callback takes no argument, so a builtin stands between.
#include "emu/chip/exti.h"
#include "emu/modules/pyb.h"
#include "emu/parts/part.h"
#include "heap/heap.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/types.h"
#include "run/call.h"
#include "run/raise.h"

static struct line {
    struct handler handler;
    struct exti_client client;
} lines[EXTI_LINES];

struct extint { // 2 words
    const struct type *type;
    uintptr_t line;
};

// ---- lines --------------------------------------------------------------------------------------------------------------------
static void line_fires(void *data, unsigned line) {
    (void)data;
    irq_raise(&lines[line].handler.line);
}

static void line_before(void *data) { exti_clear((unsigned)((struct line *)data - lines)); }

static void line_off(void *data) {
    unsigned i = (unsigned)((struct line *)data - lines);
    exti_mask(i, false);
    exti_edges(i, false, false);
}

static struct line *line_ready(unsigned i) {
    struct line *l = &lines[i];
    l->client.fire = line_fires;
    handler_init(&l->handler, "ExtInt", (int)i, PYB_EXTINT_PRIORITY, line_before, line_off, l);
    exti_attach(i, &l->client);
    return l;
}

void pyb_extint_set(unsigned i, int port, uint32_t mode, obj_t function, obj_t argument, int priority) {
    struct line *l = line_ready(i);
    line_off(l);
    irq_clear(&l->handler.line);
    l->handler.line.priority = (uint8_t)priority;
    handler_set(&l->handler, function, argument, true);
    if (function == OBJ_NONE) return;
    if (port >= 0) exti_route(i, port);
    bool event = mode == PYB_EVT_RISING || mode == PYB_EVT_FALLING || mode == (PYB_EVT_RISING | PYB_EVT_FALLING);
    exti_clear(i);
    exti_event_mask(i, event);
    exti_mask(i, !event);
    exti_edges(i, mode & 0x00100000, mode & 0x00200000);
}

// ---- ExtInt -------------------------------------------------------------------------------------------------------------------
static unsigned line_of(obj_t self) {
    if (!obj_is(self, &type_pyb_extint)) raise_message(&type_TypeError, "need an ExtInt object");
    return (unsigned)((struct extint *)self)->line;
}

static bool mode_is_known(intptr_t mode) {
    return mode == PYB_IRQ_RISING || mode == PYB_IRQ_FALLING || mode == (PYB_IRQ_RISING | PYB_IRQ_FALLING) || mode == PYB_EVT_RISING ||
           mode == PYB_EVT_FALLING || mode == (PYB_EVT_RISING | PYB_EVT_FALLING);
}

static obj_t extint_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    const struct arg_spec spec[] = {{Q_pin, ARG_OBJ, ARG_REQUIRED, {.obj = OBJ_NULL}}, {Q_mode, ARG_INT, ARG_REQUIRED, {.i = 0}},
        {Q_pull, ARG_INT, ARG_REQUIRED, {.i = 0}}, {Q_callback, ARG_OBJ, ARG_REQUIRED, {.obj = OBJ_NULL}}};
    union arg_value v[4];
    args_parse(n, kw, args, 4, spec, v);
    intptr_t mode = v[1].i, pull = v[2].i, line;
    struct gpio *g = NULL;
    if (obj_is_int(v[0].obj)) {
        line = obj_int(v[0].obj);
        if (line < EXTI_PIN_LINES) raise_format(&type_ValueError, "ExtInt vector %ld < %d, use a Pin object", (long)line, EXTI_PIN_LINES);
        if (line >= EXTI_LINES) raise_format(&type_ValueError, "ExtInt vector %ld >= max of %d", (long)line, EXTI_LINES);
    } else {
        g = pin_of(v[0].obj);
        line = g->bit;
        if (line >= EXTI_PIN_LINES) raise_format(&type_ValueError, "ExtInt vector %ld >= max of %d", (long)line, EXTI_PIN_LINES);
    }
    if (!mode_is_known(mode)) raise_format(&type_ValueError, "invalid ExtInt Mode: %ld", (long)mode);
    if (pull < GPIO_PULL_NONE || pull > GPIO_PULL_DOWN) raise_format(&type_ValueError, "invalid ExtInt Pull: %ld", (long)pull);
    struct line *l = &lines[line];
    if (l->handler.function && v[3].obj != OBJ_NONE) raise_format(&type_ValueError, "ExtInt vector %ld is already in use", (long)line);
    if (v[3].obj != OBJ_NONE && !obj_is_callable(v[3].obj)) raise_message(&type_ValueError, "callback must be None or a callable object");
    struct extint *e = heap_new(2, 0, HEAP_DATA);
    e->type = type;
    e->line = (uintptr_t)line;
    if (g) gpio_setup(g, GPIO_INPUT, (enum gpio_pull)pull, GPIO_AF_NONE);
    pyb_extint_set((unsigned)line, g ? g->port : -1, (uint32_t)mode, v[3].obj, OBJ_INT(line), PYB_EXTINT_PRIORITY);
    return OBJ_PTR(e);
}

static void extint_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    print_format(p, "<ExtInt line=%u>", line_of(self));
}

static obj_t extint_line(obj_t self) { return OBJ_INT(line_of(self)); }

static obj_t extint_enable(obj_t self) {
    exti_mask(line_of(self), true);
    return OBJ_NONE;
}

static obj_t extint_disable(obj_t self) {
    unsigned i = line_of(self);
    exti_mask(i, false);
    irq_clear(&lines[i].handler.line);
    return OBJ_NONE;
}

static obj_t extint_swint(obj_t self) {
    exti_software(line_of(self));
    bridge_acted();
    return OBJ_NONE;
}

static obj_t extint_regs(obj_t unused) {
    (void)unused;
    static const struct { const char *name; uint32_t offset; } names[] = {
        {"IMR", EXTI_IMR}, {"EMR", EXTI_EMR}, {"RTSR", EXTI_RTSR}, {"FTSR", EXTI_FTSR}, {"SWIER", EXTI_SWIER}, {"PR", EXTI_PR}};
    struct printer p = printer_stdout;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        print_format(&p, "EXTI_%-6s%08x\n", names[i].name, exti_read(names[i].offset));
    return OBJ_NONE;
}

BUILTIN_1(extint_line_fn, extint_line);
BUILTIN_1(extint_enable_fn, extint_enable);
BUILTIN_1(extint_disable_fn, extint_disable);
BUILTIN_1(extint_swint_fn, extint_swint);
BUILTIN_1(extint_regs_fn, extint_regs);
static const struct wrapped extint_regs_class = {&type_classmethod, OBJ_PTR(&extint_regs_fn)};

static const struct map_slot extint_members[] = {
    MEMBER(line, &extint_line_fn),
    MEMBER(enable, &extint_enable_fn),
    MEMBER(disable, &extint_disable_fn),
    MEMBER(swint, &extint_swint_fn),
    MEMBER(regs, &extint_regs_class),
    MEMBER(IRQ_RISING, OBJ_INT(PYB_IRQ_RISING)),
    MEMBER(IRQ_FALLING, OBJ_INT(PYB_IRQ_FALLING)),
    MEMBER(IRQ_RISING_FALLING, OBJ_INT(PYB_IRQ_RISING | PYB_IRQ_FALLING)),
    MEMBER(EVT_RISING, OBJ_INT(PYB_EVT_RISING)),
    MEMBER(EVT_FALLING, OBJ_INT(PYB_EVT_FALLING)),
    MEMBER(EVT_RISING_FALLING, OBJ_INT(PYB_EVT_RISING | PYB_EVT_FALLING)),
};
static FIXED_DICT(extint_dict, extint_members);
static const struct type_ops extint_ops = {.print = extint_print, .construct = extint_construct};
const struct type type_pyb_extint = {.type = &type_type, .name = Q_ExtInt, .flags = TYPE_TRUE, .ops = &extint_ops, .members = &extint_dict};

// ---- Switch -------------------------------------------------------------------------------------------------------------------
static obj_t switch_function;
static const struct object the_switch = {&type_pyb_switch};

static struct gpio *switch_pin(void) {
    for (size_t i = 0; i < board_current->n_parts; i++) {
        const struct board_part *b = &board_current->parts[i];
        if (strcmp(b->kind, "button") != 0 || !b->pin[0]) continue;
        struct gpio *g = board_pin_find(board_current, b->pin)->gpio;
        if (g->bit < EXTI_PIN_LINES) return g;
    }
    raise_message(&type_ValueError, "the board has no switch");
}

static obj_t switch_run(obj_t unused) {
    (void)unused;
    return switch_function && switch_function != OBJ_NONE ? call_0(switch_function) : OBJ_NONE;
}
BUILTIN_1(switch_run_fn, switch_run);

static obj_t switch_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    (void)type, (void)args;
    args_check(n, kw, 0, 0, false);
    gpio_setup(switch_pin(), GPIO_INPUT, GPIO_PULL_UP, GPIO_AF_NONE);
    return OBJ_PTR(&the_switch);
}

static obj_t switch_value(obj_t self) {
    (void)self;
    return obj_bool(!gpio_read(switch_pin()));
}

static obj_t switch_call(obj_t self, size_t n, size_t kw, const obj_t *args) {
    (void)args;
    args_check(n, kw, 0, 0, false);
    return switch_value(self);
}

static obj_t switch_callback(obj_t self, obj_t function) {
    (void)self;
    if (function != OBJ_NONE && !obj_is_callable(function)) raise_message(&type_ValueError, "callback must be None or a callable object");
    struct gpio *g = switch_pin();
    bridge_root(&switch_function);
    gpio_setup(g, GPIO_INPUT, GPIO_PULL_UP, GPIO_AF_NONE);
    obj_t runs = function == OBJ_NONE ? OBJ_NONE : OBJ_PTR(&switch_run_fn);
    pyb_extint_set(g->bit, g->port, PYB_IRQ_FALLING, OBJ_NONE, OBJ_NONE, PYB_SWITCH_PRIORITY); // the old one must not see the new function
    switch_function = function;
    pyb_extint_set(g->bit, g->port, PYB_IRQ_FALLING, runs, OBJ_NONE, PYB_SWITCH_PRIORITY);
    return OBJ_NONE;
}

static void switch_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)self, (void)kind;
    print_text(p, "Switch()");
}

BUILTIN_1(switch_value_fn, switch_value);
BUILTIN_2(switch_callback_fn, switch_callback);
static const struct map_slot switch_members[] = {MEMBER(value, &switch_value_fn), MEMBER(callback, &switch_callback_fn)};
static FIXED_DICT(switch_dict, switch_members);
static const struct type_ops switch_ops = {.print = switch_print, .construct = switch_construct, .call = switch_call};
const struct type type_pyb_switch = {.type = &type_type, .name = Q_Switch, .flags = TYPE_TRUE, .ops = &switch_ops, .members = &switch_dict};
