// SPDX-License-Identifier: MIT
// machine.Timer: a function called once or again and again.
//
// Invariants
//  - A running timer has a record in host memory (its event and interrupt line), which keeps the Timer object and its callback alive: a
//    timer goes on after its name has gone. A stopped timer has none; records are used again, never while their handler runs.
//  - Periods are counted from the start, not from the call: no drift. A tick that comes while the last one still waits is counted as lost;
//    but ticks that a busy host kept from a quick hard handler (real clock) follow one another when it lets the program run.
//  - Numbers: -1 is any number of timers; 0 to 3, where the board has them, are one object each.
// Known differences: periods on a pyboard are whole milliseconds, on others nanoseconds; on a Pico whole microseconds.
#include "emu/modules/machine.h"
#include "heap/heap.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/types.h"
#include "rt.h"
#include "run/call.h"
#include "run/raise.h"

#include <stdio.h>

enum { ONE_SHOT = 0, PERIODIC = 1, NUMBERED = 4, TIMER_PRIORITY = 14, TIMER_PRIORITY_PYBOARD = 15 };

struct machine_timer { // 3 words, two numbers of 64 bits
    const struct type *type;
    struct record *record; // NULL: stopped
    intptr_t number;
    uint64_t period;       // ns
    uint64_t mode;
};

struct record {
    struct machine_timer *timer; // whose it is now; NULL: free
    struct handler handler;
    struct event event;
    char name[20];
    struct record *next;
};
static struct record *records;
static obj_t numbered[NUMBERED];

// ---- records -------------------------------------------------------------------------------------------------------------
static void timer_stop(struct machine_timer *t) {
    struct record *r = t->record;
    if (!r) return;
    t->record = NULL;
    r->timer = NULL;
    event_cancel(&r->event);
    irq_clear(&r->handler.line);
    handler_set(&r->handler, OBJ_NONE, OBJ_NULL, false);
}

static void switch_off(void *data) {
    struct record *r = data;
    if (r->timer) timer_stop(r->timer);
}

static void on_time(void *data) {
    struct record *r = data;
    struct machine_timer *t = r->timer;
    if (t->mode == PERIODIC) event_arm(&r->event, r->event.at + t->period);
    if (r->handler.hard) irq_raise_times(&r->handler.line, 1);
    else irq_raise(&r->handler.line);
}

// A one-shot timer is stopped behind its function, unless that has started it again.
static void after_call(void *data) {
    struct record *r = data;
    if (r->timer && r->timer->mode == ONE_SHOT && !event_armed(&r->event) && !r->handler.line.pending) timer_stop(r->timer);
}

static void records_stop(void) {
    while (records) {
        struct record *next = records->next;
        event_cancel(&records->event);
        handler_drop(&records->handler);
        emu_free(records);
        records = next;
    }
}

static struct record *record_new(void) {
    unsigned count = 0;
    for (struct record *r = records; r; r = r->next, count++)
        if (!r->timer && !r->handler.line.active) return r;
    struct record *r = emu_new(sizeof *r);
    snprintf(r->name, sizeof r->name, "machine.Timer#%u", count);
    r->event.fire = on_time;
    r->event.data = r;
    handler_init(&r->handler, "Timer", -1, pin_on_stm() ? TIMER_PRIORITY_PYBOARD : TIMER_PRIORITY, NULL, switch_off, r);
    r->handler.after = after_call;
    r->handler.line.name = r->name;
    r->next = records;
    records = r;
    bridge_at_power_off(records_stop);
    return r;
}

// ---- Timer.init() ------------------------------------------------------------------------------------------------------------
static obj_t call_nothing(obj_t timer) { return call_1(OBJ_NONE, timer); } // a callback is needed when the time has come
BUILTIN_1(call_nothing_fn, call_nothing);

static uint64_t period_from(obj_t freq, intptr_t period, intptr_t tick_hz) {
    double ns;
    if (freq != OBJ_NONE && !(obj_is_int(freq) && obj_int(freq) == -1)) {
        double hz = obj_get_float(freq);
        if (!(hz > 0)) raise_message(&type_ValueError, "invalid freq");
        ns = 1e9 / hz;
    } else {
        if (period < 0 || tick_hz <= 0) raise_message(&type_ValueError, "invalid period");
        ns = (double)period * 1e9 / (double)tick_hz;
    }
    uint64_t unit = pin_on_stm() ? NS_PER_MS : strcmp(board_current->mcu, "rp2040") == 0 ? NS_PER_US : 1;
    if (ns > 1e18) ns = 1e18;
    uint64_t whole = unit == 1 ? (uint64_t)(ns + 0.5) : (uint64_t)(ns / (double)unit) * unit;
    uint64_t least = unit > NS_PER_US ? unit : NS_PER_US;
    return whole < least ? least : whole;
}

static void timer_init(struct machine_timer *t, size_t n, size_t kw, const obj_t *args) {
    enum { MODE, FREQ, PERIOD, CALLBACK, TICK_HZ, HARD };
    const struct arg_spec spec[] = {
        {Q_mode, ARG_INT, ARG_KW_ONLY, {.i = PERIODIC}},        {Q_freq, ARG_OBJ, ARG_KW_ONLY, {.obj = OBJ_NONE}},
        {Q_period, ARG_INT, ARG_KW_ONLY, {.i = -1}},            {Q_callback, ARG_OBJ, ARG_KW_ONLY, {.obj = OBJ_NONE}},
        {Q_tick_hz, ARG_INT, ARG_KW_ONLY, {.i = 1000}},         {Q_hard, ARG_BOOL, ARG_KW_ONLY, {.b = false}}};
    union arg_value v[6];
    args_parse(n, kw, args, 6, spec, v);
    if (v[MODE].i != ONE_SHOT && v[MODE].i != PERIODIC) raise_message(&type_ValueError, "invalid mode");
    obj_t callback = v[CALLBACK].obj == OBJ_NONE ? OBJ_PTR(&call_nothing_fn) : v[CALLBACK].obj;
    if (!obj_is_callable(callback)) raise_message(&type_ValueError, "callback must be None or callable");
    uint64_t period = period_from(v[FREQ].obj, v[PERIOD].i, v[TICK_HZ].i);
    timer_stop(t);
    t->mode = (uint64_t)v[MODE].i;
    t->period = period;
    t->record = record_new();
    t->record->timer = t;
    handler_set(&t->record->handler, callback, OBJ_PTR(t), v[HARD].b);
    event_arm(&t->record->event, clock_now() + period);
}

static struct machine_timer *timer_numbered(const struct type *type, intptr_t number) {
    bool has_numbers = !pin_on_stm() && strcmp(board_current->mcu, "rp2040") != 0;
    if (number < -1 || number >= NUMBERED || (number >= 0 && !has_numbers)) raise_message(&type_ValueError, "Timer doesn't exist");
    if (number >= 0 && numbered[number]) return (struct machine_timer *)numbered[number];
    struct machine_timer *t = heap_new(3, 16, HEAP_REFS);
    t->type = type;
    t->number = number;
    t->mode = PERIODIC;
    if (number >= 0) {
        bridge_root(&numbered[number]);
        numbered[number] = OBJ_PTR(t);
    }
    return t;
}

static obj_t timer_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    args_check(n, kw, 0, 1, true);
    struct machine_timer *t = timer_numbered(type, n > 0 ? obj_get_int(args[0]) : -1);
    if (kw > 0) timer_init(t, 0, kw, args + n);
    return OBJ_PTR(t);
}

static obj_t timer_init_method(size_t n, size_t kw, const obj_t *args) {
    timer_init((struct machine_timer *)args[0], n - 1, kw, args + 1);
    return OBJ_NONE;
}
BUILTIN_KW(timer_init_fn, 1, 255, timer_init_method);

static obj_t timer_deinit(obj_t self) {
    timer_stop((struct machine_timer *)self);
    return OBJ_NONE;
}
BUILTIN_1(timer_deinit_fn, timer_deinit);

static void timer_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    const struct machine_timer *t = (const struct machine_timer *)self;
    const char *mode = t->mode == ONE_SHOT ? "ONE_SHOT" : "PERIODIC";
    print_text(p, "Timer(");
    if (t->number >= 0) print_format(p, "%ld, ", (long)t->number);
    if (t->period % NS_PER_MS == 0) print_format(p, "mode=%s, period=%lu)", mode, (unsigned long)(t->period / NS_PER_MS));
    else print_format(p, "mode=%s, tick_hz=1000000, period=%lu)", mode, (unsigned long)(t->period / NS_PER_US));
}

static const struct map_slot timer_members[] = {MEMBER(init, &timer_init_fn), MEMBER(deinit, &timer_deinit_fn),
                                                MEMBER(ONE_SHOT, OBJ_INT(ONE_SHOT)), MEMBER(PERIODIC, OBJ_INT(PERIODIC))};
static FIXED_DICT(timer_dict, timer_members);
static const struct type_ops timer_ops = {.print = timer_print, .construct = timer_construct};
const struct type type_machine_timer = {.type = &type_type, .name = Q_Timer, .flags = TYPE_TRUE, .ops = &timer_ops,
                                        .members = &timer_dict};
