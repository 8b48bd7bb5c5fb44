// SPDX-License-Identifier: MIT
// Real-time clock of the STM32F405 (RM0090, chapter 26): calendar with sub-seconds, two alarms, wake-up timer, calibration, 20 backup
// registers. It runs from a 32768 Hz crystal with prescalers 128 and 256, as the pyboard does, and goes on in stop mode.
#ifndef EMU_CHIP_RTC_H
#define EMU_CHIP_RTC_H

#include <stdbool.h>
#include <stdint.h>

enum { RTC_BACKUPS = 20 };
enum rtc_register { RTC_TR = 0x00, RTC_DR = 0x04, RTC_CR = 0x08, RTC_ISR = 0x0c, RTC_PRER = 0x10, RTC_WUTR = 0x14, RTC_CALIBR = 0x18,
    RTC_ALRMAR = 0x1c, RTC_ALRMBR = 0x20, RTC_WPR = 0x24, RTC_SSR = 0x28, RTC_SHIFTR = 0x2c, RTC_TSTR = 0x30, RTC_TSDR = 0x34,
    RTC_TSSSR = 0x38, RTC_CALR = 0x3c, RTC_TAFCR = 0x40, RTC_ALRMASSR = 0x44, RTC_ALRMBSSR = 0x48, RTC_BKP0R = 0x50 };
struct rtc_time {
    int year;                                  // 2000 … 2099
    int month, day, weekday;                   // 1 …; weekday 1 is Monday
    int hour, minute, second;
    int subsecond;                             // SSR: counts down from PREDIV_S (255) to 0
};

void rtc_power_on(bool cold);                  // cold: the battery was away: backup registers are 0, the calendar as rtc_start_at says
void rtc_power_off(void);
void rtc_start_at(int64_t unix_seconds);       // what the calendar shows at the next cold power-on (default 2015-01-01 00:00:00)
bool rtc_set(const struct rtc_time *t);        // starts at a whole second; weekday 0: that of the date. False: no such time
void rtc_get(struct rtc_time *t);
int64_t rtc_time_ns(const struct rtc_time *t); // ns since 1970 of such a time; nothing is set
int64_t rtc_unix_ns(void);                     // calendar as ns since 1970
void rtc_set_unix_ns(int64_t ns);
bool rtc_calibrate(int ticks);                 // -511 … 512 of 2^20; false: out of range
int rtc_calibration(void);
// Repeats every `ticks` of the wake-up clock (WUCKSEL); raises EXTI line 22. ticks 0: off
void rtc_wakeup_off(void);
bool rtc_wakeup_on(uint32_t wucksel, uint32_t wutr); // register values
// Absolute alarm at a time of the calendar (ns since 1970); raises EXTI line 17 once. INT64_MAX: off
void rtc_alarm(int64_t unix_ns);
int64_t rtc_alarm_at(void);
extern void (*rtc_alarm_fired)(void);          // told of the absolute alarm, in an event; may be NULL
uint32_t *rtc_backups(void); // all RTC_BACKUPS registers
uint32_t rtc_backup(unsigned i);
void rtc_backup_set(unsigned i, uint32_t value);
uint32_t rtc_read(uint32_t offset);
void rtc_write(uint32_t offset, uint32_t value);

#endif
