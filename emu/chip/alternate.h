// SPDX-License-Identifier: MIT
// Alternate functions: which signal of which unit reaches which pin of the STM32F405 (64-pin package), by number. Other chips have none
// here: their modules know what each unit accepts.
#ifndef EMU_CHIP_ALTERNATE_H
#define EMU_CHIP_ALTERNATE_H

#include "emu/chip/gpio.h"
#include <stddef.h>

struct alternate {
    uint8_t port, bit, af;
    const char *signal; // "TIM2_CH1_ETR": the unit's name ends at the first '_'
};

// The rows of one pin stand together: first and count of them. NULL: the pin has none.
const struct alternate *alternate_of_pin(const struct gpio *g, size_t *n);
// Number by which the pin carries that signal ("TIM2_CH1" is found in "TIM2_CH1_ETR"), -1: it does not.
int alternate_find(const struct gpio *g, const char *signal);
size_t alternate_unit_len(const struct alternate *a); // letters of the unit's name in a->signal
uint32_t alternate_unit_base(const struct alternate *a); // address of the unit's registers
const struct alternate *alternate_all(size_t *n);

#endif
