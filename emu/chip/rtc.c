// SPDX-License-Identifier: MIT
// Real-time clock.
//
// Invariants
//  - The calendar is `base` (ns since 1970) at emulated time `origin`, and runs from there at the rate that the prescalers and the
//    calibration give; each change of the rate takes in what has passed.
//  - While INIT is set the calendar stands, TR and DR hold what was written, and leaving INIT sets it from them.
// Known differences: years 2000 to 2099; no time stamp, tamper, shift or coarse calibration (stored only); the alarms' sub-second masks are
// ignored; ISR says ready at once.
#include "emu/chip/rtc.h"
#include "emu/chip/exti.h"
#include "emu/core/clock.h"

#include <stddef.h>
#include <string.h>

enum { LSE_HZ = 32768, CAL_ONE = 1 << 20, DAY = 86400, DAYS_TO_2000 = 10957, DAYS_OF_CENTURY = 36525,
    CR_ALRAE = 1 << 8, CR_ALRBE = 1 << 9, CR_WUTE = 1 << 10, CR_ALRAIE = 1 << 12, CR_ALRBIE = 1 << 13, CR_WUTIE = 1 << 14,
    ISR_READY = 0x27, ISR_INITS = 1 << 4, ISR_INITF = 1 << 6, ISR_INIT = 1 << 7,
    ISR_ALRAF = 1 << 8, ISR_ALRBF = 1 << 9, ISR_WUTF = 1 << 10 };
#define EPOCH_2000 ((int64_t)DAYS_TO_2000 * DAY)
#define S INT64_C(1000000000)

static int64_t start_at = EPOCH_2000 + (15 * 365 + 4) * (int64_t)DAY; // 2015-01-01
void (*rtc_alarm_fired)(void);

static struct {
    uint64_t origin;
    int64_t base;
    uint32_t cr, isr, prer, wutr, calr, alarm[2], tafcr, init_tr, init_dr, backup[RTC_BACKUPS], key, misc[4];
    int calibration;
    bool open;
    uint64_t wakeup_from, wakeup_count, wakeup_clocks; // the n-th wake-up is n * clocks after `from`
    struct event wakeup, alarms[2], absolute;
    int64_t absolute_at;
} r;

// ---- the calendar ------------------------------------------------------------------------------------------------------------------
static int64_t elapsed_ns(void) {
    uint64_t ns = clock_now() - r.origin, a = (r.prer >> 16 & 127) + 1, s = (r.prer & 0x7fff) + 1;
    if (a * s != LSE_HZ) ns = ns / NS_PER_S * (LSE_HZ * NS_PER_S / (a * s)) + ns % NS_PER_S * LSE_HZ / (a * s);
    int64_t t = (int64_t)ns;
    return t + t / CAL_ONE * r.calibration + t % CAL_ONE * r.calibration / CAL_ONE;
}

int64_t rtc_unix_ns(void) { return r.isr & ISR_INIT ? r.base : r.base + elapsed_ns(); }

static void alarms_plan(void);

void rtc_set_unix_ns(int64_t ns) {
    r.base = ns;
    r.origin = clock_now();
    alarms_plan();
}

static void rebase(void) {
    r.base = rtc_unix_ns();
    r.origin = clock_now();
}

static void split(int64_t unix_ns, struct rtc_time *t) {
    int64_t seconds = unix_ns / S - EPOCH_2000, ns = unix_ns % S;
    if (seconds < 0) seconds = ns = 0;
    int64_t days = seconds / DAY % DAYS_OF_CENTURY, rest = seconds % DAY;
    static const uint8_t lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int64_t quad = days / 1461, in = days % 1461, year = in < 366 ? 0 : 1 + (in - 366) / 365;
    int day = (int)(in < 366 ? in : (in - 366) % 365), month = 0;
    while (day >= lengths[month] + (month == 1 && year == 0)) {
        day -= lengths[month] + (month == 1 && year == 0);
        month++;
    }
    uint32_t s = (r.prer & 0x7fff) + 1;
    *t = (struct rtc_time){(int)(2000 + quad * 4 + year), month + 1, day + 1, (int)((seconds / DAY + 5) % 7) + 1, (int)(rest / 3600),
                           (int)(rest / 60 % 60), (int)(rest % 60), (int)(s - 1 - (uint64_t)ns * s / NS_PER_S)};
}

int64_t rtc_time_ns(const struct rtc_time *t) {
    static const uint16_t before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    int64_t y = t->year - 2000, days = y * 365 + (y + 3) / 4 + before[t->month - 1] + t->day - 1 + (t->month > 2 && y % 4 == 0);
    return (EPOCH_2000 + days * DAY + t->hour * 3600 + t->minute * 60 + t->second) * S;
}

// The chip does not know which weekday a date has: it counts on from the one that was set.
static int weekday_shift;

void rtc_get(struct rtc_time *t) {
    split(rtc_unix_ns(), t);
    t->weekday = (t->weekday - 1 + weekday_shift) % 7 + 1;
}

bool rtc_set(const struct rtc_time *t) {
    if (t->year < 2000 || t->year > 2099 || t->month < 1 || t->month > 12 || t->day < 1 || t->day > 31 || t->weekday < 0 ||
        t->weekday > 7 || t->hour < 0 || t->hour > 23 || t->minute < 0 || t->minute > 59 || t->second < 0 || t->second > 59)
        return false;
    rtc_set_unix_ns(rtc_time_ns(t));
    struct rtc_time now;
    split(r.base, &now);
    weekday_shift = t->weekday ? (t->weekday - now.weekday + 7) % 7 : 0;
    return true;
}

bool rtc_calibrate(int ticks) {
    if (ticks < -511 || ticks > 512) return false;
    rebase();
    r.calibration = ticks;
    r.calr = ticks > 0 ? 1u << 15 | (uint32_t)(512 - ticks) : (uint32_t)-ticks;
    return true;
}

int rtc_calibration(void) { return r.calibration; }
void rtc_start_at(int64_t unix_seconds) { start_at = unix_seconds; }

// ---- alarms ------------------------------------------------------------------------------------------------------------------------
static unsigned bcd(unsigned v) { return v / 10 << 4 | v % 10; }
static unsigned binary(unsigned v) { return (v >> 4 & 15) * 10 + (v & 15); }

// The first second behind `from` that the alarm register matches, INT64_MAX when there is none in sight.
static int64_t alarm_next(uint32_t a, int64_t from) {
    int64_t at = from / S + 1;
    for (int steps = 0; steps < 4000; steps++) {
        struct rtc_time t;
        split(at * S, &t);
        t.weekday = (t.weekday - 1 + weekday_shift) % 7 + 1;
        unsigned date = a >> 30 & 1 ? (unsigned)t.weekday : bcd((unsigned)t.day), wanted = a >> 24 & (a >> 30 & 1 ? 15 : 63);
        if (!(a >> 31) && date != wanted) at += DAY - at % DAY;
        else if (!(a >> 23 & 1) && bcd((unsigned)t.hour) != (a >> 16 & 63)) at += 3600 - at % 3600;
        else if (!(a >> 15 & 1) && bcd((unsigned)t.minute) != (a >> 8 & 127)) at += 60 - at % 60;
        else if (!(a >> 7 & 1) && bcd((unsigned)t.second) != (a & 127)) at++;
        else return at * S;
    }
    return INT64_MAX;
}

static uint64_t emulated_time(int64_t unix_ns, int64_t now) { return clock_now() + (uint64_t)(unix_ns > now ? unix_ns - now : 0); }

static void alarms_plan(void) {
    int64_t now = rtc_unix_ns();
    for (int i = 0; i < 2; i++) {
        int64_t at = r.cr & (i ? CR_ALRBE : CR_ALRAE) && !(r.isr & ISR_INIT) ? alarm_next(r.alarm[i], now) : INT64_MAX;
        if (at == INT64_MAX) event_cancel(&r.alarms[i]);
        else event_arm(&r.alarms[i], emulated_time(at, now));
    }
    if (r.absolute_at == INT64_MAX) event_cancel(&r.absolute);
    else event_arm(&r.absolute, emulated_time(r.absolute_at, now));
}

static void alarm_rings(void *data) {
    int i = (struct event *)data == &r.alarms[1];
    r.isr |= i ? ISR_ALRBF : ISR_ALRAF;
    if (r.cr & (i ? CR_ALRBIE : CR_ALRAIE)) exti_internal(EXTI_RTC_ALARM);
    alarms_plan();
}

static void absolute_rings(void *unused) {
    (void)unused;
    r.absolute_at = INT64_MAX;
    exti_internal(EXTI_RTC_ALARM);
    if (rtc_alarm_fired) rtc_alarm_fired();
}

void rtc_alarm(int64_t unix_ns) {
    r.absolute_at = unix_ns;
    alarms_plan();
}

int64_t rtc_alarm_at(void) { return r.absolute_at; }

// ---- wake-up timer ------------------------------------------------------------------------------------------------------------------
static void wakeup_plan(void) {
    r.wakeup_count++;
    uint64_t clocks = r.wakeup_count * r.wakeup_clocks; // of a 32768 Hz clock
    event_arm(&r.wakeup, r.wakeup_from + clocks / LSE_HZ * NS_PER_S + clocks % LSE_HZ * NS_PER_S / LSE_HZ);
}

static void wakes(void *unused) {
    (void)unused;
    wakeup_plan();
    r.isr |= ISR_WUTF;
    if (r.cr & CR_WUTIE) exti_internal(EXTI_RTC_WAKEUP);
}

static void wakeup_apply(void) {
    event_cancel(&r.wakeup);
    if (!(r.cr & CR_WUTE)) return;
    uint32_t select = r.cr & 7;
    uint64_t a = (r.prer >> 16 & 127) + 1, s = (r.prer & 0x7fff) + 1, count = (uint64_t)r.wutr + 1 + (select >= 6 ? 65536 : 0);
    r.wakeup_clocks = count * (select < 4 ? 16u >> select : a * s);
    r.wakeup_from = clock_now();
    r.wakeup_count = 0;
    wakeup_plan();
}

void rtc_wakeup_off(void) {
    r.cr &= ~(uint32_t)(CR_WUTE | CR_WUTIE);
    wakeup_apply();
}

bool rtc_wakeup_on(uint32_t wucksel, uint32_t wutr) {
    if (wucksel > 7 || wutr > 0xffff) return false;
    r.cr = (r.cr & ~7u) | wucksel | CR_WUTE | CR_WUTIE;
    r.wutr = wutr;
    wakeup_apply();
    return true;
}

// ---- registers -------------------------------------------------------------------------------------------------------------------
uint32_t *rtc_backups(void) { return r.backup; }
uint32_t rtc_backup(unsigned i) { return i < RTC_BACKUPS ? r.backup[i] : 0; }
void rtc_backup_set(unsigned i, uint32_t value) {
    if (i < RTC_BACKUPS) r.backup[i] = value;
}

static uint32_t time_register(void) {
    struct rtc_time t;
    rtc_get(&t);
    return bcd((unsigned)t.hour) << 16 | bcd((unsigned)t.minute) << 8 | bcd((unsigned)t.second);
}

static uint32_t date_register(void) {
    struct rtc_time t;
    rtc_get(&t);
    return bcd((unsigned)t.year - 2000) << 16 | (uint32_t)t.weekday << 13 | bcd((unsigned)t.month) << 8 | bcd((unsigned)t.day);
}

static uint32_t subsecond(void) {
    struct rtc_time t;
    rtc_get(&t);
    return (uint32_t)t.subsecond;
}

uint32_t rtc_read(uint32_t offset) {
    if (offset >= RTC_BKP0R && offset < RTC_BKP0R + 4 * RTC_BACKUPS) return r.backup[(offset - RTC_BKP0R) / 4];
    switch (offset) {
    case RTC_TR: return r.isr & ISR_INIT ? r.init_tr : time_register();
    case RTC_DR: return r.isr & ISR_INIT ? r.init_dr : date_register();
    case RTC_CR: return r.cr;
    case RTC_ISR: return r.isr | ISR_READY | ISR_INITS;
    case RTC_PRER: return r.prer;
    case RTC_WUTR: return r.wutr;
    case RTC_ALRMAR: return r.alarm[0];
    case RTC_ALRMBR: return r.alarm[1];
    case RTC_SSR: return subsecond();
    case RTC_CALR: return r.calr;
    case RTC_TAFCR: return r.tafcr;
    case RTC_CALIBR: return r.misc[0];
    case RTC_ALRMASSR: return r.misc[1];
    case RTC_ALRMBSSR: return r.misc[2];
    default: return 0;
    }
}

static void init_leave(void) {
    uint32_t tr = r.init_tr, dr = r.init_dr;
    r.isr &= ~(uint32_t)(ISR_INIT | ISR_INITF);
    struct rtc_time t = {2000 + (int)binary(dr >> 16 & 255), (int)binary(dr >> 8 & 31), (int)binary(dr & 63), (int)(dr >> 13 & 7),
                         (int)binary(tr >> 16 & 63), (int)binary(tr >> 8 & 127), (int)binary(tr & 127), 0};
    if (!rtc_set(&t)) rtc_set_unix_ns(r.base); // no such time: it goes on from where it stood
}

static void status_write(uint32_t value) {
    r.isr &= value | ~(uint32_t)(ISR_ALRAF | ISR_ALRBF | ISR_WUTF); // a written 0 clears
    bool was = r.isr & ISR_INIT;
    if (value & ISR_INIT && !was) {
        r.init_tr = time_register();
        r.init_dr = date_register();
        r.base = rtc_unix_ns();
        r.isr |= ISR_INIT | ISR_INITF;
        alarms_plan();
    }
    if (!(value & ISR_INIT) && was) init_leave();
}

static void calibration_write(uint32_t value) {
    rebase();
    r.calr = value & 0xe1ff;
    r.calibration = (value >> 15 & 1) * 512 - (int)(value & 0x1ff);
}

void rtc_write(uint32_t offset, uint32_t value) {
    if (offset >= RTC_BKP0R && offset < RTC_BKP0R + 4 * RTC_BACKUPS) r.backup[(offset - RTC_BKP0R) / 4] = value;
    if (offset == RTC_WPR) {
        r.open = (value & 255) == 0x53 && r.key == 0xca;
        r.key = value & 255;
        return;
    }
    if (offset == RTC_TAFCR) r.tafcr = value;
    if (offset == RTC_ISR && !r.open) status_write((value & ~(uint32_t)ISR_INIT) | (r.isr & ISR_INIT));
    if (!r.open) return;
    switch (offset) {
    case RTC_TR: if (r.isr & ISR_INIT) r.init_tr = value & 0x7f7f7f; break;
    case RTC_DR: if (r.isr & ISR_INIT) r.init_dr = value & 0xffff3f; break;
    case RTC_PRER:
        if (!(r.isr & ISR_INIT)) break;
        r.prer = value & 0x7f7fff;
        break;
    case RTC_CR: {
        bool wakeup = (r.cr ^ value) & CR_WUTE;
        r.cr = value & 0xfffff7;
        if (wakeup) wakeup_apply();
        alarms_plan();
        break;
    }
    case RTC_ISR: status_write(value); break;
    case RTC_WUTR: r.wutr = value & 0xffff; break;
    case RTC_ALRMAR:
    case RTC_ALRMBR:
        r.alarm[offset == RTC_ALRMBR] = value;
        alarms_plan();
        break;
    case RTC_CALR: calibration_write(value); break;
    case RTC_CALIBR: r.misc[0] = value & 0x9f; break;
    case RTC_ALRMASSR: r.misc[1] = value & 0x0f007fff; break;
    case RTC_ALRMBSSR: r.misc[2] = value & 0x0f007fff; break;
    default: break;
    }
}

void rtc_power_on(bool cold) {
    int64_t kept = r.base;
    uint32_t backup[RTC_BACKUPS];
    memcpy(backup, r.backup, sizeof backup);
    rtc_power_off();
    r.base = cold || kept == 0 ? start_at * S : kept;
    if (!cold) memcpy(r.backup, backup, sizeof backup);
    r.prer = 127 << 16 | 255;
    r.wutr = 0xffff;
    r.absolute_at = INT64_MAX;
    r.wakeup.fire = wakes;
    r.absolute.fire = absolute_rings;
    for (int i = 0; i < 2; i++) {
        r.alarms[i].fire = alarm_rings;
        r.alarms[i].data = &r.alarms[i];
    }
    r.origin = clock_now();
}

// The calendar and the backup registers live on for a warm start.
void rtc_power_off(void) {
    int64_t now = r.prer ? rtc_unix_ns() : 0;
    uint32_t backup[RTC_BACKUPS];
    memcpy(backup, r.backup, sizeof backup);
    event_cancel(&r.wakeup);
    event_cancel(&r.absolute);
    for (int i = 0; i < 2; i++) event_cancel(&r.alarms[i]);
    memset(&r, 0, sizeof r);
    memcpy(r.backup, backup, sizeof backup);
    r.base = now;
    weekday_shift = 0;
}
