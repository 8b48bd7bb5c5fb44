// SPDX-License-Identifier: MIT
// Timers: counting and registers.
//
// Invariants
//  - Everything that reads or changes a timer calls tim_sync() first and tim_plan() last.
//  - Cycles are counted from `epoch` with the exact frequency, so a timer never drifts; an event fires at the first whole ns at which the
//    counter has reached it.
//  - Shadow registers (psc, rcr; arr with ARPE; ccr with OCxPE) take over what was written at an update event only.
// Known differences: a timer is no slave of another timer (ITR inputs, cascades); the DMA requests of DIER reach nobody but through
// tim_listen(); input filters pass every edge; a counter above ARR runs to its end and counts that as an update.
#include "emu/chip/tim_inner.h"
#include "emu/chip/rcc.h"
#include "emu/core/clock.h"
#include "emu/core/host.h"

#include <stddef.h>
#include <string.h>

enum { MOST_LISTENER_CALLS = 65536 };

static struct tim timers[TIM_COUNT + 1]; // [0] is not used
static bool frozen;

struct tim *tim_get(unsigned number) { return number >= 1 && number <= TIM_COUNT && timers[number].number ? &timers[number] : NULL; }
unsigned tim_number(const struct tim *t) { return t->number; }
unsigned tim_channels(const struct tim *t) { return t->channels; }
bool tim_is_wide(const struct tim *t) { return t->wide; }
bool tim_is_advanced(const struct tim *t) { return t->advanced; }
uint32_t tim_source_freq(const struct tim *t) { return rcc_timer_freq(t->apb2); }
void tim_attach(struct tim *t, const struct tim_client *client) { t->client = client; }
const struct tim_client *tim_client(const struct tim *t) { return t->client; }
static uint32_t most(const struct tim *t) { return t->wide ? UINT32_MAX : 0xffff; }

// ---- cycles and time -------------------------------------------------------------------------------------------------------------
static uint64_t cycles_at(const struct tim *t, uint64_t now) {
    if (now <= t->epoch) return 0;
    uint64_t ns = now - t->epoch;
    return ns / NS_PER_S * t->freq + ns % NS_PER_S * t->freq / NS_PER_S;
}

static uint64_t cycles_ns(const struct tim *t, uint64_t cycles, uint64_t add) {
    return cycles / t->freq * NS_PER_S + (cycles % t->freq * NS_PER_S + add) / t->freq;
}

uint64_t tim_ticks_ns(const struct tim *t, uint64_t ticks) {
    return t->freq ? cycles_ns(t, ticks * ((uint64_t)t->psc_now + 1), t->freq / 2) : NEVER / 2;
}

uint64_t tim_time_of(const struct tim *t, uint64_t ticks) {
    return t->epoch + cycles_ns(t, t->mark_cycle + ticks * ((uint64_t)t->psc_now + 1), t->freq - 1);
}

// ---- the counter -----------------------------------------------------------------------------------------------------------------
uint64_t tim_lap(const struct tim *t) { return tim_centred(t) ? 2 * (uint64_t)t->arr_now : (uint64_t)t->arr_now + 1; }

uint32_t tim_count(const struct tim *t) {
    if (tim_down(t)) return (uint32_t)((int64_t)t->arr_now - t->phase);
    if (tim_centred(t) && t->phase > t->arr_now) return (uint32_t)(2 * (int64_t)t->arr_now - t->phase);
    return (uint32_t)t->phase;
}

static void count_set(struct tim *t, uint32_t count) {
    count &= most(t);
    if (tim_centred(t)) {
        if (count > t->arr_now) count = t->arr_now;
        t->phase = t->cr1 & TIM_CR1_DIR && count ? 2 * (int64_t)t->arr_now - count : count;
    } else {
        t->phase = tim_down(t) ? (int64_t)t->arr_now - count : count;
    }
}

// Ticks from the present phase to the next over- or underflow, at least 1.
static uint64_t to_update(const struct tim *t) {
    int64_t arr = t->arr_now;
    if (tim_centred(t)) return (uint64_t)(t->phase < arr ? arr - t->phase : 2 * arr - t->phase);
    if (t->phase > arr) return (uint64_t)most(t) + 1 - (uint64_t)t->phase;
    return (uint64_t)(arr + 1 - t->phase);
}

uint64_t tim_match(const struct tim *t, unsigned channel, bool second) {
    uint64_t ccr = t->ccr_now[channel], arr = t->arr_now;
    if (ccr > arr) return 0;
    if (tim_centred(t)) {
        unsigned cms = (t->cr1 & TIM_CR1_CMS) >> 5;
        bool moving = tim_mode(t, channel) != TIM_OC_FROZEN;
        if (second) return (cms != 2 || moving) && ccr < arr ? 2 * arr - ccr : 0;
        return (cms != 1 || moving) && ccr > 0 ? ccr : 0;
    }
    if (second) return 0;
    uint64_t m = tim_down(t) ? arr - ccr : ccr;
    return m ? m : arr + 1;
}

// The phase goes from `from` (not included) to `to` within one stretch without an update inside.
static void matches(struct tim *t, int64_t from, int64_t to, uint64_t times) {
    for (unsigned i = 0; i < t->channels; i++) {
        if (tim_selection(t, i)) continue;
        for (int second = 0; second < 2; second++) {
            int64_t m = (int64_t)tim_match(t, i, second);
            if (m == 0 || m <= from || m > to) continue;
            tim_flags(t, (uint32_t)TIM_SR_CC1IF << i, times);
            tim_output_match(t, i, times);
        }
    }
}

void tim_flags(struct tim *t, uint32_t flags, uint64_t times) {
    t->sr |= flags;
    uint32_t told = flags & t->dier & 0xff;
    if (told && t->client) t->client->flags(t->client->data, told, times);
}

static bool shadows_load(struct tim *t) {
    bool changed = t->psc_now != t->psc || t->arr_now != t->arr || memcmp(t->ccr_now, t->ccr, sizeof t->ccr) != 0;
    t->psc_now = t->psc;
    t->arr_now = t->arr;
    t->rcr_now = t->rcr;
    memcpy(t->ccr_now, t->ccr, sizeof t->ccr);
    return changed;
}

static void listeners_call(struct tim *t, uint64_t times) {
    if (times > MOST_LISTENER_CALLS) times = MOST_LISTENER_CALLS;
    struct tim_listener *next;
    for (struct tim_listener *l = t->listeners; l; l = next) {
        next = l->next;
        for (uint64_t i = 0; i < times; i++) l->update(l->data);
    }
}

// `times` over- or underflows have happened; the phase is that behind the last one.
static void overflowed(struct tim *t, uint64_t times) {
    if (t->cr1 & TIM_CR1_UDIS) return;
    if (times <= t->repeats_left) {
        t->repeats_left -= (uint32_t)times;
        return;
    }
    uint64_t rest = times - t->repeats_left - 1, every = (uint64_t)t->rcr + 1;
    t->repeats_left = (uint32_t)(t->rcr - rest % every);
    uint64_t updates = 1 + rest / every;
    bool changed = shadows_load(t);
    tim_flags(t, TIM_SR_UIF, updates);
    if (t->listeners) listeners_call(t, updates);
    if (changed) tim_outputs(t);
}

// The phase stands at the end of a stretch: it begins the next one.
static void turn(struct tim *t) {
    if (!tim_centred(t)) t->phase = 0;
    else if (t->phase >= (int64_t)tim_lap(t)) t->phase = 0;
    if (tim_centred(t)) t->cr1 = t->phase >= t->arr_now ? t->cr1 | TIM_CR1_DIR : t->cr1 & ~(uint32_t)TIM_CR1_DIR;
}

static void advance_to_update(struct tim *t, uint64_t distance) {
    matches(t, t->phase, t->phase + (int64_t)distance, 1);
    t->phase += (int64_t)distance;
    t->mark_cycle += distance * ((uint64_t)t->psc_now + 1);
    turn(t);
    if (t->cr1 & TIM_CR1_OPM) {
        t->cr1 &= ~(uint32_t)TIM_CR1_CEN;
        t->counting = false;
    }
    overflowed(t, 1);
}

// Whole stretches at once, when no shadow register waits: only the flags and the place in the lap matter.
static void advance_stretches(struct tim *t, uint64_t n) {
    uint64_t stretch = tim_centred(t) ? t->arr_now : (uint64_t)t->arr_now + 1;
    matches(t, 0, (int64_t)tim_lap(t), n);
    if (tim_centred(t) && n % 2) t->phase += (int64_t)stretch;
    t->mark_cycle += n * stretch * ((uint64_t)t->psc_now + 1);
    turn(t);
    overflowed(t, n);
}

void tim_sync(struct tim *t) {
    if (!t->counting) return;
    uint64_t now = cycles_at(t, clock_now());
    for (int round = 0; t->counting && round < 3; round++) {
        if (t->arr_now == 0 || now < t->mark_cycle) break; // a period of 0 stands
        uint64_t per = (uint64_t)t->psc_now + 1, ticks = (now - t->mark_cycle) / per, distance = to_update(t);
        if (ticks < distance) {
            matches(t, t->phase, t->phase + (int64_t)ticks, 1);
            t->phase += (int64_t)ticks;
            t->mark_cycle += ticks * per;
            break;
        }
        if (round != 1) {
            advance_to_update(t, distance);
            continue;
        }
        uint64_t stretch = tim_centred(t) ? t->arr_now : (uint64_t)t->arr_now + 1, n = ticks / stretch;
        if (n) advance_stretches(t, n);
    }
}

// ---- events ------------------------------------------------------------------------------------------------------------------------
uint64_t tim_match_distance(const struct tim *t, unsigned channel) {
    uint64_t best = NEVER;
    for (int second = 0; second < 2; second++) {
        int64_t m = (int64_t)tim_match(t, channel, second), d = m - t->phase;
        if (m == 0) continue;
        if (d <= 0) d += (int64_t)tim_lap(t);
        if ((uint64_t)d < best) best = (uint64_t)d;
    }
    return best;
}

void tim_plan(struct tim *t) {
    uint64_t ticks = NEVER;
    if (t->counting && t->arr_now) {
        bool waiting = t->psc_now != t->psc || t->arr_now != t->arr || memcmp(t->ccr_now, t->ccr, sizeof t->ccr) != 0;
        if (t->dier & TIM_SR_UIF || t->listeners || waiting || t->cr1 & TIM_CR1_OPM) ticks = to_update(t);
        for (unsigned i = 0; i < t->channels; i++) {
            if (tim_selection(t, i) || !(t->dier >> (i + 1) & 1 || tim_output_waits(t, i))) continue;
            uint64_t d = tim_match_distance(t, i);
            if (d < ticks) ticks = d;
        }
    }
    if (ticks == NEVER) event_cancel(&t->event);
    else event_arm(&t->event, tim_time_of(t, ticks));
}

static void event_fired(void *data) {
    tim_sync(data);
    tim_plan(data);
}

uint64_t tim_next_update(struct tim *t) {
    tim_sync(t);
    return t->counting && t->arr_now ? tim_time_of(t, to_update(t)) : NEVER;
}

void tim_listen(struct tim *t, struct tim_listener *l) {
    tim_sync(t);
    for (struct tim_listener *i = t->listeners; i; i = i->next)
        if (i == l) return;
    l->next = t->listeners;
    t->listeners = l;
    tim_plan(t);
}

void tim_unlisten(struct tim *t, struct tim_listener *l) {
    for (struct tim_listener **i = &t->listeners; *i; i = &(*i)->next)
        if (*i == l) {
            *i = l->next;
            break;
        }
    tim_plan(t);
}

// ---- running --------------------------------------------------------------------------------------------------------------------
static void counting_set(struct tim *t, bool on) {
    if (on == t->counting) return;
    t->counting = on;
    if (!on) return;
    t->epoch = clock_now();
    t->mark_cycle = 0;
    t->freq = tim_source_freq(t);
    if (t->freq == 0) t->counting = false;
}

void tim_run(struct tim *t, bool on) {
    bool inner = !tim_encodes(t) && (t->smcr & 7) != SMS_EXTERNAL && !(t->smcr & 1 << 14);
    counting_set(t, on && inner && !frozen && tim_clocked(t));
}

void tim_step(struct tim *t, int by) {
    if (!(t->cr1 & TIM_CR1_CEN) || t->arr_now == 0) return;
    if (by > 0 && ++t->prescaled <= t->psc_now) return;
    t->prescaled = 0;
    if (by > 0) {
        if (to_update(t) == 1) advance_to_update(t, 1);
        else {
            matches(t, t->phase, t->phase + 1, 1);
            t->phase++;
        }
    } else if (t->phase <= 0) {
        t->phase = t->arr_now;
        overflowed(t, 1);
    } else {
        t->phase--;
        matches(t, t->phase - 1, t->phase, 1);
    }
}

void tim_restart(struct tim *t) {
    t->prescaled = 0;
    bool changed = !(t->cr1 & TIM_CR1_UDIS) && shadows_load(t);
    t->phase = 0;
    t->repeats_left = t->rcr_now;
    if (tim_centred(t)) t->cr1 &= ~(uint32_t)TIM_CR1_DIR;
    if (t->counting) {
        t->epoch = clock_now();
        t->mark_cycle = 0;
    }
    if (!(t->cr1 & (TIM_CR1_UDIS | TIM_CR1_URS))) tim_flags(t, TIM_SR_UIF, 1);
    if (changed || t->counting) tim_outputs(t);
}

// ---- registers -------------------------------------------------------------------------------------------------------------------
bool tim_clocked(const struct tim *t) { return rcc_enabled(t->apb2 ? RCC_APB2ENR : RCC_APB1ENR, t->bus_bit); }

static uint32_t *plain(struct tim *t, uint32_t offset) { // registers that only remember
    switch (offset) {
    case TIM_CR1: return &t->cr1;
    case TIM_CR2: return &t->cr2;
    case TIM_SMCR: return &t->smcr;
    case TIM_DIER: return &t->dier;
    case TIM_SR: return &t->sr;
    case TIM_CCMR1: return t->channels ? &t->ccmr[0] : NULL;
    case TIM_CCMR2: return t->channels > 2 ? &t->ccmr[1] : NULL;
    case TIM_CCER: return t->channels ? &t->ccer : NULL;
    case TIM_PSC: return &t->psc;
    case TIM_ARR: return &t->arr;
    case TIM_RCR: return t->advanced ? &t->rcr : NULL;
    case TIM_BDTR: return t->advanced ? &t->bdtr : NULL;
    case TIM_DCR: return &t->dcr;
    case TIM_OR: return &t->or_;
    default: return NULL;
    }
}

uint32_t tim_read(struct tim *t, uint32_t offset) {
    tim_sync(t);
    uint32_t i = (offset - TIM_CCR1) / 4;
    if (offset == TIM_CNT) return tim_count(t);
    if (offset >= TIM_CCR1 && offset <= TIM_CCR4) {
        if (i < t->channels && tim_selection(t, i)) t->sr &= ~((uint32_t)TIM_SR_CC1IF << i); // reading a capture clears its flag
        return i < t->channels ? t->ccr[i] : 0;
    }
    const uint32_t *r = plain(t, offset);
    return r ? *r : 0;
}

static void control_write(struct tim *t, uint32_t value) {
    uint32_t count = tim_count(t), keep = t->cr1;
    if (!t->both_ways) value &= ~(uint32_t)(TIM_CR1_DIR | TIM_CR1_CMS);
    else if (value & TIM_CR1_CMS) value = (value & ~(uint32_t)TIM_CR1_DIR) | (keep & TIM_CR1_CMS ? keep & TIM_CR1_DIR : 0);
    t->cr1 = value & 0x3ff;
    if ((keep ^ t->cr1) & (TIM_CR1_DIR | TIM_CR1_CMS)) count_set(t, count);
    tim_run(t, t->cr1 & TIM_CR1_CEN);
}

static void generate(struct tim *t, uint32_t bits) {
    for (unsigned i = 0; i < t->channels; i++) {
        if (!(bits >> (i + 1) & 1)) continue;
        if (tim_selection(t, i)) t->ccr[i] = t->ccr_now[i] = tim_count(t);
        tim_flags(t, (uint32_t)TIM_SR_CC1IF << i, 1);
    }
    if (bits & TIM_SR_TIF) tim_flags(t, TIM_SR_TIF, 1);
    if (bits & TIM_SR_BIF && t->advanced) {
        t->bdtr &= ~(uint32_t)TIM_BDTR_MOE;
        tim_flags(t, TIM_SR_BIF, 1);
    }
    if (bits & TIM_EGR_UG) tim_restart(t);
}

static void compare_write(struct tim *t, unsigned i, uint32_t value) {
    if (i >= t->channels || tim_selection(t, i)) return; // a capture register is read-only
    t->ccr[i] = value & most(t);
    bool preload = t->ccmr[i / 2] >> (8 * (i % 2) + 3) & 1;
    if (!preload || !(t->cr1 & TIM_CR1_CEN)) t->ccr_now[i] = t->ccr[i];
}

static void arr_write(struct tim *t, uint32_t value) {
    t->arr = value & most(t);
    if (t->cr1 & TIM_CR1_ARPE && t->cr1 & TIM_CR1_CEN) return;
    uint32_t count = tim_count(t);
    t->arr_now = t->arr;
    count_set(t, count);
}

void tim_write(struct tim *t, uint32_t offset, uint32_t value) {
    if (!tim_clocked(t)) return;
    tim_sync(t);
    uint32_t *r = plain(t, offset);
    switch (offset) {
    case TIM_CR1: control_write(t, value); break;
    case TIM_SR: t->sr &= value; break; // a written 0 clears
    case TIM_EGR: generate(t, value); break;
    case TIM_CNT:
        count_set(t, value);
        if (t->counting) t->mark_cycle = cycles_at(t, clock_now());
        break;
    case TIM_PSC: t->psc = value & 0xffff; break;
    case TIM_ARR: arr_write(t, value); break;
    case TIM_RCR: if (r) *r = value & 255; break;
    case TIM_SMCR:
        if (t->channels < 2) return;
        t->smcr = value & 0xffff;
        tim_run(t, t->cr1 & TIM_CR1_CEN);
        break;
    default:
        if (offset >= TIM_CCR1 && offset <= TIM_CCR4) compare_write(t, (offset - TIM_CCR1) / 4, value);
        else if (r) *r = value & (offset == TIM_DIER ? 0x7fff : 0xffff);
        break;
    }
    if (offset == TIM_SR) return;
    tim_outputs(t);
    tim_inputs(t);
    tim_plan(t);
}

void tim_bits(struct tim *t, uint32_t offset, uint32_t clear, uint32_t set) { tim_write(t, offset, (tim_read(t, offset) & ~clear) | set); }

// ---- power, clocks -----------------------------------------------------------------------------------------------------------------
static void registers_reset(struct tim *t) {
    event_cancel(&t->event);
    t->counting = false;
    t->cr1 = t->cr2 = t->smcr = t->dier = t->sr = t->ccmr[0] = t->ccmr[1] = t->ccer = t->psc = t->rcr = t->bdtr = t->dcr = t->or_ = 0;
    t->arr = most(t);
    memset(t->ccr, 0, sizeof t->ccr);
    memset(t->reference, 0, sizeof t->reference);
    t->phase = 0;
    t->repeats_left = t->prescaled = 0;
    shadows_load(t);
    tim_outputs(t);
    tim_inputs(t);
}

void tim_enable_clock(struct tim *t, bool on) {
    if (!on) registers_reset(t);
    rcc_enable(t->apb2 ? RCC_APB2ENR : RCC_APB1ENR, t->bus_bit, on);
}

void tim_bus_reset(struct tim *t, bool apb2, uint32_t bits) {
    if (t && t->apb2 == apb2 && bits >> t->bus_bit & 1) registers_reset(t);
}

void tim_clocks_before(void) {
    for (unsigned i = 1; i <= TIM_COUNT; i++)
        if (timers[i].number) {
            tim_sync(&timers[i]);
            counting_set(&timers[i], false);
        }
}

void tim_clocks_after(bool stand) {
    frozen = stand;
    for (unsigned i = 1; i <= TIM_COUNT; i++) {
        struct tim *t = &timers[i];
        if (!t->number) continue;
        tim_run(t, t->cr1 & TIM_CR1_CEN);
        tim_outputs(t);
        tim_plan(t);
    }
}

void tim_power_on(void) {
    static const struct { uint8_t channels, bit, apb2, wide; } facts[TIM_COUNT + 1] = {
        {0, 0, 0, 0}, {4, 0, 1, 0}, {4, 0, 0, 1}, {4, 1, 0, 0}, {4, 2, 0, 0}, {4, 3, 0, 1}, {0, 4, 0, 0}, {0, 5, 0, 0}, {4, 1, 1, 0},
        {2, 16, 1, 0}, {1, 17, 1, 0}, {1, 18, 1, 0}, {2, 6, 0, 0}, {1, 7, 0, 0}, {1, 8, 0, 0}};
    tim_power_off();
    for (unsigned i = 1; i <= TIM_COUNT; i++) {
        struct tim *t = &timers[i];
        t->number = (uint8_t)i;
        t->channels = facts[i].channels;
        t->bus_bit = facts[i].bit;
        t->apb2 = facts[i].apb2;
        t->wide = facts[i].wide;
        t->advanced = i == 1 || i == 8;
        t->both_ways = t->channels == 4;
        t->event.fire = event_fired;
        t->event.data = t;
        registers_reset(t);
    }
}

void tim_power_off(void) {
    frozen = false;
    for (unsigned i = 1; i <= TIM_COUNT; i++) {
        event_cancel(&timers[i].event);
        tim_pins_drop(&timers[i]);
    }
    memset(timers, 0, sizeof timers);
}
