// SPDX-License-Identifier: MIT
// pyb.RTC: the calendar clock.
//
// Invariants
//  - There is one object, in program memory. The wake-up callback is the handler of EXTI line 22 and follows the rules of ExtInt.
#include "emu/chip/exti.h"
#include "emu/chip/rcc.h"
#include "emu/chip/rtc.h"
#include "emu/modules/pyb.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/seq.h"
#include "objects/types.h"
#include "run/call.h"
#include "run/raise.h"

static const struct object the_rtc = {&type_pyb_rtc};

static obj_t rtc_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    (void)type, (void)args;
    args_check(n, kw, 0, 0, false);
    return OBJ_PTR(&the_rtc);
}

static void rtc_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)self, (void)kind;
    print_text(p, "<RTC>");
}

static obj_t rtc_init(obj_t self) {
    (void)self;
    return OBJ_NONE;
}

// Startup time of the oscillator, and the flags of the reset.
static obj_t rtc_info(obj_t self) {
    (void)self;
    enum { STARTUP_MS = 0x11f, POWER_ON = 0x10000, EXTERNAL = 0x20000 };
    enum reset_cause cause = chip_reset_cause();
    return OBJ_INT(STARTUP_MS | (cause == RESET_POWER_ON ? POWER_ON : 0) | (cause == RESET_POWER_ON || cause == RESET_HARD ? EXTERNAL : 0));
}

static obj_t rtc_datetime(size_t n, const obj_t *args) {
    struct rtc_time t;
    if (n == 1) {
        rtc_get(&t);
        obj_t items[8] = {OBJ_INT(t.year), OBJ_INT(t.month), OBJ_INT(t.day), OBJ_INT(t.weekday), OBJ_INT(t.hour), OBJ_INT(t.minute),
                          OBJ_INT(t.second), OBJ_INT(t.subsecond)};
        return tuple_new(8, items);
    }
    obj_t *items;
    intptr_t v[7];
    seq_items_of_length(args[1], 8, &items);
    for (int i = 0; i < 7; i++) {
        seq_items_of_length(args[1], 8, &items);
        v[i] = obj_get_int(items[i]);
        if (v[i] < 0 || v[i] > 9999) raise_message(&type_ValueError, "invalid date or time");
    }
    t = (struct rtc_time){(int)v[0], (int)v[1], (int)v[2], v[3] <= 7 ? (int)v[3] : 0, (int)v[4], (int)v[5], (int)v[6], 0};
    if (!rtc_set(&t)) raise_message(&type_ValueError, "invalid date or time");
    return OBJ_NONE;
}

static void wakeup_registers(intptr_t ms, uint32_t *select, uint32_t *count) {
    enum { COARSE = 4, COARSE_HIGH = 6, WHOLE = 0x10000, FINEST_HZ = 2048 };
    if (ms < 0) raise_message(&type_ValueError, "wakeup value too large");
    *count = 0;
    for (int i = 3; i >= 0; i--) { // clocks of 16384 … 2048 Hz
        uint64_t ticks = (uint64_t)ms * (FINEST_HZ << i) / 1000;
        *select = (uint32_t)i;
        if (ticks <= WHOLE) {
            *count = ticks ? (uint32_t)ticks - 1 : 0;
            return;
        }
    }
    uint64_t seconds = (uint64_t)ms / 1000;
    if (seconds > 2 * WHOLE) raise_message(&type_ValueError, "wakeup value too large");
    *select = seconds > WHOLE ? COARSE_HIGH : COARSE;
    *count = (uint32_t)(seconds - 1) & (WHOLE - 1);
}

static obj_t rtc_wakeup(size_t n, const obj_t *args) { // (timeout[, callback]) or (wucksel, wut, callback)
    uint32_t select = 0, count = 0;
    obj_t callback = n == 3 ? args[2] : OBJ_NONE;
    bool on = args[1] != OBJ_NONE;
    if (n == 4) {
        intptr_t s = obj_get_int(args[1]), c = obj_get_int(args[2]);
        if (s < 0 || s > 7 || c < 0 || c > 0xffff) raise_message(&type_ValueError, "wakeup value too large");
        select = (uint32_t)s;
        count = (uint32_t)c;
        callback = args[3];
    } else if (on) {
        wakeup_registers(obj_get_int(args[1]), &select, &count);
    }
    if (callback != OBJ_NONE && !obj_is_callable(callback)) raise_message(&type_ValueError, "callback must be None or a callable object");
    rtc_wakeup_off();
    pyb_extint_set(EXTI_RTC_WAKEUP, -1, PYB_IRQ_RISING, OBJ_NONE, OBJ_NONE, PYB_RTC_PRIORITY);
    if (!on) return OBJ_NONE;
    if (callback != OBJ_NONE) {
        pyb_extint_set(EXTI_RTC_WAKEUP, -1, PYB_IRQ_RISING, callback, OBJ_INT(EXTI_RTC_WAKEUP), PYB_RTC_PRIORITY);
    } else { // no function: the interrupt still ends the sleeping states
        exti_edges(EXTI_RTC_WAKEUP, true, false);
        exti_mask(EXTI_RTC_WAKEUP, true);
    }
    rtc_wakeup_on(select, count);
    return OBJ_NONE;
}

static obj_t pyb_rtc_calibration(size_t n, const obj_t *args) {
    if (n == 1) return OBJ_INT(rtc_calibration());
    intptr_t ticks = obj_get_int(args[1]);
    if (ticks < -511 || ticks > 512 || !rtc_calibrate((int)ticks)) raise_message(&type_ValueError, "calibration value out of range");
    return OBJ_INT(rtc_calibration());
}

BUILTIN_1(rtc_init_fn, rtc_init);
BUILTIN_1(rtc_info_fn, rtc_info);
BUILTIN_VAR(rtc_datetime_fn, 1, 2, rtc_datetime);
BUILTIN_VAR(rtc_wakeup_fn, 2, 4, rtc_wakeup);
BUILTIN_VAR(rtc_calibration_fn, 1, 2, pyb_rtc_calibration);
static const struct map_slot rtc_members[] = {MEMBER(init, &rtc_init_fn), MEMBER(info, &rtc_info_fn), MEMBER(datetime, &rtc_datetime_fn),
                                              MEMBER(wakeup, &rtc_wakeup_fn), MEMBER(calibration, &rtc_calibration_fn)};
static FIXED_DICT(rtc_dict, rtc_members);
static const struct type_ops rtc_ops = {.print = rtc_print, .construct = rtc_construct};
const struct type type_pyb_rtc = {.type = &type_type, .name = Q_RTC, .flags = TYPE_TRUE, .ops = &rtc_ops, .members = &rtc_dict};
