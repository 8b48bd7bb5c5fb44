// SPDX-License-Identifier: MIT
// The chip as a whole.
//
// Invariants
//  - Units exist only on the STM32F405; on other boards their power-on is not called and asking for one finds none.
//  - A pin's alternate function is connected to timers here; buses connect themselves.
#include "emu/chip/chip.h"
#include "emu/boards/board.h"
#include "emu/chip/adc.h"
#include "emu/chip/alternate.h"
#include "emu/chip/dac.h"
#include "emu/chip/exti.h"
#include "emu/chip/gpio.h"
#include "emu/chip/mmio.h"
#include "emu/chip/rcc.h"
#include "emu/chip/rtc.h"
#include "emu/chip/small.h"
#include "emu/chip/tim.h"
#include "emu/chip/wdt.h"

#include <stdlib.h>
#include <string.h>

void (*chip_reset_request)(enum reset_cause cause);
static enum reset_cause last_cause;

bool chip_is_stm32f4(void) { return board_current && strcmp(board_current->mcu, "stm32f405") == 0; }
enum reset_cause chip_reset_cause(void) { return last_cause; }

static void alternate(struct gpio *g, bool on) {
    size_t count;
    const struct alternate *a = alternate_of_pin(g, &count);
    for (size_t i = 0; i < count; i++) {
        if (a[i].af != g->af || strncmp(a[i].signal, "TIM", 3) != 0) continue;
        struct tim *t = tim_get((unsigned)strtoul(a[i].signal + 3, NULL, 10));
        if (t) tim_pin(t, g, strchr(a[i].signal, '_') + 1, on);
    }
}

void chip_power_on(enum reset_cause cause) {
    last_cause = cause;
    wdt_power_on();
    rtc_power_on(cause == RESET_POWER_ON);
    small_power_on();
    if (!chip_is_stm32f4()) return;
    gpio_alternate = alternate;
    tim_power_on();
    rcc_power_on(cause);
    exti_power_on();
    adc_power_on();
    dac_power_on();
    mmio_power_on();
}

void chip_power_off(void) {
    gpio_alternate = NULL;
    wdt_power_off();
    rtc_power_off();
    exti_power_off();
    adc_power_off();
    dac_power_off();
    tim_power_off();
}
