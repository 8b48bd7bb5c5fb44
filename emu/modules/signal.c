// SPDX-License-Identifier: MIT
// machine.Signal and machine.PinBase, and what "behaves as a pin" means to everyone else here.
//
// Invariants
//  - A pin-like object is a Pin, a Signal, or an instance of a Python class on PinBase, whose value([x]) method is called.
//  - A Signal keeps the pin-like object it was given; of constructor arguments of Pin it makes one.
#include "emu/modules/pin.h"
#include "heap/heap.h"
#include "objects/map.h"
#include "objects/types.h"
#include "rt.h"
#include "run/call.h"
#include "run/raise.h"

struct signal { // 2 words and a flag
    const struct type *type;
    obj_t pin;
    bool invert;
};

static struct signal *signal_of(obj_t o) {
    obj_t native = obj_is(o, &type_machine_signal) ? o : obj_native(o, &type_machine_signal);
    return native == OBJ_NULL ? NULL : (struct signal *)native;
}

static bool on_pinbase(obj_t o) { return obj_isinstance(o, &type_machine_pinbase); }
static obj_t plain_pin(obj_t o) { return pin_is(o) ? o : obj_native(o, &type_machine_pin); }

bool pin_like(obj_t o) { return plain_pin(o) != OBJ_NULL || signal_of(o) || on_pinbase(o); }

intptr_t pin_like_read(obj_t o) {
    stack_check();
    obj_t pin = plain_pin(o);
    if (pin != OBJ_NULL) {
        bool level = gpio_read(((struct pin *)pin)->gpio);
        bridge_fault_check();
        return level;
    }
    struct signal *s = signal_of(o);
    if (s) return pin_like_read(s->pin) ^ s->invert;
    if (!on_pinbase(o)) raise_message(&type_TypeError, "expecting a pin");
    return obj_get_int(call_method_0(o, Q_value));
}

void pin_like_write(obj_t o, bool level) {
    stack_check();
    obj_t pin = plain_pin(o);
    if (pin != OBJ_NULL) {
        gpio_write(((struct pin *)pin)->gpio, level);
        bridge_acted();
        return;
    }
    struct signal *s = signal_of(o);
    if (s) {
        pin_like_write(s->pin, level != s->invert);
        return;
    }
    if (!on_pinbase(o)) raise_message(&type_TypeError, "expecting a pin");
    call_method_1(o, Q_value, OBJ_INT(level));
}

// ---- Signal ----------------------------------------------------------------------------------------------------------------
enum { MOST_ARGUMENTS = 16 };

// Signal(pin_arguments..., invert=): the same arguments without invert, and value= turned around when inverted.
static obj_t pin_from_arguments(size_t n, size_t kw, const obj_t *args, bool invert) {
    obj_t mine[MOST_ARGUMENTS];
    if (n + 2 * kw > MOST_ARGUMENTS) raise_message(&type_TypeError, "extra keyword arguments given");
    size_t count = 0, pairs = 0;
    for (size_t i = 0; i < n; i++) mine[count++] = args[i];
    for (size_t i = 0; i < kw; i++) {
        obj_t name = args[n + 2 * i], value = args[n + 2 * i + 1];
        if (name == OBJ_QSTR(Q_invert)) continue;
        if (name == OBJ_QSTR(Q_value) && invert && value != OBJ_NONE) value = OBJ_INT(!obj_true(value));
        mine[count++] = name;
        mine[count++] = value;
        pairs++;
    }
    return call(OBJ_PTR(&type_machine_pin), n, pairs, mine);
}

static bool argument_invert(size_t n, size_t kw, const obj_t *args, bool wraps) {
    for (size_t i = 0; i < kw; i++)
        if (args[n + 2 * i] == OBJ_QSTR(Q_invert)) return obj_true(args[n + 2 * i + 1]);
    return wraps && n == 2 && obj_true(args[1]);
}

static obj_t signal_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    args_check(n, kw, 1, 255, true);
    bool only_invert = kw == 0 || (kw == 1 && args[n] == OBJ_QSTR(Q_invert));
    bool wraps = pin_like(args[0]) && only_invert && n <= (kw == 0 ? 2 : 1);
    bool invert = argument_invert(n, kw, args, wraps);
    obj_t pin = wraps ? args[0] : pin_from_arguments(n, kw, args, invert);
    struct signal *s = heap_new(2, 1, HEAP_REFS);
    s->type = type;
    s->pin = pin;
    s->invert = invert;
    return OBJ_PTR(s);
}

static obj_t signal_call(obj_t self, size_t n, size_t kw, const obj_t *args) {
    args_check(n, kw, 0, 1, false);
    if (n == 0) return OBJ_INT(pin_like_read(self));
    pin_like_write(self, obj_true(args[0]));
    return OBJ_NONE;
}

static obj_t signal_value(size_t n, const obj_t *args) { return signal_call(args[0], n - 1, 0, args + 1); }
static obj_t signal_on(obj_t self) {
    pin_like_write(self, true);
    return OBJ_NONE;
}
static obj_t signal_off(obj_t self) {
    pin_like_write(self, false);
    return OBJ_NONE;
}
BUILTIN_VAR(signal_value_fn, 1, 2, signal_value);
BUILTIN_1(signal_on_fn, signal_on);
BUILTIN_1(signal_off_fn, signal_off);
static const struct map_slot signal_members[] = {MEMBER(value, &signal_value_fn), MEMBER(on, &signal_on_fn), MEMBER(off, &signal_off_fn)};
static FIXED_DICT(signal_dict, signal_members);
static const struct type_ops signal_ops = {.construct = signal_construct, .call = signal_call};
const struct type type_machine_signal = {.type = &type_type, .name = Q_Signal, .flags = TYPE_TRUE, .ops = &signal_ops,
                                         .members = &signal_dict};

// ---- PinBase -----------------------------------------------------------------------------------------------------------------
static obj_t pinbase_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    (void)n, (void)kw, (void)args; // they are those of the class on it
    static const struct object only = {&type_machine_pinbase};
    return type == &type_machine_pinbase ? OBJ_PTR(&only) : OBJ_NONE;
}
static const struct type_ops pinbase_ops = {.construct = pinbase_construct};
const struct type type_machine_pinbase = {.type = &type_type, .name = Q_PinBase, .flags = TYPE_TRUE, .ops = &pinbase_ops};
