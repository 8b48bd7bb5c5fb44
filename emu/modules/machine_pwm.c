// SPDX-License-Identifier: MIT
// machine.PWM: a pin that is high for a part of each period. Where the waves come from is the business of machine_pwm_stm.c on a pyboard
// (timers of the chip), and of this file on others: a wave on the pin's net.
//
// Invariants
//  - One record for each pin that has been given to PWM, in host memory until power-off; objects only point to it.
//  - The duty is kept as it was asked for (a share or a time): it survives a change of the frequency. 0 and 65535 are constant levels.
//  - On a Pico two neighbouring pins share a slice, and with it the frequency; elsewhere each pin has its own.
//  - A change keeps the phase: the wave goes on from where it began, unless the frequency changes.
// Known differences: frequencies and duties are exact to a nanosecond, except on a pyboard, where timers divide their clock.
#include "emu/modules/machine.h"
#include "emu/modules/machine_pwm.h"
#include "heap/heap.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/types.h"
#include "run/raise.h"

struct pwm { // 2 words
    const struct type *type;
    struct pwm_record *record;
};
static struct pwm_record *records;

// ---- records -------------------------------------------------------------------------------------------------------------
static bool on_pico(void) { return strcmp(board_current->mcu, "rp2040") == 0; }
static int slice_of(const struct gpio *g) { return on_pico() ? g->bit / 2 % 8 : -1; }

static void waves_stop(void) {
    for (struct pwm_record *r = records; r; r = r->next)
        if (r->active && !pin_on_stm()) gpio_release(r->gpio);
        else if (r->active) pwm_stm_stop(r);
    for (struct pwm_record *r = records; r; r = r->next) r->active = false;
}

static void records_stop(void) {
    while (records) {
        struct pwm_record *next = records->next;
        emu_free(records);
        records = next;
    }
}

static struct pwm_record *record_of(struct gpio *g) {
    for (struct pwm_record *r = records; r; r = r->next)
        if (r->gpio == g) return r;
    struct pwm_record *r = emu_new(sizeof *r);
    r->gpio = g;
    if (pin_on_stm() && !pwm_stm_find(r)) {
        emu_free(r);
        raise_format(&type_ValueError, "PWM not supported on pin %s", g->name);
    }
    r->next = records;
    records = r;
    bridge_at_power_off(records_stop);
    bridge_at_soft_reset(waves_stop);
    return r;
}

uint64_t pwm_high_ns(const struct pwm_record *r, uint64_t period) {
    if (r->in_ns) return r->duty > period ? period : r->duty;
    return r->duty == PWM_DUTY_MOST ? period : (period * r->duty + PWM_DUTY_MOST / 2) / PWM_DUTY_MOST;
}

static uint64_t period_ns(const struct pwm_record *r) { return (uint64_t)(1e9 / r->freq + 0.5); }

static void wave_apply(struct pwm_record *r) {
    struct gpio *g = r->gpio;
    if (g->mode != GPIO_ALT || g->owner != r) {
        g->owner = r;
        gpio_signal(g, r->inverted);
        gpio_setup(g, GPIO_ALT, GPIO_PULL_NONE, on_pico() ? PWM_PICO_FUNCTION : GPIO_AF_NONE);
    }
    uint64_t period = r->freq > 0 ? period_ns(r) : 0, high = r->freq > 0 ? pwm_high_ns(r, period) : 0;
    if (high == 0 || high >= period) {
        gpio_signal(g, (high > 0) != r->inverted);
        r->start = clock_now();
        return;
    }
    struct wave wave = {.start = r->start, .period = period, .high = high, .inverted = r->inverted};
    gpio_signal_wave(g, &wave);
}

static void apply(struct pwm_record *r) {
    r->active = true;
    if (pin_on_stm()) pwm_stm_apply(r);
    else wave_apply(r);
}

static void freq_set(struct pwm_record *r, double freq) {
    const double most = on_pico() ? board_current->freq[0] / 2.0 : 40e6, least = on_pico() ? board_current->freq[0] / 256.0 / 65536.0 : 1;
    if (!(freq >= least)) raise_message(&type_ValueError, "freq too small");
    if (freq > most) raise_message(&type_ValueError, "freq too large");
    for (struct pwm_record *other = records; other; other = other->next) {
        bool shared = pin_on_stm() ? pwm_stm_shared(other, r) : slice_of(r->gpio) >= 0 && slice_of(other->gpio) == slice_of(r->gpio);
        if (other != r && !shared) continue;
        other->freq = freq;
        other->start = clock_now();
        if (other != r && other->active) apply(other);
    }
}

static void duty_set(struct pwm_record *r, intptr_t duty, bool in_ns) {
    if (duty < 0 && in_ns) raise_message(&type_ValueError, "invalid duty_ns");
    if (!in_ns && (duty < 0 || duty > PWM_DUTY_MOST)) raise_message(&type_ValueError, "duty_u16 must be 0 to 65535");
    r->duty = (uint64_t)duty;
    r->in_ns = in_ns;
}

// ---- what Python sees --------------------------------------------------------------------------------------------------------
static struct pwm_record *pwm_self(obj_t o) { return ((struct pwm *)o)->record; }

static void pwm_init(struct pwm_record *r, size_t n, size_t kw, const obj_t *args) {
    enum { FREQ, DUTY_U16, DUTY_NS, INVERT };
    const struct arg_spec spec[] = {{Q_freq, ARG_OBJ, ARG_KW_ONLY, {.obj = OBJ_NONE}},
                                    {Q_duty_u16, ARG_INT, ARG_KW_ONLY, {.i = -1}},
                                    {Q_duty_ns, ARG_INT, ARG_KW_ONLY, {.i = -1}},
                                    {Q_invert, ARG_INT, ARG_KW_ONLY, {.i = -1}}};
    union arg_value v[4];
    args_parse(n, kw, args, 4, spec, v);
    if (v[DUTY_U16].i != -1 && v[DUTY_NS].i != -1) raise_message(&type_ValueError, "only one of duty_u16 and duty_ns");
    if (v[INVERT].i != -1) r->inverted = v[INVERT].i != 0;
    if (v[DUTY_U16].i != -1) duty_set(r, v[DUTY_U16].i, false);
    if (v[DUTY_NS].i != -1) duty_set(r, v[DUTY_NS].i, true);
    if (v[FREQ].obj != OBJ_NONE) freq_set(r, obj_get_float(v[FREQ].obj));
    apply(r);
    bridge_acted();
}

static obj_t pwm_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    args_check(n, kw, 1, 1, true);
    struct pwm_record *r = record_of(pin_of(args[0]));
    pwm_init(r, 0, kw, args + 1);
    struct pwm *p = heap_new(2, 0, HEAP_DATA);
    p->type = type;
    p->record = r;
    return OBJ_PTR(p);
}

static obj_t pwm_init_method(size_t n, size_t kw, const obj_t *args) {
    pwm_init(pwm_self(args[0]), n - 1, kw, args + 1);
    return OBJ_NONE;
}
BUILTIN_KW(pwm_init_fn, 1, 255, pwm_init_method);

static obj_t pwm_deinit(obj_t self) {
    struct pwm_record *r = pwm_self(self);
    r->active = false;
    r->duty = 0;
    if (pin_on_stm()) pwm_stm_stop(r);
    else gpio_signal(r->gpio, false);
    bridge_acted();
    return OBJ_NONE;
}
BUILTIN_1(pwm_deinit_fn, pwm_deinit);

static double freq_now(const struct pwm_record *r) { return pin_on_stm() ? pwm_stm_freq(r) : r->freq; }
static double period_now(const struct pwm_record *r) { return freq_now(r) > 0 ? 1e9 / freq_now(r) : 0; }

static obj_t pwm_freq(size_t n, const obj_t *args) {
    struct pwm_record *r = pwm_self(args[0]);
    if (n == 1) return int_from((intptr_t)(freq_now(r) + 0.5));
    freq_set(r, obj_get_float(args[1]));
    apply(r);
    bridge_acted();
    return OBJ_NONE;
}
BUILTIN_VAR(pwm_freq_fn, 1, 2, pwm_freq);

static intptr_t duty_u16_now(const struct pwm_record *r) {
    if (pin_on_stm() && r->active) return pwm_stm_duty(r);
    if (!r->in_ns) return (intptr_t)r->duty;
    double period = period_now(r), share = period > 0 ? (double)r->duty / period : 0;
    return (intptr_t)((share > 1 ? 1 : share) * PWM_DUTY_MOST + 0.5);
}

static obj_t pwm_duty(size_t n, const obj_t *args, bool in_ns) {
    struct pwm_record *r = pwm_self(args[0]);
    if (n == 1 && !in_ns) return OBJ_INT(duty_u16_now(r));
    if (n == 1) return int_from(r->in_ns ? (intptr_t)r->duty : (intptr_t)(period_now(r) * (double)duty_u16_now(r) / PWM_DUTY_MOST + 0.5));
    duty_set(r, obj_get_int(args[1]), in_ns);
    apply(r);
    bridge_acted();
    return OBJ_NONE;
}
static obj_t pwm_duty_u16(size_t n, const obj_t *args) { return pwm_duty(n, args, false); }
static obj_t pwm_duty_ns(size_t n, const obj_t *args) { return pwm_duty(n, args, true); }
BUILTIN_VAR(pwm_duty_u16_fn, 1, 2, pwm_duty_u16);
BUILTIN_VAR(pwm_duty_ns_fn, 1, 2, pwm_duty_ns);

static void pwm_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    const struct pwm_record *r = pwm_self(self);
    if (on_pico()) {
        print_format(p, "<PWM slice=%d channel=%d invert=%d>", slice_of(r->gpio), r->gpio->bit & 1, r->inverted);
        return;
    }
    const char *name = pin_on_stm() ? "Pin.cpu." : "";
    print_format(p, "PWM(Pin(%s%s), freq=%ld, duty_u16=%ld", name, r->gpio->name, (long)(freq_now(r) + 0.5), (long)duty_u16_now(r));
    print_text(p, r->inverted ? ", invert=1)" : ")");
}

static const struct map_slot pwm_members[] = {
    MEMBER(init, &pwm_init_fn), MEMBER(deinit, &pwm_deinit_fn), MEMBER(freq, &pwm_freq_fn), MEMBER(duty_u16, &pwm_duty_u16_fn),
    MEMBER(duty_ns, &pwm_duty_ns_fn)};
static FIXED_DICT(pwm_dict, pwm_members);
static const struct type_ops pwm_ops = {.print = pwm_print, .construct = pwm_construct};
const struct type type_machine_pwm = {.type = &type_type, .name = Q_PWM, .flags = TYPE_TRUE, .ops = &pwm_ops, .members = &pwm_dict};
