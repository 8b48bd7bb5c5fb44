// SPDX-License-Identifier: MIT
// machine.Pin: pins of the chip as Python sees them. Names and classes of names: pin_names.c; interrupts: pin_irq.c.
//
// Invariants
//  - One object for each struct gpio, made at first use and kept until power-off: Pin('X1') is Pin.board.X1 is Pin.cpu.A0.
//  - Modes are numbered as the board numbers them: on a pyboard as the registers do, elsewhere as enum gpio_mode.
//  - A value is put into the latch before the mode changes, so that no wrong level is seen on the wire.
// Known differences: `drive` is remembered only. The toggle() method is offered on every board.
#include "emu/modules/pin.h"
#include "emu/modules/pin_methods.h"
#include "heap/intern.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "objects/types.h"
#include "rt.h"
#include "run/call.h"
#include "run/raise.h"

enum { STM_IN = 0, STM_OUT = 1, STM_ALT = 2, STM_ANALOG = 3, STM_OPEN_DRAIN = 0x11, STM_ALT_OPEN_DRAIN = 0x12 };
static const uint8_t stm_modes[] = {[GPIO_INPUT] = STM_IN, [GPIO_OUTPUT] = STM_OUT, [GPIO_OPEN_DRAIN] = STM_OPEN_DRAIN,
                                    [GPIO_ALT] = STM_ALT, [GPIO_ALT_OPEN_DRAIN] = STM_ALT_OPEN_DRAIN, [GPIO_ANALOGUE] = STM_ANALOG};
enum { MODES = sizeof stm_modes };
static struct pin *pins;

bool pin_on_stm(void) { return strncmp(board_current->mcu, "stm32", 5) == 0; }

obj_t pin_object(struct gpio *g) {
    if (g->view) return OBJ_PTR(g->view);
    struct pin *p = emu_new(sizeof *p);
    p->type = &type_machine_pin;
    p->gpio = g;
    p->next = pins;
    pins = p;
    g->view = p;
    return OBJ_PTR(p);
}

void pin_stop(void) {
    while (pins) {
        struct pin *next = pins->next;
        pin_irq_stop(pins);
        pins->gpio->view = NULL;
        emu_free(pins);
        pins = next;
    }
}

static struct gpio *pin_self(obj_t o) {
    if (!pin_is(o)) o = obj_native(o, &type_machine_pin);
    if (o == OBJ_NULL) raise_message(&type_TypeError, "expecting a pin");
    return ((struct pin *)o)->gpio;
}

// ---- modes ---------------------------------------------------------------------------------------------------------------
int pin_mode_number(const struct gpio *g) { return pin_on_stm() ? stm_modes[g->mode] : g->mode; }

static enum gpio_mode mode_from(intptr_t number) {
    for (int mode = 0; mode < MODES; mode++)
        if ((pin_on_stm() ? stm_modes[mode] : mode) == number) return (enum gpio_mode)mode;
    raise_format(&type_ValueError, "invalid pin mode: %ld", (long)number);
}

static enum gpio_pull pull_from(obj_t pull) {
    if (pull == OBJ_NONE) return GPIO_PULL_NONE;
    intptr_t number = obj_get_int(pull);
    if (number < GPIO_PULL_NONE || number > GPIO_PULL_DOWN) raise_format(&type_ValueError, "invalid pin pull: %ld", (long)number);
    return (enum gpio_pull)number;
}

// An alternate function by number, by name ("AF1_TIM2") or as the object of af_list().
static int af_from(const struct gpio *g, obj_t alt) {
    if (obj_is_str(alt)) {
        for (int af = 0; af < 16; af++)
            if (pin_on_stm() && pin_af_name(g, af) && pin_af_name(g, af) == str_qstr(alt)) return af;
        raise_format(&type_ValueError, "invalid pin af: %s", str_data(alt, NULL));
    }
    if (obj_is(alt, &type_machine_pin_af)) alt = call_method_0(alt, Q_index);
    intptr_t number = obj_get_int(alt);
    if (number < 0 || number > (pin_on_stm() ? 15 : GPIO_AF_NONE - 1)) raise_format(&type_ValueError, "invalid pin af: %ld", (long)number);
    return (int)number;
}

void pin_init(struct gpio *g, size_t n, size_t kw, const obj_t *args) {
    enum { MODE, PULL, VALUE, ALT, OTHER };
    const struct arg_spec generic[] = {
        {Q_mode, ARG_OBJ, 0, {.obj = OBJ_INT(-1)}}, {Q_pull, ARG_OBJ, 0, {.obj = OBJ_INT(-1)}},
        {Q_value, ARG_OBJ, ARG_KW_ONLY, {.obj = OBJ_NONE}}, {Q_alt, ARG_OBJ, ARG_KW_ONLY, {.obj = OBJ_INT(-1)}},
        {Q_drive, ARG_INT, ARG_KW_ONLY, {.i = -1}}};
    const struct arg_spec stm[] = {
        {Q_mode, ARG_OBJ, ARG_REQUIRED, {.obj = OBJ_NULL}}, {Q_pull, ARG_OBJ, 0, {.obj = OBJ_NONE}},
        {Q_value, ARG_OBJ, ARG_KW_ONLY, {.obj = OBJ_NONE}}, {Q_alt, ARG_OBJ, ARG_KW_ONLY, {.obj = OBJ_INT(-1)}},
        {Q_af, ARG_OBJ, ARG_KW_ONLY, {.obj = OBJ_INT(-1)}}};
    union arg_value v[5];
    bool on_stm = pin_on_stm();
    args_parse(n, kw, args, 5, on_stm ? stm : generic, v);
    const obj_t missing = OBJ_INT(-1);
    enum gpio_mode mode = v[MODE].obj == missing && !on_stm ? (enum gpio_mode)g->mode : mode_from(obj_get_int(v[MODE].obj));
    enum gpio_pull pull = v[PULL].obj == missing && !on_stm ? (enum gpio_pull)g->pull : pull_from(v[PULL].obj);
    obj_t alt = v[ALT].obj == missing && on_stm ? v[OTHER].obj : v[ALT].obj;
    int af = GPIO_AF_NONE;
    if (mode == GPIO_ALT || mode == GPIO_ALT_OPEN_DRAIN) {
        if (alt != missing || on_stm) af = af_from(g, alt);
        else if (g->mode == mode) af = g->af;
    }
    if (!on_stm && v[OTHER].i >= 0) {
        if (v[OTHER].i > 3) raise_message(&type_ValueError, "invalid pin drive");
        g->strength = (uint8_t)v[OTHER].i;
    }
    if (v[VALUE].obj != OBJ_NONE) gpio_write(g, obj_true(v[VALUE].obj));
    gpio_setup(g, mode, pull, af);
    bridge_acted();
}

static obj_t pin_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    (void)type;
    args_check(n, kw, 1, 255, true);
    struct gpio *g = pin_of(args[0]);
    if (n > 1 || kw > 0) pin_init(g, n - 1, kw, args + 1);
    return pin_object(g);
}

static obj_t pin_init_method(size_t n, size_t kw, const obj_t *args) {
    pin_init(pin_self(args[0]), n - 1, kw, args + 1);
    return OBJ_NONE;
}
BUILTIN_KW(pin_init_fn, 1, 255, pin_init_method);

// ---- levels ----------------------------------------------------------------------------------------------------------------
static obj_t pin_write(struct gpio *g, bool level) {
    gpio_write(g, level);
    bridge_acted();
    return OBJ_NONE;
}

static obj_t pin_read(struct gpio *g) {
    bool level = gpio_read(g);
    bridge_fault_check();
    return OBJ_INT(level);
}

static obj_t pin_value(size_t n, const obj_t *args) {
    struct gpio *g = pin_self(args[0]);
    return n == 1 ? pin_read(g) : pin_write(g, obj_true(args[1]));
}
BUILTIN_VAR(pin_value_fn, 1, 2, pin_value);

static obj_t pin_call(obj_t self, size_t n, size_t kw, const obj_t *args) {
    args_check(n, kw, 0, 1, false);
    struct gpio *g = ((struct pin *)self)->gpio;
    return n == 0 ? pin_read(g) : pin_write(g, obj_true(args[0]));
}

static obj_t pin_high(obj_t self) { return pin_write(pin_self(self), true); }
static obj_t pin_low(obj_t self) { return pin_write(pin_self(self), false); }
static obj_t pin_toggle(obj_t self) {
    struct gpio *g = pin_self(self);
    return pin_write(g, !g->latch);
}
BUILTIN_1(pin_high_fn, pin_high);
BUILTIN_1(pin_low_fn, pin_low);
BUILTIN_1(pin_toggle_fn, pin_toggle);

// ---- questions -------------------------------------------------------------------------------------------------------------
static obj_t pin_mode(size_t n, const obj_t *args) {
    struct gpio *g = pin_self(args[0]);
    if (n == 1) return OBJ_INT(pin_mode_number(g));
    gpio_setup(g, mode_from(obj_get_int(args[1])), (enum gpio_pull)g->pull, g->af);
    bridge_acted();
    return OBJ_NONE;
}
BUILTIN_VAR(pin_mode_fn, 1, 2, pin_mode);

static obj_t pin_pull(size_t n, const obj_t *args) {
    struct gpio *g = pin_self(args[0]);
    if (n == 1) return g->pull == GPIO_PULL_NONE && !pin_on_stm() ? OBJ_NONE : OBJ_INT(g->pull);
    gpio_setup(g, (enum gpio_mode)g->mode, pull_from(args[1]), g->af);
    return OBJ_NONE;
}
BUILTIN_VAR(pin_pull_fn, 1, 2, pin_pull);

static obj_t pin_drive(size_t n, const obj_t *args) {
    struct gpio *g = pin_self(args[0]);
    if (n == 1) return OBJ_INT(g->strength);
    intptr_t drive = obj_get_int(args[1]);
    if (drive < 0 || drive > 3) raise_message(&type_ValueError, "invalid pin drive");
    g->strength = (uint8_t)drive;
    return OBJ_NONE;
}
BUILTIN_VAR(pin_drive_fn, 1, 2, pin_drive);

static obj_t pin_name(obj_t self) {
    const struct gpio *g = pin_self(self);
    return OBJ_QSTR(intern_text(g->name));
}
BUILTIN_1(pin_name_fn, pin_name);

static obj_t pin_names(obj_t self) {
    const struct gpio *g = pin_self(self);
    obj_t list = list_new(0, NULL);
    list_append(list, OBJ_QSTR(intern_text(g->name)));
    for (size_t i = 0; i < board_current->n_pins; i++) {
        const struct board_pin *p = &board_current->pins[i];
        if (p->gpio == g && !p->cpu_only) list_append(list, OBJ_QSTR(intern_text(p->name)));
    }
    return list;
}
BUILTIN_1(pin_names_fn, pin_names);

static obj_t pin_port(obj_t self) { return OBJ_INT(pin_self(self)->port); }
static obj_t pin_pin(obj_t self) { return OBJ_INT(pin_self(self)->bit); }
static obj_t pin_gpio(obj_t self) { return int_from_u64(0x40020000u + 0x400u * pin_self(self)->port); }
static obj_t pin_af(obj_t self) {
    const struct gpio *g = pin_self(self);
    return OBJ_INT(g->af == GPIO_AF_NONE ? 0 : g->af);
}
BUILTIN_1(pin_port_fn, pin_port);
BUILTIN_1(pin_pin_fn, pin_pin);
BUILTIN_1(pin_gpio_fn, pin_gpio);
BUILTIN_1(pin_af_fn, pin_af);

// ---- text ------------------------------------------------------------------------------------------------------------------
static void pin_print(struct printer *p, obj_t self, enum print_kind kind) {
    static const char *const modes[] = {"IN", "OUT", "OPEN_DRAIN", "ALT", "ALT_OPEN_DRAIN", "ANALOG"};
    static const char *const pulls[] = {"", "PULL_UP", "PULL_DOWN"};
    (void)kind;
    const struct gpio *g = ((struct pin *)self)->gpio;
    const char *prefix = pin_on_stm() ? "Pin." : "";
    print_format(p, "Pin(%s%s, mode=%s%s", pin_on_stm() ? "Pin.cpu." : "", g->name, prefix, modes[g->mode]);
    if (g->pull != GPIO_PULL_NONE) print_format(p, ", pull=%s%s", prefix, pulls[g->pull]);
    if (g->af != GPIO_AF_NONE) {
        qstr_t name = pin_on_stm() ? pin_af_name(g, g->af) : 0;
        if (name) print_format(p, ", alt=Pin.%q", name);
        else print_format(p, ", alt=%d", g->af);
    }
    print_text(p, ")");
}

static const struct type_ops pin_ops = {.print = pin_print, .construct = pin_construct, .call = pin_call};
const struct type type_machine_pin = {.type = &type_type, .name = Q_Pin, .flags = TYPE_TRUE, .ops = &pin_ops, .members = &pin_members};

const struct map_slot pin_methods[PIN_METHODS] = {
    MEMBER(value, &pin_value_fn), MEMBER(on, &pin_high_fn), MEMBER(off, &pin_low_fn), MEMBER(high, &pin_high_fn),
    MEMBER(low, &pin_low_fn), MEMBER(toggle, &pin_toggle_fn), MEMBER(init, &pin_init_fn), MEMBER(irq, &pin_irq_fn),
    MEMBER(mode, &pin_mode_fn), MEMBER(pull, &pin_pull_fn)};
const struct map_slot pin_methods_generic[PIN_METHODS_GENERIC] = {MEMBER(drive, &pin_drive_fn)};
const struct map_slot pin_methods_stm[PIN_METHODS_STM] = {
    MEMBER(name, &pin_name_fn), MEMBER(names, &pin_names_fn), MEMBER(port, &pin_port_fn), MEMBER(pin, &pin_pin_fn),
    MEMBER(gpio, &pin_gpio_fn), MEMBER(af, &pin_af_fn)};
