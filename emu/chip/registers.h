// SPDX-License-Identifier: MIT
// Names, addresses and reset values of the STM32F405's registers (RM0090), also of units that are not emulated.
#ifndef EMU_CHIP_REGISTERS_H
#define EMU_CHIP_REGISTERS_H

#include <stddef.h>
#include <stdint.h>

struct register_unit {
    const char *name; // "USART1"
    uint32_t base, bytes;
    const char *kind; // whose registers it has: "USART"
};
struct register_name {
    const char *kind, *name; // "USART", "SR"
    uint16_t offset;
    uint32_t reset;
};
extern const struct register_unit register_units[]; // name NULL ends
extern const struct register_name register_names[]; // kind NULL ends

const struct register_unit *register_unit_at(uint32_t address); // NULL: nobody
const struct register_name *register_name_at(const struct register_unit *unit, uint32_t offset); // the word that holds it; NULL: unknown

#endif
