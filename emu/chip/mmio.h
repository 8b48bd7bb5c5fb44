// SPDX-License-Identifier: MIT
// The register file of the STM32F405 at its real addresses: GPIO, RCC, PWR, TIM, CRC, RNG, RTC, IWDG, ADC, DAC, EXTI, SYSCFG, unique id.
#ifndef EMU_CHIP_MMIO_H
#define EMU_CHIP_MMIO_H

#include <stdbool.h>
#include <stdint.h>

void mmio_power_on(void);
// A load or a store of 1, 2 or 4 bytes (8: two words); least significant first, aligned. False: nothing is at this address.
// A register of a unit that is not emulated reads as its reset value and takes no value; it is reported once, with address and name.
// A unit whose clock is off in RCC reads as 0 and takes no value; that too is reported once.
bool mmio_access(uint64_t address, unsigned bytes, uint64_t *value, bool store);

#endif
