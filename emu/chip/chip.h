// SPDX-License-Identifier: MIT
// The chip as a whole: which units it has, power-on, reset, and the hook between pins and the units behind them.
#ifndef EMU_CHIP_CHIP_H
#define EMU_CHIP_CHIP_H

#include <stdbool.h>

enum reset_cause { RESET_POWER_ON, RESET_HARD, RESET_WATCHDOG, RESET_DEEPSLEEP, RESET_SOFT };

// After board_build(), by board_current->mcu: all units as after power-on and the firmware's start-up.
void chip_power_on(enum reset_cause cause);
void chip_power_off(void); // before net_reset()
bool chip_is_stm32f4(void);
enum reset_cause chip_reset_cause(void);
// Something inside the chip resets it (a watchdog that bites, a register): called once at a safe moment is the caller's business.
extern void (*chip_reset_request)(enum reset_cause cause);

#endif
