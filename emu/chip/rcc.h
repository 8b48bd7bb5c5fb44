// SPDX-License-Identifier: MIT
// Clock tree and reset flags of the STM32F405 (reference manual RM0090, chapter 7), with the 8 MHz crystal of the pyboard.
#ifndef EMU_CHIP_RCC_H
#define EMU_CHIP_RCC_H

#include "emu/chip/chip.h"
#include <stdbool.h>
#include <stdint.h>

enum rcc_register {
    RCC_CR = 0x00, RCC_PLLCFGR = 0x04, RCC_CFGR = 0x08, RCC_AHB1RSTR = 0x10, RCC_APB1RSTR = 0x20, RCC_APB2RSTR = 0x24,
    RCC_AHB1ENR = 0x30, RCC_AHB2ENR = 0x34, RCC_AHB3ENR = 0x38, RCC_APB1ENR = 0x40, RCC_APB2ENR = 0x44, RCC_BDCR = 0x70, RCC_CSR = 0x74,
    RCC_BYTES = 0x90
};
enum rcc_csr { RCC_CSR_RMVF = 1 << 24, RCC_CSR_BOR = 1 << 25, RCC_CSR_PIN = 1 << 26, RCC_CSR_POR = 1 << 27, RCC_CSR_SFT = 1 << 28,
    RCC_CSR_IWDG = 1 << 29, RCC_CSR_WWDG = 1 << 30 };
struct rcc_freqs {
    uint32_t sysclk, hclk, pclk1, pclk2; // Hz
};

void rcc_power_on(enum reset_cause cause); // as the firmware leaves it: clock frequencies of the board
uint32_t rcc_read(uint32_t offset);
void rcc_write(uint32_t offset, uint32_t value);
struct rcc_freqs rcc_freqs(void); // as the registers say now
// Sets the clocks to the largest supported frequencies not above these; 0: hclk as sysclk, pclk1 a quarter,
// pclk2 half of it. False: sysclk is below every one.
bool rcc_set_freqs(struct rcc_freqs wanted);
uint32_t rcc_timer_freq(bool apb2); // clock of the timers on that bus
bool rcc_enabled(uint32_t enable_register, unsigned bit);
void rcc_enable(uint32_t enable_register, unsigned bit, bool on);
// Stop mode: every clock but that of the RTC stands still (timers freeze). Nested calls are not allowed.
void rcc_stop_mode(bool on);
uint64_t rcc_stopped_ns(void); // time spent in stop mode since power-on

#endif
