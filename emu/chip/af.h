// SPDX-License-Identifier: MIT
// Alternate functions of the STM32F405's pins: which number connects a pin to which signal of which unit (data sheet DS8626, table 9).
#ifndef EMU_CHIP_AF_H
#define EMU_CHIP_AF_H

#include <stdbool.h>
#include <stddef.h>

struct gpio;

struct af {
    char port;         // 'A' …
    unsigned char bit; // of the port
    unsigned char af;  // 0 … 15
    const char *signal; // "TIM2_CH1", "USART2_TX"; its unit is the part before '_'
};
extern const struct af af_table[]; // in order of port and bit; signal NULL ends

// The signals of one pin stand together: the first one, and their number; NULL: the pin has none.
const struct af *af_of_pin(const struct gpio *g, size_t *count);
const struct af *af_find(const struct gpio *g, unsigned af, const char *unit); // unit NULL: any; first that fits; NULL: none
// "TIM2_CH1" is of unit kind "TIM" and number 2; the rest of the signal (CH1) goes to *rest.
bool af_is(const struct af *af, const char *kind, unsigned *number, const char **rest);

#endif
