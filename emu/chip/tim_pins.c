// SPDX-License-Identifier: MIT
// Timers and pins: outputs of the compare channels, captures, encoders, external clocks, break.
//
// Invariants
//  - t->pin[] holds every pin whose alternate function is a signal of the timer; it listens to its net exactly while a register asks for
//    that input.
//  - A running PWM or toggling output is one wave, made when registers change; it begins at the next edge of the counter, so the level
//    before it is that of now.
// Known differences: a wave's period and width are rounded to whole ns; the break input is not filtered and acts at once; idle states and
// lock levels of BDTR are stored only; an output that is switched off is not driven.
#include "emu/chip/tim_inner.h"
#include "emu/core/clock.h"

#include <stddef.h>
#include <string.h>

// ---- outputs ---------------------------------------------------------------------------------------------------------------------
static uint64_t dead_ticks(const struct tim *t) { // in ticks of the source clock
    uint32_t g = t->bdtr & 255, n;
    if (g < 128) n = g;
    else if (g < 192) n = (64 + (g & 63)) * 2;
    else n = (32 + (g & 31)) * (g < 224 ? 8u : 16u);
    return (uint64_t)n << (t->cr1 >> 8 & 3); // CKD
}

static uint64_t dead_ns(const struct tim *t) { return t->freq ? dead_ticks(t) * NS_PER_S / t->freq : 0; }

// Where in a lap the reference signal is high: `width` ticks from phase `from`. False: the mode has no such pattern.
static bool pwm_pattern(const struct tim *t, unsigned channel, uint64_t *from, uint64_t *width) {
    uint64_t ccr = t->ccr_now[channel], arr = t->arr_now, lap = tim_lap(t);
    unsigned mode = tim_mode(t, channel);
    if (mode != TIM_OC_PWM1 && mode != TIM_OC_PWM2) return false;
    if (tim_centred(t)) {
        *width = ccr >= arr ? lap : 2 * ccr;
        *from = *width == lap ? 0 : lap - ccr;
        if (*from == lap) *from = 0;
    } else if (tim_down(t)) {
        *width = ccr > arr ? lap : ccr + 1;
        *from = lap - *width;
    } else {
        *width = ccr > arr ? lap : ccr;
        *from = 0;
    }
    return true;
}

// Puts out a pattern of the running counter: inverted or not, its rise late by `late` ns, its fall by `linger` ns.
static void wave_put(struct tim *t, struct gpio *g, uint64_t from, uint64_t width, bool inverted, uint64_t late, uint64_t linger) {
    uint64_t lap = tim_lap(t), into = ((uint64_t)t->phase + lap - from) % lap;
    uint64_t period = tim_ticks_ns(t, lap), high = tim_ticks_ns(t, width) + linger;
    high = high > late ? high - late : 0;
    if (high > period) high = period;
    struct wave w = {.period = period ? period : 1, .high = high, .inverted = inverted};
    if (high == 0 || high >= period) {
        gpio_signal(g, (high > 0) != inverted);
        return;
    }
    if (into < width) { // high now: begin with the fall
        w.start = tim_time_of(t, width - into) + linger;
        w.high = period - high;
        w.inverted = !inverted;
    } else {
        w.start = tim_time_of(t, lap - into) + late;
    }
    const struct wave *old = &g->signal_wave;
    uint64_t apart = w.start > old->start ? w.start - old->start : old->start - w.start;
    bool same = g->signal == DRIVE_WAVE && old->period == w.period && old->high == w.high && old->inverted == w.inverted;
    if (same && apart % w.period == 0) return;
    gpio_signal_wave(g, &w);
}

static bool level_now(const struct tim *t, unsigned channel) {
    uint64_t from, width, lap = tim_lap(t);
    unsigned mode = tim_mode(t, channel);
    if (mode == TIM_OC_FORCE_LOW || mode == TIM_OC_FORCE_HIGH) return mode == TIM_OC_FORCE_HIGH;
    if (!pwm_pattern(t, channel, &from, &width)) return t->reference[channel];
    bool high = lap == 0 || ((uint64_t)t->phase + lap - from) % lap < width;
    return high == (mode == TIM_OC_PWM1);
}

static bool toggles_as_wave(const struct tim *t, unsigned channel) {
    return tim_mode(t, channel) == TIM_OC_TOGGLE && !tim_centred(t) && t->counting && t->arr_now && t->ccr_now[channel] <= t->arr_now;
}

static void toggle_put(struct tim *t, struct gpio *g, unsigned channel, bool inverted) {
    uint64_t lap = tim_ticks_ns(t, tim_lap(t));
    struct wave w = {.start = tim_time_of(t, tim_match_distance(t, channel)), .period = 2 * lap, .high = lap};
    w.inverted = t->reference[channel] != inverted;
    const struct wave *old = &g->signal_wave;
    if (g->signal == DRIVE_WAVE && old->period == w.period && old->high == w.high && w.start > old->start) {
        uint64_t laps = (w.start - old->start) / lap;
        if ((w.start - old->start) % lap == 0 && (laps % 2 == 0) == (w.inverted == old->inverted)) return;
    }
    gpio_signal_wave(g, &w);
}

static void output_put(struct tim *t, struct tim_pin *p) {
    unsigned i = p->channel, enables = tim_enables(t, i);
    bool complement = p->kind == TIM_PIN_COMPLEMENT, both = (enables & 5) == 5;
    bool on = complement ? enables & 4 : enables & 1;
    if (tim_selection(t, i) || !on || (t->advanced && !(t->bdtr & TIM_BDTR_MOE))) {
        gpio_signal_none(p->gpio);
        return;
    }
    bool inverted = complement ? (enables & 8) != 0 : (enables & 2) != 0;
    if (complement && both) inverted = !inverted;
    uint64_t from, width;
    if (t->counting && t->arr_now && pwm_pattern(t, i, &from, &width)) {
        bool reversed = inverted != (tim_mode(t, i) == TIM_OC_PWM2);
        uint64_t dead = both ? dead_ns(t) : 0; // each of the two signals becomes active late
        bool active_is_pattern = complement == (tim_mode(t, i) == TIM_OC_PWM2);
        wave_put(t, p->gpio, from, width, reversed, active_is_pattern ? dead : 0, active_is_pattern ? 0 : dead);
    } else if (toggles_as_wave(t, i)) {
        toggle_put(t, p->gpio, i, inverted);
    } else {
        gpio_signal(p->gpio, level_now(t, i) != inverted);
    }
}

void tim_outputs(struct tim *t) {
    for (int k = 0; k < TIM_PINS; k++)
        if (t->pin[k].kind == TIM_PIN_CHANNEL || t->pin[k].kind == TIM_PIN_COMPLEMENT) output_put(t, &t->pin[k]);
}

void tim_output_match(struct tim *t, unsigned channel, uint64_t times) {
    unsigned mode = tim_mode(t, channel);
    bool before = t->reference[channel];
    if (mode == TIM_OC_ACTIVE || mode == TIM_OC_INACTIVE) t->reference[channel] = mode == TIM_OC_ACTIVE;
    if (mode == TIM_OC_TOGGLE && times % 2) t->reference[channel] = !before;
    if (before == t->reference[channel] || toggles_as_wave(t, channel)) return;
    for (int k = 0; k < TIM_PINS; k++) {
        struct tim_pin *p = &t->pin[k];
        if ((p->kind == TIM_PIN_CHANNEL || p->kind == TIM_PIN_COMPLEMENT) && p->channel == channel) output_put(t, p);
    }
}

bool tim_output_waits(const struct tim *t, unsigned channel) {
    unsigned mode = tim_mode(t, channel);
    bool acts = (mode == TIM_OC_ACTIVE && !t->reference[channel]) || (mode == TIM_OC_INACTIVE && t->reference[channel]) ||
                (mode == TIM_OC_TOGGLE && !toggles_as_wave(t, channel));
    if (!acts || !(tim_enables(t, channel) & 5)) return false;
    for (int k = 0; k < TIM_PINS; k++)
        if (t->pin[k].kind && t->pin[k].channel == channel) return true;
    return false;
}

// ---- inputs ----------------------------------------------------------------------------------------------------------------------
static bool edge_chosen(unsigned enables, bool level) { // CCxP, CCxNP: rising, falling, both
    return (enables & 10) == 10 || level == !(enables & 2);
}

static void capture(struct tim *t, unsigned channel) {
    unsigned every = 1u << (t->ccmr[channel / 2] >> (8 * (channel % 2) + 2) & 3); // ICxPSC
    if (++t->capture_edges[channel] < every) return;
    t->capture_edges[channel] = 0;
    t->ccr[channel] = t->ccr_now[channel] = tim_count(t);
    uint32_t flag = (uint32_t)TIM_SR_CC1IF << channel;
    if (t->sr & flag) t->sr |= (uint32_t)TIM_SR_CC1OF << channel;
    tim_flags(t, flag, 1);
}

static bool pin_level(const struct tim *t, unsigned channel) { // as the encoder sees it: CCxP inverts
    for (int k = 0; k < TIM_PINS; k++) {
        const struct tim_pin *p = &t->pin[k];
        if (p->kind == TIM_PIN_CHANNEL && p->channel == channel) return net_level(p->gpio->net) != ((tim_enables(t, channel) & 2) != 0);
    }
    return false;
}

static void encoder_edge(struct tim *t, unsigned channel, bool level) {
    unsigned sms = t->smcr & 7;
    if ((channel == 0 && sms == SMS_ENCODER_TI2) || (channel == 1 && sms == SMS_ENCODER_TI1)) return;
    level = level != ((tim_enables(t, channel) & 2) != 0);
    bool up = channel == 0 ? level != pin_level(t, 1) : level == pin_level(t, 0);
    t->cr1 = up ? t->cr1 & ~(uint32_t)TIM_CR1_DIR : t->cr1 | TIM_CR1_DIR;
    tim_step(t, up ? 1 : -1);
}

static void slave_edge(struct tim *t, bool level, bool chosen) {
    switch (t->smcr & 7) {
    case SMS_RESET:
        if (chosen) tim_restart(t);
        break;
    case SMS_GATED: tim_run(t, t->cr1 & TIM_CR1_CEN && level); break;
    case SMS_TRIGGER:
        if (!chosen) return;
        t->cr1 |= TIM_CR1_CEN;
        tim_run(t, true);
        break;
    case SMS_EXTERNAL:
        if (chosen) tim_step(t, 1);
        break;
    default: return;
    }
    if (chosen) tim_flags(t, TIM_SR_TIF, 1);
    tim_outputs(t);
}

static void channel_edge(struct tim *t, unsigned i, bool level) {
    unsigned sms = t->smcr & 7, ts = t->smcr >> 4 & 7, enables = tim_enables(t, i);
    if (tim_encodes(t)) {
        if (i < 2) encoder_edge(t, i, level);
        return;
    }
    for (unsigned c = 0; c < t->channels; c++) {
        unsigned wanted = c == i ? 1 : c == (i ^ 1) ? 2 : 4;
        if (tim_selection(t, c) == wanted && tim_enables(t, c) & 1 && edge_chosen(tim_enables(t, c), level)) capture(t, c);
    }
    if (sms < SMS_RESET) return;
    if (i == 0 && ts == TS_TI1_BOTH) slave_edge(t, level, true);
    if ((i == 0 && ts == TS_TI1) || (i == 1 && ts == TS_TI2)) slave_edge(t, level != ((enables & 2) != 0), edge_chosen(enables, level));
}

static void etr_edge(struct tim *t, bool level) {
    level = level != (t->smcr >> 15 & 1);
    if (t->smcr & 1 << 14 && level) tim_step(t, 1);
    if ((t->smcr & 7) >= SMS_RESET && (t->smcr >> 4 & 7) == TS_ETR) slave_edge(t, level, level);
}

static void edge(void *data, struct net *net, bool level) {
    struct tim_pin *p = data;
    struct tim *t = p->tim;
    (void)net;
    tim_sync(t);
    if (p->kind == TIM_PIN_CHANNEL) channel_edge(t, p->channel, level);
    if (p->kind == TIM_PIN_ETR) etr_edge(t, level);
    if (p->kind == TIM_PIN_BREAK && level == ((t->bdtr & TIM_BDTR_BKP) != 0)) {
        t->bdtr &= ~(uint32_t)TIM_BDTR_MOE;
        tim_flags(t, TIM_SR_BIF, 1);
        tim_outputs(t);
    }
    tim_plan(t);
}

static bool input_needed(const struct tim *t, const struct tim_pin *p) {
    unsigned sms = t->smcr & 7, ts = t->smcr >> 4 & 7, i = p->channel;
    switch (p->kind) {
    case TIM_PIN_BREAK: return t->bdtr & TIM_BDTR_BKE;
    case TIM_PIN_ETR: return t->smcr & 1 << 14 || (sms >= SMS_RESET && ts == TS_ETR);
    case TIM_PIN_CHANNEL:
        if (tim_encodes(t)) return i < 2;
        if (sms >= SMS_RESET && ((i == 0 && (ts == TS_TI1_BOTH || ts == TS_TI1)) || (i == 1 && ts == TS_TI2))) return true;
        if (tim_selection(t, i) == 1 && tim_enables(t, i) & 1) return true;
        return (i ^ 1) < t->channels && tim_selection(t, i ^ 1) == 2 && tim_enables(t, i ^ 1) & 1;
    default: return false;
    }
}

void tim_inputs(struct tim *t) {
    for (int k = 0; k < TIM_PINS; k++) {
        struct tim_pin *p = &t->pin[k];
        bool needed = p->kind && input_needed(t, p);
        if (needed == p->listening) continue;
        p->listening = needed;
        if (needed) net_listen(p->gpio->net, &p->ear);
        else net_unlisten(p->gpio->net, &p->ear);
    }
}

// ---- pins come and go --------------------------------------------------------------------------------------------------------------
static enum tim_pin_kind kind_of(const char *signal, uint8_t *channel) {
    *channel = 0;
    if (strcmp(signal, "BKIN") == 0) return TIM_PIN_BREAK;
    if (strcmp(signal, "ETR") == 0) return TIM_PIN_ETR;
    if (strncmp(signal, "CH", 2) != 0) return TIM_PIN_NONE;
    *channel = (uint8_t)(signal[2] - '1');
    return signal[3] == 'N' ? TIM_PIN_COMPLEMENT : TIM_PIN_CHANNEL;
}

static void pin_leave(struct tim_pin *p) {
    if (p->listening) net_unlisten(p->gpio->net, &p->ear);
    if (p->kind == TIM_PIN_CHANNEL || p->kind == TIM_PIN_COMPLEMENT) gpio_signal_none(p->gpio);
    memset(p, 0, sizeof *p);
}

static void connect(struct tim *t, struct gpio *g, const char *signal, bool on) {
    uint8_t channel;
    enum tim_pin_kind kind = kind_of(signal, &channel);
    if (kind == TIM_PIN_NONE) return;
    for (int k = 0; k < TIM_PINS; k++) {
        struct tim_pin *p = &t->pin[k];
        if (!on && p->kind == kind && p->gpio == g) pin_leave(p);
        if (!on || p->kind) continue;
        *p = (struct tim_pin){.tim = t, .gpio = g, .kind = (uint8_t)kind, .channel = channel, .ear = {.edge = edge, .data = p}};
        break;
    }
}

void tim_pin(struct tim *t, struct gpio *g, const char *signal, bool on) {
    tim_sync(t);
    connect(t, g, signal, on);
    const char *second = strchr(signal, '_'); // one wire for two signals: CH1_ETR
    if (second) connect(t, g, second + 1, on);
    tim_outputs(t);
    tim_inputs(t);
    tim_plan(t);
}

void tim_pins_drop(struct tim *t) {
    for (int k = 0; k < TIM_PINS; k++)
        if (t->pin[k].kind) pin_leave(&t->pin[k]);
}
