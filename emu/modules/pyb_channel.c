// SPDX-License-Identifier: MIT
// pyb.TimerChannel: PWM, output compare, input capture and encoders of a timer.
//
// Invariants
//  - A channel object is made anew by each Timer.channel() with a mode; its slot keeps the last one until deinit or a soft reset.
//  - Modes are numbers in the order of `modes`; what a mode means in registers is in that table.
#include "emu/chip/alternate.h"
#include "emu/modules/pyb.h"
#include "heap/heap.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/types.h"
#include "run/call.h"
#include "run/raise.h"

#include <stdio.h>

enum channel_mode { MODE_PWM, MODE_PWM_INVERTED, MODE_TIMING, MODE_ACTIVE, MODE_INACTIVE, MODE_TOGGLE, MODE_FORCED_ACTIVE,
    MODE_FORCED_INACTIVE, MODE_IC, MODE_ENC_A, MODE_ENC_B, MODE_ENC_AB, MODES };
static const struct {
    const char *name;
    uint8_t bits; // OCxM; encoders: SMS
} modes[MODES] = {
    {"PWM", TIM_OC_PWM1}, {"PWM_INVERTED", TIM_OC_PWM2}, {"OC_TIMING", TIM_OC_FROZEN}, {"OC_ACTIVE", TIM_OC_ACTIVE},
    {"OC_INACTIVE", TIM_OC_INACTIVE}, {"OC_TOGGLE", TIM_OC_TOGGLE}, {"OC_FORCED_ACTIVE", TIM_OC_FORCE_HIGH},
    {"OC_FORCED_INACTIVE", TIM_OC_FORCE_LOW}, {"IC", 0}, {"ENC_A", 2}, {"ENC_B", 1}, {"ENC_AB", 3}};
enum { POLARITY_NONE = -1, POLARITY_NORMAL = 0, POLARITY_REVERSED = 2, POLARITY_BOTH = 10 };

struct pyb_channel { // 6 words
    const struct type *type;
    struct pyb_timer_slot *slot;
    obj_t timer;
    uintptr_t number, mode; // number from 1
};

static struct pyb_channel *channel_of(obj_t o) {
    if (!obj_is(o, &type_pyb_timer_channel)) raise_message(&type_TypeError, "need a TimerChannel object");
    return (struct pyb_channel *)o;
}

// ---- pins ---------------------------------------------------------------------------------------------------------------------
static void pin_connect(struct pyb_timer_slot *s, unsigned number, obj_t pin) {
    struct gpio *g = pin_of(pin);
    char signal[32];
    snprintf(signal, sizeof signal, "TIM%u_CH%u", tim_number(s->tim), number);
    int af = alternate_find(g, signal);
    if (af < 0) {
        snprintf(signal, sizeof signal, "TIM%u_CH%uN", tim_number(s->tim), number);
        af = alternate_find(g, signal);
    }
    if (af < 0) raise_format(&type_ValueError, "Pin(%s) doesn't have an alt for Timer(%u)", g->net->name, tim_number(s->tim));
    gpio_setup(g, GPIO_ALT, GPIO_PULL_NONE, af);
}

// ---- pulse widths -------------------------------------------------------------------------------------------------------------
static uint32_t full_width(struct tim *t) { // of a duty of 100 %
    uint32_t period = tim_read(t, TIM_ARR);
    return tim_read(t, TIM_CR1) & TIM_CR1_CMS || period == UINT32_MAX ? period : period + 1;
}

static uint32_t width_of_percent(struct tim *t, obj_t percent) {
    uint64_t full = full_width(t);
    if (obj_is_float(percent)) {
        double p = obj_get_float(percent), width = p / 100 * (double)full;
        return !(width > 0) ? 0 : p > 100 ? (uint32_t)full : (uint32_t)width;
    }
    intptr_t p = obj_get_int(percent);
    return p < 0 ? 0 : p > 100 ? (uint32_t)full : (uint32_t)(full * (uint64_t)p / 100);
}

static double ticks_per_s(struct tim *t) { return (double)tim_source_freq(t) / ((double)tim_read(t, TIM_PSC) + 1); }

static uint32_t width_of_time(struct tim *t, obj_t time, double per_s) {
    double ticks = obj_get_float(time) * ticks_per_s(t) / per_s + 0.5;
    return !(ticks > 0) ? 0 : ticks > UINT32_MAX ? UINT32_MAX : (uint32_t)ticks;
}

// ---- making -------------------------------------------------------------------------------------------------------------------
enum { CHANNEL, MODE, CALLBACK, PIN, PULSE_WIDTH, PULSE_PERCENT, PULSE_US, PULSE_NS, COMPARE, POLARITY, ARGUMENTS };

static void field_write(struct tim *t, unsigned i, uint32_t byte) { // a channel's half of CCMR1 or CCMR2
    unsigned shift = 8 * (i % 2);
    tim_bits(t, i < 2 ? TIM_CCMR1 : TIM_CCMR2, 255u << shift, byte << shift);
}

static void output_make(struct tim *t, unsigned i, unsigned mode, uint32_t compare, unsigned polarity) {
    bool pwm = mode <= MODE_PWM_INVERTED, complement = tim_is_advanced(t) && i < 3;
    tim_bits(t, TIM_CCER, 15u << 4 * i, 0);
    field_write(t, i, (uint32_t)modes[mode].bits << 4);
    tim_write(t, TIM_CCR1 + 4 * i, compare); // without preload: in force at once
    if (pwm) field_write(t, i, (uint32_t)modes[mode].bits << 4 | 8);
    uint32_t enable = mode == MODE_TIMING ? 0 : complement ? 5 : 1, reversed = polarity ? complement ? 10 : 2 : 0;
    tim_bits(t, TIM_CCER, 0, (enable | reversed) << 4 * i);
    if (tim_is_advanced(t)) tim_bits(t, TIM_BDTR, 0, TIM_BDTR_MOE);
}

static void capture_make(struct tim *t, unsigned i, unsigned polarity) {
    tim_bits(t, TIM_CCER, 15u << 4 * i, 0);
    field_write(t, i, 1);
    tim_bits(t, TIM_CCER, 0, (1u | polarity) << 4 * i);
}

static void encoder_make(struct tim *t, unsigned mode) {
    tim_write(t, TIM_CCER, 0);
    tim_write(t, TIM_CCMR1, 1 | 1 << 8);
    tim_write(t, TIM_SMCR, modes[mode].bits);
    tim_write(t, TIM_CNT, 0);
    tim_bits(t, TIM_CR1, 0, TIM_CR1_CEN);
}

static unsigned polarity_of(unsigned mode, intptr_t polarity) {
    if (polarity == POLARITY_NONE) return POLARITY_NORMAL;
    bool good = polarity == POLARITY_NORMAL || polarity == POLARITY_REVERSED || (polarity == POLARITY_BOTH && mode == MODE_IC);
    if (!good) raise_format(&type_ValueError, "invalid polarity (%ld)", (long)polarity);
    return (unsigned)polarity;
}

static uint32_t first_width(struct tim *t, const union arg_value *v) {
    if (v[PULSE_PERCENT].obj != OBJ_NONE) return width_of_percent(t, v[PULSE_PERCENT].obj);
    if (v[PULSE_US].obj != OBJ_NONE) return width_of_time(t, v[PULSE_US].obj, 1e6);
    if (v[PULSE_NS].obj != OBJ_NONE) return width_of_time(t, v[PULSE_NS].obj, 1e9);
    return (uint32_t)v[PULSE_WIDTH].i;
}

obj_t pyb_timer_channel(struct pyb_timer_slot *s, size_t n, size_t kw, const obj_t *args) {
    const struct arg_spec spec[] = {{Q_channel, ARG_INT, ARG_REQUIRED, {.i = 0}}, {Q_mode, ARG_INT, 0, {.i = -1}},
        {Q_callback, ARG_OBJ, ARG_KW_ONLY, {.obj = OBJ_NONE}}, {Q_pin, ARG_OBJ, ARG_KW_ONLY, {.obj = OBJ_NONE}},
        {Q_pulse_width, ARG_INT, ARG_KW_ONLY, {.i = 0}}, {Q_pulse_width_percent, ARG_OBJ, ARG_KW_ONLY, {.obj = OBJ_NONE}},
        {Q_pulse_width_us, ARG_OBJ, ARG_KW_ONLY, {.obj = OBJ_NONE}}, {Q_pulse_width_ns, ARG_OBJ, ARG_KW_ONLY, {.obj = OBJ_NONE}},
        {Q_compare, ARG_INT, ARG_KW_ONLY, {.i = 0}}, {Q_polarity, ARG_INT, ARG_KW_ONLY, {.i = POLARITY_NONE}}};
    union arg_value v[ARGUMENTS];
    args_parse(n, kw, args, ARGUMENTS, spec, v);
    struct tim *t = s->tim;
    intptr_t number = v[CHANNEL].i, mode = v[MODE].i;
    if (number < 1 || number > (intptr_t)tim_channels(t)) raise_format(&type_ValueError, "invalid channel (%ld)", (long)number);
    unsigned i = (unsigned)number - 1;
    if (n == 1 && kw == 0) return s->channels[i] ? s->channels[i] : OBJ_NONE;
    if (mode < 0 || mode >= MODES) raise_format(&type_ValueError, "invalid mode (%ld)", (long)mode);
    if (mode >= MODE_ENC_A && tim_channels(t) < 2) raise_format(&type_ValueError, "encoder not supported on timer %u", tim_number(t));
    unsigned polarity = polarity_of((unsigned)mode, v[POLARITY].i);
    if (s->channels[i]) pyb_timer_callback(&s->compare[i], s, (uint32_t)TIM_SR_CC1IF << i, OBJ_NONE);
    struct pyb_channel *c = heap_new(6, 0, HEAP_REFS);
    *c = (struct pyb_channel){&type_pyb_timer_channel, s, s->object, (uintptr_t)number, (uintptr_t)mode};
    if (v[PIN].obj != OBJ_NONE) pin_connect(s, (unsigned)number, v[PIN].obj);
    s->channels[i] = OBJ_PTR(c);
    if (mode >= MODE_ENC_A) encoder_make(t, (unsigned)mode);
    else if (mode == MODE_IC) capture_make(t, i, polarity);
    else output_make(t, i, (unsigned)mode, mode <= MODE_PWM_INVERTED ? first_width(t, v) : (uint32_t)v[COMPARE].i, polarity);
    if (v[CALLBACK].obj != OBJ_NONE) pyb_timer_callback(&s->compare[i], s, (uint32_t)TIM_SR_CC1IF << i, v[CALLBACK].obj);
    bridge_acted();
    return OBJ_PTR(c);
}

// ---- methods ------------------------------------------------------------------------------------------------------------------
static void channel_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    struct pyb_channel *c = channel_of(self);
    print_format(p, "TimerChannel(timer=%u, channel=%u, mode=%s)", tim_number(c->slot->tim), (unsigned)c->number, modes[c->mode].name);
}

static uint32_t compare_offset(const struct pyb_channel *c) { return TIM_CCR1 + 4 * ((uint32_t)c->number - 1); }

static obj_t compare_set(struct pyb_channel *c, uint32_t value) {
    tim_write(c->slot->tim, compare_offset(c), value);
    bridge_acted();
    return OBJ_NONE;
}

static obj_t channel_compare(size_t n, const obj_t *args) {
    struct pyb_channel *c = channel_of(args[0]);
    if (n == 1) return int_from_u64(tim_read(c->slot->tim, compare_offset(c)));
    return compare_set(c, (uint32_t)obj_get_int_truncated(args[1]));
}

static obj_t channel_percent(size_t n, const obj_t *args) {
    struct pyb_channel *c = channel_of(args[0]);
    struct tim *t = c->slot->tim;
    if (n > 1) return compare_set(c, width_of_percent(t, args[1]));
    double full = full_width(t), width = tim_read(t, compare_offset(c));
    return float_new(width >= full ? 100 : width * 100 / full);
}

static obj_t width_as_time(size_t n, const obj_t *args, double per_s) {
    struct pyb_channel *c = channel_of(args[0]);
    struct tim *t = c->slot->tim;
    if (n > 1) return compare_set(c, width_of_time(t, args[1], per_s));
    return int_from_i64((int64_t)(tim_read(t, compare_offset(c)) * per_s / ticks_per_s(t) + 0.5));
}

static obj_t channel_us(size_t n, const obj_t *args) { return width_as_time(n, args, 1e6); }
static obj_t channel_ns(size_t n, const obj_t *args) { return width_as_time(n, args, 1e9); }

static obj_t channel_callback(obj_t self, obj_t function) {
    struct pyb_channel *c = channel_of(self);
    pyb_timer_callback(&c->slot->compare[c->number - 1], c->slot, (uint32_t)TIM_SR_CC1IF << (c->number - 1), function);
    return OBJ_NONE;
}

BUILTIN_VAR(channel_compare_fn, 1, 2, channel_compare);
BUILTIN_VAR(channel_percent_fn, 1, 2, channel_percent);
BUILTIN_VAR(channel_us_fn, 1, 2, channel_us);
BUILTIN_VAR(channel_ns_fn, 1, 2, channel_ns);
BUILTIN_2(channel_callback_fn, channel_callback);

static const struct map_slot channel_members[] = {
    MEMBER(callback, &channel_callback_fn),
    MEMBER(pulse_width, &channel_compare_fn),
    MEMBER(pulse_width_percent, &channel_percent_fn),
    MEMBER(pulse_width_us, &channel_us_fn),
    MEMBER(pulse_width_ns, &channel_ns_fn),
    MEMBER(capture, &channel_compare_fn),
    MEMBER(compare, &channel_compare_fn),
};
static FIXED_DICT(channel_dict, channel_members);
static const struct type_ops channel_ops = {.print = channel_print};
const struct type type_pyb_timer_channel = {.type = &type_type, .name = Q_TimerChannel, .flags = TYPE_TRUE, .ops = &channel_ops,
                                            .members = &channel_dict};
