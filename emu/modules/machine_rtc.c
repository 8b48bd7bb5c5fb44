// SPDX-License-Identifier: MIT
// machine.RTC and machine.WDT.
//
// Invariants
//  - There is one clock: every RTC object is the same, and a soft reset leaves it alone.
//  - The alarm is a time of emulated time for a wait in milliseconds, a time of the calendar for a date; it raises one line.
//  - A watchdog that was started goes on until it is fed or bites: its bite resets the board.
// Known differences: no time zone, no calibration (a pyboard has its own: pyb_rtc.c).
#include "emu/chip/chip.h"
#include "emu/chip/rtc.h"
#include "emu/chip/wdt.h"
#include "emu/modules/irq_object.h"
#include "emu/modules/machine.h"
#include "heap/heap.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "objects/types.h"
#include "run/raise.h"

enum { ALARM0 = 1, RTC_PRIORITY = 14, MEMORY_ROOM = 2048, DAYS_2015 = 16436, WDT_MOST_PICO = 8388, WWDG_MOST = 99, DAY_S = 86400 };
static const struct object rtc_only = {&type_machine_rtc};

static struct {
    struct handler handler;
    struct event event;
    uint64_t period; // ns; 0: once
    bool made, dated;
    obj_t irq_object;
} alarm;
static struct {
    uint8_t data[MEMORY_ROOM];
    size_t len;
} memory; // outlives resets

// ---- date and time -------------------------------------------------------------------------------------------------------------
static intptr_t field(const obj_t *items, int i, intptr_t least, intptr_t most) {
    intptr_t v = obj_get_int(items[i]);
    if (v < least || v > most) raise_message(&type_ValueError, "invalid date or time");
    return v;
}

// (year, month, day, hour, minute, second) from places of a tuple of 8
static int64_t time_from(obj_t tuple, int hour_at) {
    size_t n;
    obj_t *items;
    seq_items(tuple, &n, &items);
    if (n != 8) raise_format(&type_ValueError, "requested length 8 but object has length %lu", (unsigned long)n);
    struct rtc_time t = {.weekday = 1, .year = (int)field(items, 0, 2000, 2099), .month = (int)field(items, 1, 1, 12),
                         .day = (int)field(items, 2, 1, 31), .hour = (int)field(items, hour_at, 0, 23),
                         .minute = (int)field(items, hour_at + 1, 0, 59),
                         .second = (int)field(items, hour_at + 2, 0, 59)};
    return rtc_time_ns(&t);
}

static obj_t now_tuple(bool wipy) {
    struct rtc_time t;
    rtc_get(&t);
    int64_t ns = rtc_unix_ns() % NS_PER_S;
    int sub = pin_on_stm() ? t.subsecond : strcmp(board_current->mcu, "rp2040") == 0 ? 0 : (int)(ns / NS_PER_US);
    int weekday = pin_on_stm() ? t.weekday : t.weekday - 1;
    obj_t machine[] = {OBJ_INT(t.year), OBJ_INT(t.month), OBJ_INT(t.day), OBJ_INT(weekday),
                       OBJ_INT(t.hour), OBJ_INT(t.minute), OBJ_INT(t.second), OBJ_INT(sub)};
    obj_t of_wipy[] = {OBJ_INT(t.year), OBJ_INT(t.month), OBJ_INT(t.day), OBJ_INT(t.hour),
                       OBJ_INT(t.minute), OBJ_INT(t.second), OBJ_INT(ns / NS_PER_US), OBJ_NONE};
    return tuple_new(8, wipy ? of_wipy : machine);
}

static obj_t rtc_datetime(size_t n, const obj_t *args) {
    if (n == 1) return now_tuple(false);
    rtc_set_unix_ns(time_from(args[1], 4));
    if (!pin_on_stm()) return OBJ_NONE;
    size_t count;
    obj_t *items;
    seq_items(args[1], &count, &items);
    intptr_t weekday = count > 3 ? obj_get_int(items[3]) : 0;
    struct rtc_time t;
    rtc_get(&t);
    t.weekday = (int)weekday;
    if (weekday >= 1 && weekday <= 7) rtc_set(&t); // this chip counts weekdays on from the one that was set
    return OBJ_NONE;
}
BUILTIN_VAR(rtc_datetime_fn, 1, 2, rtc_datetime);

static obj_t rtc_now(obj_t self) {
    (void)self;
    return now_tuple(true);
}
BUILTIN_1(rtc_now_fn, rtc_now);

static obj_t rtc_init(size_t n, const obj_t *args) {
    if (n > 1) rtc_set_unix_ns(time_from(args[1], 3));
    return OBJ_NONE;
}
BUILTIN_VAR(rtc_init_fn, 1, 2, rtc_init);

static void alarm_off(void *unused) {
    (void)unused;
    event_cancel(&alarm.event);
    alarm.period = 0;
}

static obj_t rtc_deinit(obj_t self) {
    (void)self;
    alarm_off(NULL);
    rtc_set_unix_ns((int64_t)DAYS_2015 * DAY_S * (int64_t)NS_PER_S);
    return OBJ_NONE;
}
BUILTIN_1(rtc_deinit_fn, rtc_deinit);

// ---- the alarm -------------------------------------------------------------------------------------------------------------------
static void alarm_rang(void *unused) {
    (void)unused;
    if (alarm.period) event_arm(&alarm.event, alarm.event.at + alarm.period);
    machine_wakeup(MACHINE_RTC_WAKE);
    irq_raise(&alarm.handler.line);
}

static void alarm_stop(void) {
    alarm_off(NULL);
    handler_drop(&alarm.handler);
    bridge_root_drop(&alarm.irq_object);
    memset(&alarm, 0, sizeof alarm);
}

static void alarm_rest(void) { alarm_off(NULL); }

static void alarm_ready(void) {
    if (alarm.made) return;
    alarm.made = true;
    alarm.event.fire = alarm_rang;
    handler_init(&alarm.handler, "RTC", -1, RTC_PRIORITY, NULL, NULL, NULL);
    bridge_root(&alarm.irq_object);
    bridge_at_power_off(alarm_stop);
    bridge_at_soft_reset(alarm_rest);
}

static void alarm_id(obj_t id) {
    if (obj_get_int(id) != 0) raise_message(&type_ValueError, "invalid alarm id");
}

static obj_t rtc_alarm_set(size_t n, size_t kw, const obj_t *args) {
    const struct arg_spec spec[] = {{Q_id, ARG_OBJ, 0, {.obj = OBJ_INT(0)}},
                                    {Q_time, ARG_OBJ, ARG_REQUIRED, {.obj = OBJ_NULL}},
                                    {Q_repeat, ARG_BOOL, ARG_KW_ONLY, {.b = false}}};
    union arg_value v[3];
    args_parse(n - 1, kw, args + 1, 3, spec, v);
    alarm_id(v[0].obj);
    alarm_ready();
    if (!obj_is_integer(v[1].obj)) {
        if (v[2].b) raise_message(&type_ValueError, "a date can't repeat");
        int64_t in = time_from(v[1].obj, 3) - rtc_unix_ns();
        alarm_off(NULL);
        event_arm(&alarm.event, clock_now() + (in > 0 ? (uint64_t)in : 0));
        return OBJ_NONE;
    }
    intptr_t ms = obj_get_int(v[1].obj);
    if (ms < 0 || (v[2].b && ms == 0)) raise_message(&type_ValueError, "invalid time");
    alarm_off(NULL);
    alarm.period = v[2].b ? (uint64_t)ms * NS_PER_MS : 0;
    event_arm(&alarm.event, clock_now() + (uint64_t)ms * NS_PER_MS);
    return OBJ_NONE;
}
BUILTIN_KW(rtc_alarm_fn, 1, 255, rtc_alarm_set);

static obj_t rtc_alarm_left(size_t n, const obj_t *args) {
    if (n > 1) alarm_id(args[1]);
    uint64_t now = clock_now();
    if (!event_armed(&alarm.event) || alarm.event.at <= now) return OBJ_INT(0);
    return int_from((intptr_t)((alarm.event.at - now + NS_PER_MS - 1) / NS_PER_MS));
}
BUILTIN_VAR(rtc_alarm_left_fn, 1, 2, rtc_alarm_left);

static obj_t rtc_alarm_cancel(size_t n, const obj_t *args) {
    if (n > 1) alarm_id(args[1]);
    alarm_off(NULL);
    return OBJ_NONE;
}
BUILTIN_VAR(rtc_alarm_cancel_fn, 1, 2, rtc_alarm_cancel);

static uint32_t source_flags(void *data) {
    (void)data;
    return ALARM0;
}
static void source_trigger_set(void *data, uint32_t trigger) {
    (void)data;
    if (trigger != ALARM0) raise_message(&type_ValueError, "invalid trigger");
}
static const struct irq_source alarm_source = {source_flags, source_flags, source_trigger_set};

static obj_t rtc_irq(size_t n, size_t kw, const obj_t *args) {
    const struct arg_spec spec[] = {{Q_trigger, ARG_INT, ARG_REQUIRED, {.i = 0}},
                                    {Q_handler, ARG_OBJ, ARG_KW_ONLY, {.obj = OBJ_NONE}},
                                    {Q_wake, ARG_INT, ARG_KW_ONLY, {.i = MACHINE_IDLE}},
                                    {Q_hard, ARG_BOOL, ARG_KW_ONLY, {.b = false}}};
    union arg_value v[4];
    args_parse(n - 1, kw, args + 1, 4, spec, v);
    source_trigger_set(NULL, (uint32_t)v[0].i);
    if (v[1].obj != OBJ_NONE && !obj_is_callable(v[1].obj)) raise_message(&type_ValueError, "handler must be None or callable");
    alarm_ready();
    handler_set(&alarm.handler, v[1].obj, OBJ_PTR(&rtc_only), v[3].b);
    if (!alarm.irq_object) alarm.irq_object = irq_object_new(OBJ_PTR(&rtc_only), &alarm.handler, &alarm_source, NULL);
    return alarm.irq_object;
}
BUILTIN_KW(rtc_irq_fn, 1, 255, rtc_irq);

// ---- memory, type ----------------------------------------------------------------------------------------------------------------
static obj_t rtc_memory(size_t n, const obj_t *args) {
    if (n == 1) return bytes_new((const char *)memory.data, memory.len);
    struct buffer b;
    obj_buffer(args[1], &b, BUFFER_READ);
    if (b.len > MEMORY_ROOM) raise_message(&type_ValueError, "buffer too long");
    memcpy(memory.data, b.data, b.len);
    memory.len = b.len;
    return OBJ_NONE;
}
BUILTIN_VAR(rtc_memory_fn, 1, 2, rtc_memory);

static obj_t rtc_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    const struct arg_spec spec[] = {{Q_id, ARG_INT, 0, {.i = 0}}, {Q_datetime, ARG_OBJ, 0, {.obj = OBJ_NONE}}};
    union arg_value v[2];
    (void)type;
    args_parse(n, kw, args, 2, spec, v);
    if (v[0].i != 0) raise_format(&type_ValueError, "RTC(%ld) doesn't exist", (long)v[0].i);
    if (v[1].obj != OBJ_NONE) rtc_set_unix_ns(time_from(v[1].obj, 3));
    return OBJ_PTR(&rtc_only);
}

static const struct map_slot rtc_members[] = {
    MEMBER(datetime, &rtc_datetime_fn), MEMBER(init, &rtc_init_fn), MEMBER(deinit, &rtc_deinit_fn), MEMBER(now, &rtc_now_fn),
    MEMBER(alarm, &rtc_alarm_fn), MEMBER(alarm_left, &rtc_alarm_left_fn), MEMBER(alarm_cancel, &rtc_alarm_cancel_fn),
    MEMBER(cancel, &rtc_alarm_cancel_fn), MEMBER(irq, &rtc_irq_fn), MEMBER(memory, &rtc_memory_fn), MEMBER(ALARM0, OBJ_INT(ALARM0))};
static FIXED_DICT(rtc_dict, rtc_members);
static const struct type_ops rtc_ops = {.construct = rtc_construct};
const struct type type_machine_rtc = {.type = &type_type, .name = Q_RTC, .flags = TYPE_TRUE, .ops = &rtc_ops, .members = &rtc_dict};

// ---- WDT -----------------------------------------------------------------------------------------------------------------------
struct wdt {
    const struct type *type;
    bool window; // WWDG of an STM32: a short one
};
static const struct wdt wdt_only = {&type_machine_wdt, false}, wwdg_only = {&type_machine_wdt, true};
static struct event wwdg;
static uint64_t wwdg_ns;

static void wwdg_bites(void *unused) {
    (void)unused;
    emu_report(EMU_NOTE, "the window watchdog resets the board");
    if (chip_reset_request) chip_reset_request(RESET_WATCHDOG);
}

static void wwdg_stop(void) { event_cancel(&wwdg); }

static obj_t wdt_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    const struct arg_spec spec[] = {{Q_id, ARG_OBJ, 0, {.obj = OBJ_INT(0)}}, {Q_timeout, ARG_INT, 0, {.i = 5000}}};
    union arg_value v[2];
    (void)type;
    args_parse(n, kw, args, 2, spec, v);
    bool named = pin_on_stm() && obj_is_str(v[0].obj), window = named && v[0].obj == OBJ_QSTR(Q_WWDG);
    if (!window && !(named && v[0].obj == OBJ_QSTR(Q_IWDG)) && v[0].obj != OBJ_INT(0)) raise_message(&type_ValueError, "WDT doesn't exist");
    intptr_t most = window ? WWDG_MOST : strcmp(board_current->mcu, "rp2040") == 0 ? WDT_MOST_PICO : WDT_MOST_MS;
    if (v[1].i < 1) raise_message(&type_ValueError, "WDT timeout too short");
    if (v[1].i > most) raise_message(&type_ValueError, "WDT timeout too long");
    if (!window) {
        wdt_start((uint32_t)v[1].i);
        return OBJ_PTR(&wdt_only);
    }
    wwdg.fire = wwdg_bites;
    wwdg_ns = (uint64_t)v[1].i * NS_PER_MS;
    event_arm(&wwdg, clock_now() + wwdg_ns);
    bridge_at_power_off(wwdg_stop);
    return OBJ_PTR(&wwdg_only);
}

static obj_t wdt_feed_method(obj_t self) {
    if (!((const struct wdt *)self)->window) wdt_feed();
    else event_arm(&wwdg, clock_now() + wwdg_ns);
    return OBJ_NONE;
}
BUILTIN_1(wdt_feed_fn, wdt_feed_method);

static const struct map_slot wdt_members[] = {MEMBER(feed, &wdt_feed_fn)};
static FIXED_DICT(wdt_dict, wdt_members);
static const struct type_ops wdt_ops = {.construct = wdt_construct};
const struct type type_machine_wdt = {.type = &type_type, .name = Q_WDT, .flags = TYPE_TRUE, .ops = &wdt_ops, .members = &wdt_dict};
