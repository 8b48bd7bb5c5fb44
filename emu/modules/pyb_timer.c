// SPDX-License-Identifier: MIT
// pyb.Timer: the chip's timers as Python objects.
//
// Invariants
//  - There is one object for each timer; it stays (with its callbacks and channels) until a soft reset.
//  - The registers are the truth: prescaler(), period() … read and write them, so a program that uses mem32 sees and changes the same.
//  - A callback is called once for each flag taken from SR; its enable bit in DIER is set exactly while there is a callback.
#include "emu/modules/pyb.h"
#include "heap/heap.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/types.h"
#include "run/call.h"
#include "run/raise.h"

enum { COUNT_UP = 0, COUNT_DOWN = 0x10, COUNT_CENTRE = 0x20, DEAD_MOST = 1008, BRK_OFF = 0, BRK_LOW = 1, BRK_HIGH = 2 };

struct pyb_timer { // 3 words and the state of the firmware's driver
    const struct type *type;
    struct pyb_timer_slot *slot;
    obj_t unused;
};
enum { DRIVER_BYTES = 80 };

static struct pyb_timer_slot slots[TIM_COUNT + 1];

// ---- slots --------------------------------------------------------------------------------------------------------------------
static void flags_set(void *data, uint32_t flags, uint64_t times) {
    struct pyb_timer_slot *s = data;
    if (flags & TIM_SR_UIF) irq_raise_times(&s->update.line, times);
    for (unsigned i = 0; i < TIM_CHANNELS; i++)
        if (flags >> (i + 1) & 1) irq_raise_times(&s->compare[i].line, times);
}

static struct pyb_timer_slot *slot_of_handler(void *data, unsigned *flag) {
    for (unsigned n = 1; n <= TIM_COUNT; n++) {
        if (data == &slots[n].update) *flag = TIM_SR_UIF;
        for (unsigned i = 0; i < TIM_CHANNELS; i++)
            if (data == &slots[n].compare[i]) *flag = (unsigned)TIM_SR_CC1IF << i;
        if (*flag) return &slots[n];
    }
    return NULL;
}

static void flag_take(void *data) {
    unsigned flag = 0;
    struct pyb_timer_slot *s = slot_of_handler(data, &flag);
    tim_write(s->tim, TIM_SR, ~flag);
}

static void flag_switch_off(void *data) {
    unsigned flag = 0;
    struct pyb_timer_slot *s = slot_of_handler(data, &flag);
    tim_bits(s->tim, TIM_DIER, flag, 0);
}

static void soft_reset(void) {
    for (unsigned n = 1; n <= TIM_COUNT; n++) {
        struct pyb_timer_slot *s = &slots[n];
        if (s->initialised && tim_get(n)) tim_enable_clock(s->tim, false);
        s->initialised = false;
    }
}

struct pyb_timer_slot *pyb_timer_slot(unsigned number) {
    struct tim *t = tim_get(number);
    if (!t) return NULL;
    struct pyb_timer_slot *s = &slots[number];
    s->tim = t;
    s->client = (struct tim_client){flags_set, s};
    tim_attach(t, &s->client);
    handler_init(&s->update, "Timer", (int)number, PYB_TIMER_PRIORITY, flag_take, flag_switch_off, &s->update);
    for (unsigned i = 0; i < tim_channels(t); i++) {
        handler_init(&s->compare[i], "Timer", (int)number, PYB_TIMER_PRIORITY, flag_take, flag_switch_off, &s->compare[i]);
        bridge_root(&s->channels[i]);
    }
    bridge_root(&s->object);
    bridge_at_soft_reset(soft_reset);
    return s;
}

struct pyb_timer_slot *pyb_timer_of(obj_t timer) {
    if (!obj_is(timer, &type_pyb_timer)) raise_message(&type_TypeError, "need a Timer object");
    return ((struct pyb_timer *)timer)->slot;
}

void pyb_timer_callback(struct handler *h, struct pyb_timer_slot *s, uint32_t flag, obj_t function) {
    if (function == OBJ_NONE) {
        tim_bits(s->tim, TIM_DIER, flag, 0);
        irq_clear(&h->line);
        handler_set(h, OBJ_NONE, OBJ_NONE, s->hard);
        return;
    }
    if (!obj_is_callable(function)) raise_message(&type_ValueError, "callback must be None or a callable object");
    tim_bits(s->tim, TIM_DIER, flag, 0);
    irq_clear(&h->line);
    handler_set(h, function, s->object, s->hard);
    tim_write(s->tim, TIM_SR, ~flag);
    tim_bits(s->tim, TIM_DIER, 0, flag);
}

// ---- frequency ----------------------------------------------------------------------------------------------------------------
static uint64_t period_most(const struct tim *t) { return tim_is_wide(t) ? UINT64_C(0x40000000) : 0x10000; }

static uint64_t ticks_of_freq(const struct tim *t, obj_t freq) {
    uint32_t source = tim_source_freq(t);
    if (obj_is_float(freq)) {
        double f = obj_get_float(freq);
        if (!(f > 0)) raise_message(&type_ValueError, "must have positive freq");
        double ticks = float_narrow(float_narrow(source) / f);
        return ticks > 1e15 ? UINT64_C(1000000000000000) : (uint64_t)ticks;
    }
    intptr_t f = obj_get_int(freq);
    if (f <= 0) raise_message(&type_ValueError, "must have positive freq");
    return source / (uint64_t)f;
}

// The counter is divided by 5, 3 and 2 as long as it does not fit, exactly where that is possible.
void pyb_timer_split(const struct tim *t, obj_t freq, uint32_t *prescaler, uint32_t *period) {
    enum { PRESCALER_MOST = 0x10000 };
    uint64_t all = ticks_of_freq(t, freq), most = period_most(t), ticks = all, divisor = 1;
    while (ticks > most) {
        uint64_t by = ticks % 5 == 0 ? 5 : ticks % 3 == 0 ? 3 : 2;
        ticks /= by;
        divisor *= by;
    }
    if (divisor > PRESCALER_MOST) { // the smallest one that divides it, or else that is enough
        uint64_t least = (all + most - 1) / most;
        if (least > PRESCALER_MOST) raise_message(&type_ValueError, "freq is too low");
        divisor = least;
        while (divisor < PRESCALER_MOST && all % divisor) divisor++;
        if (all % divisor) divisor = least;
        ticks = all / divisor;
    }
    if (ticks == 0) raise_message(&type_ValueError, "freq is too high");
    *prescaler = (uint32_t)divisor - 1;
    *period = (uint32_t)ticks - 1;
}

void pyb_timer_run(struct tim *t, uint32_t prescaler, uint32_t period) {
    tim_enable_clock(t, false);
    tim_enable_clock(t, true);
    tim_write(t, TIM_PSC, prescaler);
    tim_write(t, TIM_ARR, period);
    tim_write(t, TIM_CR1, TIM_CR1_ARPE);
    tim_write(t, TIM_EGR, TIM_EGR_UG);
    tim_write(t, TIM_SR, 0);
    tim_bits(t, TIM_CR1, 0, TIM_CR1_CEN);
}

// ---- init ---------------------------------------------------------------------------------------------------------------------
static uint32_t dead_field(intptr_t ticks) { // DTG
    if (ticks < 128) return (uint32_t)ticks;
    if (ticks < 256) return 0x80 | (uint32_t)(ticks / 2 - 64);
    if (ticks < 512) return 0xc0 | (uint32_t)(ticks / 8 - 32);
    return 0xe0 | (uint32_t)(ticks / 16 - 32);
}

static uint32_t dead_ticks(uint32_t field) {
    if (field < 0x80) return field;
    if (field < 0xc0) return (64 + (field & 63)) * 2;
    return (32 + (field & 31)) * (field < 0xe0 ? 8 : 16);
}

static uint32_t control_bits(intptr_t mode, intptr_t div) {
    uint32_t bits = TIM_CR1_ARPE;
    if (mode == COUNT_DOWN) bits |= TIM_CR1_DIR;
    else if (mode == COUNT_CENTRE) bits |= 1 << 5;
    else if (mode != COUNT_UP) raise_format(&type_ValueError, "invalid mode (%ld)", (long)mode);
    if (div != 1 && div != 2 && div != 4) raise_format(&type_ValueError, "div must be 1, 2 or 4");
    return bits | (div == 1 ? 0u : div == 2 ? 1u : 2u) << 8;
}

static void timer_configure(struct pyb_timer_slot *s, uint32_t prescaler, uint32_t period, uint32_t control) {
    struct tim *t = s->tim;
    tim_enable_clock(t, true);
    tim_bits(t, TIM_CR1, TIM_CR1_CEN, 0);
    tim_write(t, TIM_CR1, control & ~(uint32_t)TIM_CR1_DIR);
    if (tim_channels(t) == 4) tim_write(t, TIM_CR1, control);
    tim_write(t, TIM_PSC, prescaler);
    tim_write(t, TIM_ARR, period);
    tim_write(t, TIM_EGR, TIM_EGR_UG);
    tim_write(t, TIM_SR, 0);
}

static void timer_init_args(struct pyb_timer_slot *s, size_t n, size_t kw, const obj_t *args) {
    enum { FREQ, PRESCALER, PERIOD, TICK_HZ, MODE, DIV, CALLBACK, DEADTIME, BRK, HARD, COUNT };
    const struct arg_spec spec[] = {{Q_freq, ARG_OBJ, ARG_KW_ONLY, {.obj = OBJ_NONE}}, {Q_prescaler, ARG_INT, ARG_KW_ONLY, {.i = -1}},
        {Q_period, ARG_INT, ARG_KW_ONLY, {.i = -1}}, {Q_tick_hz, ARG_INT, ARG_KW_ONLY, {.i = 1000}},
        {Q_mode, ARG_INT, ARG_KW_ONLY, {.i = COUNT_UP}}, {Q_div, ARG_INT, ARG_KW_ONLY, {.i = 1}},
        {Q_callback, ARG_OBJ, ARG_KW_ONLY, {.obj = OBJ_NONE}}, {Q_deadtime, ARG_INT, ARG_KW_ONLY, {.i = 0}},
        {Q_brk, ARG_INT, ARG_KW_ONLY, {.i = BRK_OFF}}, {Q_hard, ARG_BOOL, ARG_KW_ONLY, {.b = true}}};
    union arg_value v[COUNT];
    args_parse(n, kw, args, COUNT, spec, v);
    uint32_t prescaler, period;
    if (v[FREQ].obj != OBJ_NONE) {
        pyb_timer_split(s->tim, v[FREQ].obj, &prescaler, &period);
    } else if (v[PERIOD].i != -1 && v[PRESCALER].i != -1) {
        prescaler = (uint32_t)v[PRESCALER].i & 0xffff;
        period = (uint32_t)v[PERIOD].i & (tim_is_wide(s->tim) ? 0x3fffffff : 0xffff);
    } else {
        raise_message(&type_TypeError, "must specify either freq, period, or prescaler and period");
    }
    if (v[DEADTIME].i < 0 || v[DEADTIME].i > DEAD_MOST) raise_message(&type_ValueError, "deadtime must be 0 to 1008");
    if (v[BRK].i < BRK_OFF || v[BRK].i > BRK_HIGH) raise_format(&type_ValueError, "invalid brk (%ld)", (long)v[BRK].i);
    uint32_t control = control_bits(v[MODE].i, v[DIV].i);
    timer_configure(s, prescaler, period, control);
    if (tim_is_advanced(s->tim)) {
        uint32_t brk = v[BRK].i == BRK_OFF ? 0 : v[BRK].i == BRK_LOW ? TIM_BDTR_BKE : TIM_BDTR_BKE | TIM_BDTR_BKP;
        tim_write(s->tim, TIM_BDTR, (tim_read(s->tim, TIM_BDTR) & TIM_BDTR_MOE) | brk | dead_field(v[DEADTIME].i));
    }
    s->initialised = true;
    s->hard = v[HARD].b;
    tim_bits(s->tim, TIM_CR1, 0, TIM_CR1_CEN);
    if (v[CALLBACK].obj == OBJ_NONE) pyb_timer_callback(&s->update, s, TIM_SR_UIF, OBJ_NONE);
    else pyb_timer_callback(&s->update, s, TIM_SR_UIF, v[CALLBACK].obj);
}

static obj_t timer_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    args_check(n, kw, 1, 255, true);
    intptr_t number = obj_get_int(args[0]);
    struct pyb_timer_slot *s = number >= 1 && number <= TIM_COUNT ? pyb_timer_slot((unsigned)number) : NULL;
    if (!s) raise_format(&type_ValueError, "Timer(%ld) doesn't exist", (long)number);
    if (!s->object) {
        struct pyb_timer *o = heap_new(3, DRIVER_BYTES, HEAP_REFS);
        o->type = type;
        o->slot = s;
        s->object = OBJ_PTR(o);
        s->hard = true;
        s->initialised = false;
    }
    if (n > 1 || kw > 0) timer_init_args(s, n - 1, kw, args + 1);
    return s->object;
}

static obj_t timer_init(size_t n, size_t kw, const obj_t *args) {
    timer_init_args(pyb_timer_of(args[0]), n - 1, kw, args + 1);
    return OBJ_NONE;
}

static obj_t timer_deinit(obj_t self) {
    struct pyb_timer_slot *s = pyb_timer_of(self);
    pyb_timer_callback(&s->update, s, TIM_SR_UIF, OBJ_NONE);
    for (unsigned i = 0; i < tim_channels(s->tim); i++) {
        pyb_timer_callback(&s->compare[i], s, (uint32_t)TIM_SR_CC1IF << i, OBJ_NONE);
        s->channels[i] = OBJ_NULL;
    }
    tim_enable_clock(s->tim, false);
    s->initialised = false;
    return OBJ_NONE;
}

// ---- text ---------------------------------------------------------------------------------------------------------------------
static void timer_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    struct pyb_timer_slot *s = pyb_timer_of(self);
    struct tim *t = s->tim;
    print_format(p, "Timer(%u", tim_number(t));
    if (s->initialised) {
        uint32_t cr1 = tim_read(t, TIM_CR1), bdtr = tim_read(t, TIM_BDTR);
        const char *mode = cr1 & TIM_CR1_CMS ? "CENTER" : cr1 & TIM_CR1_DIR ? "DOWN" : "UP";
        print_format(p, ", prescaler=%u, period=%u", tim_read(t, TIM_PSC), tim_read(t, TIM_ARR));
        print_format(p, ", mode=%s, div=%u", mode, 1u << (cr1 >> 8 & 3));
        if (tim_is_advanced(t)) {
            const char *brk = !(bdtr & TIM_BDTR_BKE) ? "BRK_OFF" : bdtr & TIM_BDTR_BKP ? "BRK_HIGH" : "BRK_LOW";
            print_format(p, ", deadtime=%u, brk=%s", dead_ticks(bdtr & 255), brk);
        }
    }
    print_text(p, ")");
}

// ---- registers ----------------------------------------------------------------------------------------------------------------
static obj_t get_or_set(size_t n, const obj_t *args, uint32_t offset, uint32_t mask) {
    struct pyb_timer_slot *s = pyb_timer_of(args[0]);
    if (n == 1) return int_from_u64(tim_read(s->tim, offset));
    tim_write(s->tim, offset, (uint32_t)obj_get_int_truncated(args[1]) & mask);
    return OBJ_NONE;
}

static uint32_t width_mask(obj_t self) { return tim_is_wide(pyb_timer_of(self)->tim) ? UINT32_MAX : 0xffff; }

static obj_t timer_counter(size_t n, const obj_t *args) { return get_or_set(n, args, TIM_CNT, width_mask(args[0])); }
static obj_t timer_prescaler(size_t n, const obj_t *args) { return get_or_set(n, args, TIM_PSC, 0xffff); }
static obj_t timer_period(size_t n, const obj_t *args) { return get_or_set(n, args, TIM_ARR, width_mask(args[0]) & 0x3fffffff); }

static obj_t timer_freq(size_t n, const obj_t *args) {
    struct pyb_timer_slot *s = pyb_timer_of(args[0]);
    struct tim *t = s->tim;
    if (n == 1) {
        uint32_t source = tim_source_freq(t);
        uint64_t divisor = ((uint64_t)tim_read(t, TIM_PSC) + 1) * ((uint64_t)tim_read(t, TIM_ARR) + 1);
        if (source % divisor == 0) return int_from_u64(source / divisor);
        return float_new((double)source / (double)divisor);
    }
    uint32_t prescaler, period;
    pyb_timer_split(t, args[1], &prescaler, &period);
    tim_write(t, TIM_PSC, prescaler);
    tim_write(t, TIM_ARR, period);
    tim_write(t, TIM_EGR, TIM_EGR_UG); // both in force at once, from the beginning of a period
    tim_write(t, TIM_SR, ~(uint32_t)TIM_SR_UIF);
    irq_clear(&s->update.line);
    return OBJ_NONE;
}

static obj_t timer_source_freq(obj_t self) { return int_from_u64(tim_source_freq(pyb_timer_of(self)->tim)); }

static obj_t timer_callback(obj_t self, obj_t function) {
    struct pyb_timer_slot *s = pyb_timer_of(self);
    pyb_timer_callback(&s->update, s, TIM_SR_UIF, function);
    return OBJ_NONE;
}

static obj_t timer_channel(size_t n, size_t kw, const obj_t *args) { return pyb_timer_channel(pyb_timer_of(args[0]), n - 1, kw, args + 1); }

BUILTIN_KW(timer_init_fn, 1, 255, timer_init);
BUILTIN_1(timer_deinit_fn, timer_deinit);
BUILTIN_VAR(timer_counter_fn, 1, 2, timer_counter);
BUILTIN_VAR(timer_prescaler_fn, 1, 2, timer_prescaler);
BUILTIN_VAR(timer_period_fn, 1, 2, timer_period);
BUILTIN_VAR(timer_freq_fn, 1, 2, timer_freq);
BUILTIN_1(timer_source_freq_fn, timer_source_freq);
BUILTIN_2(timer_callback_fn, timer_callback);
BUILTIN_KW(timer_channel_fn, 2, 255, timer_channel);

static const struct map_slot timer_members[] = {
    MEMBER(init, &timer_init_fn),
    MEMBER(deinit, &timer_deinit_fn),
    MEMBER(channel, &timer_channel_fn),
    MEMBER(counter, &timer_counter_fn),
    MEMBER(source_freq, &timer_source_freq_fn),
    MEMBER(freq, &timer_freq_fn),
    MEMBER(prescaler, &timer_prescaler_fn),
    MEMBER(period, &timer_period_fn),
    MEMBER(callback, &timer_callback_fn),
    MEMBER(UP, OBJ_INT(COUNT_UP)),
    MEMBER(DOWN, OBJ_INT(COUNT_DOWN)),
    MEMBER(CENTER, OBJ_INT(COUNT_CENTRE)),
    MEMBER(PWM, OBJ_INT(0)),
    MEMBER(PWM_INVERTED, OBJ_INT(1)),
    MEMBER(OC_TIMING, OBJ_INT(2)),
    MEMBER(OC_ACTIVE, OBJ_INT(3)),
    MEMBER(OC_INACTIVE, OBJ_INT(4)),
    MEMBER(OC_TOGGLE, OBJ_INT(5)),
    MEMBER(OC_FORCED_ACTIVE, OBJ_INT(6)),
    MEMBER(OC_FORCED_INACTIVE, OBJ_INT(7)),
    MEMBER(IC, OBJ_INT(8)),
    MEMBER(ENC_A, OBJ_INT(9)),
    MEMBER(ENC_B, OBJ_INT(10)),
    MEMBER(ENC_AB, OBJ_INT(11)),
    MEMBER(HIGH, OBJ_INT(0)),
    MEMBER(LOW, OBJ_INT(2)),
    MEMBER(RISING, OBJ_INT(0)),
    MEMBER(FALLING, OBJ_INT(2)),
    MEMBER(BOTH, OBJ_INT(10)),
    MEMBER(BRK_OFF, OBJ_INT(BRK_OFF)),
    MEMBER(BRK_LOW, OBJ_INT(BRK_LOW)),
    MEMBER(BRK_HIGH, OBJ_INT(BRK_HIGH)),
};
static FIXED_DICT(timer_dict, timer_members);
static const struct type_ops timer_ops = {.print = timer_print, .construct = timer_construct};
const struct type type_pyb_timer = {.type = &type_type, .name = Q_Timer, .flags = TYPE_TRUE, .ops = &timer_ops, .members = &timer_dict};
