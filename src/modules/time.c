// SPDX-License-Identifier: MIT
// Module time: clocks, sleeping, the calendar.
//
// Invariants
//  - Ticks count modulo the number of values that a small integer of the profile has above zero, plus one; a difference lies in
//    [-period / 2, period / 2).
//  - A sleep never ends early: it looks for pending work whenever it is woken (Ctrl-C, scheduled functions) and sleeps the rest.
//  - Desktop: seconds since 1970 with fractions, the host's time zone, tuples of 9. Boards: whole seconds since the board's epoch
//    (2000 on the pyboard, 1970 elsewhere), no time zone, tuples of 8.
#include "host.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/seq.h"
#include "objects/types.h"
#include "rt.h"
#include "run/call.h"
#include "run/raise.h"
#include "run/thread.h"
#include "run/vm.h"

#include <limits.h>


enum { SECONDS_PER_DAY = 86400, DAYS_1970_TO_2000 = 10957 };

static bool time_on_desktop(void) { return rt.profile.word_bytes == 8; }

static int64_t time_epoch(void) { // in seconds since 1970
    return strcmp(rt.profile.platform, "pyboard") == 0 ? (int64_t)DAYS_1970_TO_2000 * SECONDS_PER_DAY : 0;
}

// ---- the calendar of the board: proleptic Gregorian, no zone ----------------------------------------------------------------
// Days since 1970-01-01; the year is counted from March, so that the leap day is its last.
static int64_t calendar_days(int64_t year, int64_t month, int64_t day) {
    month -= 3;
    year += int_floor_div(month, 12);
    month = int_modulo(month, 12);
    int64_t century = int_floor_div(year, 400), in_century = int_modulo(year, 400);
    int64_t in_year = (153 * month + 2) / 5 + day - 1;
    return century * 146097 + in_century * 365 + in_century / 4 - in_century / 100 + in_year - 719468;
}

static void calendar_split(int64_t seconds, struct host_calendar *out) {
    int64_t days = int_floor_div(seconds, SECONDS_PER_DAY), rest = int_modulo(seconds, SECONDS_PER_DAY);
    int64_t shifted = days + 719468, era = int_floor_div(shifted, 146097), in_era = int_modulo(shifted, 146097);
    int64_t year = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
    int64_t in_year = in_era - (365 * year + year / 4 - year / 100), march = (5 * in_year + 2) / 153;
    memset(out, 0, sizeof(*out));
    out->day = (int)(in_year - (153 * march + 2) / 5 + 1);
    out->month = (int)(march < 10 ? march + 3 : march - 9);
    out->year = year + era * 400 + (out->month <= 2);
    out->hour = (int)(rest / 3600);
    out->minute = (int)(rest / 60 % 60);
    out->second = (int)(rest % 60);
    out->weekday = (int)int_modulo(days + 3, 7);
    out->yearday = (int)(days - calendar_days(out->year, 1, 1) + 1);
}

static obj_t calendar_tuple(const struct host_calendar *c) {
    obj_t items[9] = {int_from_i64(c->year), OBJ_INT(c->month), OBJ_INT(c->day), OBJ_INT(c->hour), OBJ_INT(c->minute),
                      OBJ_INT(c->second), OBJ_INT(c->weekday), OBJ_INT(c->yearday), OBJ_INT(c->summer > 0)};
    return tuple_new(time_on_desktop() ? 9 : 8, items);
}

// The argument of gmtime() and localtime(), in seconds since 1970.
static int64_t time_argument(size_t n, const obj_t *args) {
    if (n == 0 || args[0] == OBJ_NONE) return host_time_ns() / 1000000000;
    int64_t seconds;
    if (time_on_desktop() && obj_is_float(args[0])) {
        double v = obj_get_float(args[0]);
        if (!(v > -1e15 && v < 1e15)) raise_message(&type_OverflowError, "time out of range");
        seconds = (int64_t)v;
    } else if (!obj_is_integer(args[0]) || !int_to_i64(args[0], &seconds)) { // a board's word is too small for 2099
        seconds = obj_get_int(args[0]);
    }
    enum { FARTHEST = 40 }; // bits: some 30 000 years
    if (seconds >= INT64_C(1) << FARTHEST || seconds <= -(INT64_C(1) << FARTHEST)) raise_message(&type_OverflowError, "time out of range");
    return seconds + time_epoch();
}

static obj_t time_gmtime(size_t n, const obj_t *args) {
    struct host_calendar c;
    calendar_split(time_argument(n, args), &c);
    return calendar_tuple(&c);
}
BUILTIN_VAR(time_gmtime_fn, 0, 1, time_gmtime);

static obj_t time_localtime(size_t n, const obj_t *args) {
    struct host_calendar c;
    if (!time_on_desktop()) return time_gmtime(n, args);
    host_local_time(time_argument(n, args), &c);
    return calendar_tuple(&c);
}
BUILTIN_VAR(time_localtime_fn, 0, 1, time_localtime);

static obj_t time_mktime(obj_t tuple) {
    size_t n;
    obj_t *items;
    seq_items(tuple, &n, &items);
    if (n < 8 || n > 9) raise_message(&type_TypeError, "mktime needs a tuple of length 8 or 9");
    int64_t v[9] = {[8] = -1};
    for (size_t i = 0; i < n; i++) {
        v[i] = obj_get_int(items[i]);
        if (v[i] > INT_MAX || v[i] < INT_MIN) raise_message(&type_OverflowError, "invalid mktime usage");
    }
    if (time_on_desktop()) {
        struct host_calendar c = {.year = v[0], .month = (int)v[1], .day = (int)v[2], .hour = (int)v[3], .minute = (int)v[4],
                                  .second = (int)v[5], .summer = (int)v[8]};
        return int_from_i64(host_local_seconds(&c));
    }
    int64_t days = calendar_days(v[0], v[1], 1) + v[2] - 1;
    return int_from_i64(days * SECONDS_PER_DAY + v[3] * 3600 + v[4] * 60 + v[5] - time_epoch());
}
BUILTIN_1(time_mktime_fn, time_mktime);

// ---- clocks -----------------------------------------------------------------------------------------------------------
static obj_t time_time(void) {
    int64_t ns = host_time_ns();
    if (time_on_desktop()) return float_new((double)(ns / 1000) / 1e6);
    return int_from_i64(ns / 1000000000 - time_epoch());
}
BUILTIN_0(time_time_fn, time_time);

static obj_t time_time_ns(void) { return int_from_i64(host_time_ns() - time_epoch() * 1000000000); }
BUILTIN_0(time_time_ns_fn, time_time_ns);

// Seconds on the clock of the ticks, as Pycopy and early MicroPython offer it.
static obj_t time_clock(void) { return float_new((double)host_ticks_us() / 1e6); }
BUILTIN_0(time_clock_fn, time_clock);

static uintptr_t ticks_mask(void) { return ((uintptr_t)1 << (rt.profile.small_int_bits - 1)) - 1; } // the period is a power of two
static obj_t ticks_from(uint64_t v) { return OBJ_INT((intptr_t)(v & ticks_mask())); }

static obj_t time_ticks_ms(void) { return ticks_from(host_ticks_us() / 1000); }
static obj_t time_ticks_us(void) { return ticks_from(host_ticks_us()); }
BUILTIN_0(time_ticks_ms_fn, time_ticks_ms);
BUILTIN_0(time_ticks_us_fn, time_ticks_us);

static obj_t time_ticks_add(obj_t ticks, obj_t delta) {
    uintptr_t from = (uintptr_t)obj_get_int_truncated(ticks);
    intptr_t by = obj_get_int(delta);
    intptr_t half = (intptr_t)(ticks_mask() / 2 + 1);
    if (by >= half || by <= -half) raise_message(&type_OverflowError, "ticks interval overflow");
    return ticks_from(from + (uintptr_t)by);
}
BUILTIN_2(time_ticks_add_fn, time_ticks_add);

static obj_t time_ticks_diff(obj_t later, obj_t earlier) {
    uintptr_t half = ticks_mask() / 2 + 1;
    uintptr_t distance = (uintptr_t)obj_get_int_truncated(later) - (uintptr_t)obj_get_int_truncated(earlier);
    return OBJ_INT((intptr_t)((distance + half) & ticks_mask()) - (intptr_t)half);
}
BUILTIN_2(time_ticks_diff_fn, time_ticks_diff);

// ---- sleeping -------------------------------------------------------------------------------------------------------------
static void time_wait_us(uint64_t us) {
    enum { NOT_WORTH_IT = 40 }; // microseconds that the host's scheduler may add by itself
    uint64_t start = host_ticks_us();
    thread_yield();
    for (;;) {
        if (rt.poll) poll_run();
        uint64_t passed = host_ticks_us() - start;
        if (passed >= us) return;
        if (rt.poll & POLL_SCHEDULE) continue; // one scheduled function runs at a look; the next, or what it scheduled, comes first
        if (rt.ops_counted) {
            uint64_t until = thread_sleep_turn(start + us), now = host_ticks_us();
            if (until > now) host_sleep_us(until - now);
        } else if (us - passed > NOT_WORTH_IT) {
            host_sleep_us(us - passed);
        }
    }
}

static obj_t time_sleep(obj_t seconds) {
    double s = obj_get_float(seconds);
    if (s > 1e12) s = 1e12;
    if (s > 0) time_wait_us((uint64_t)(s * 1e6));
    else if (rt.poll) poll_run();
    return OBJ_NONE;
}
BUILTIN_1(time_sleep_fn, time_sleep);

static obj_t time_sleep_scaled(obj_t count, uint64_t scale) {
    intptr_t n = obj_get_int(count);
    if (n > INTPTR_MAX / 1000) n = INTPTR_MAX / 1000;
    time_wait_us(n > 0 ? (uint64_t)n * scale : 0);
    return OBJ_NONE;
}

static obj_t time_sleep_ms(obj_t count) { return time_sleep_scaled(count, 1000); }
static obj_t time_sleep_us(obj_t count) { return time_sleep_scaled(count, 1); }
BUILTIN_1(time_sleep_ms_fn, time_sleep_ms);
BUILTIN_1(time_sleep_us_fn, time_sleep_us);

static const struct map_slot time_members[] = {
    MEMBER(__name__, OBJ_QSTR(Q_time)),
    MEMBER(clock, &time_clock_fn),
    MEMBER(gmtime, &time_gmtime_fn),
    MEMBER(localtime, &time_localtime_fn),
    MEMBER(mktime, &time_mktime_fn),
    MEMBER(time, &time_time_fn),
    MEMBER(time_ns, &time_time_ns_fn),
    MEMBER(sleep, &time_sleep_fn),
    MEMBER(sleep_ms, &time_sleep_ms_fn),
    MEMBER(sleep_us, &time_sleep_us_fn),
    MEMBER(ticks_ms, &time_ticks_ms_fn),
    MEMBER(ticks_us, &time_ticks_us_fn),
    MEMBER(ticks_cpu, &time_ticks_us_fn),
    MEMBER(ticks_add, &time_ticks_add_fn),
    MEMBER(ticks_diff, &time_ticks_diff_fn),
};
static FIXED_DICT(time_dict, time_members);
const struct module module_time = {&type_module, &time_dict, {0}};
MODULE(time, true, NULL, "");
