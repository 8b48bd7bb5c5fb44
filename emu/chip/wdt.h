// SPDX-License-Identifier: MIT
// Independent watchdog of the STM32F405 (RM0090, chapter 21): once started it can't be stopped, and bites when nobody feeds it.
#ifndef EMU_CHIP_WDT_H
#define EMU_CHIP_WDT_H

#include <stdbool.h>
#include <stdint.h>

enum { WDT_MOST_MS = 32768 }; // prescaler 256, reload 4096, 32 kHz
enum wdt_register { IWDG_KR = 0x00, IWDG_PR = 0x04, IWDG_RLR = 0x08, IWDG_SR = 0x0c };

void wdt_power_on(void);
void wdt_power_off(void);
bool wdt_start(uint32_t ms); // 1 … WDT_MOST_MS; again: the new time counts from now. False: out of range
void wdt_feed(void);         // not started: nothing
bool wdt_running(void);
uint32_t wdt_read(uint32_t offset);
void wdt_write(uint32_t offset, uint32_t value);

#endif
