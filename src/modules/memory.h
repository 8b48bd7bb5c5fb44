// SPDX-License-Identifier: MIT
// Memory by address, as a board's program sees it: machine.mem32, viper pointers.
#ifndef SRC_MODULES_MEMORY_H
#define SRC_MODULES_MEMORY_H

#include <stdbool.h>
#include <stdint.h>

// bytes: 1, 2, 4 or 8, least significant first. ValueError `no memory at this address`. The heap can be read everywhere, and written where
// plain bytes are (bytearrays, arrays): what holds references is of another form here than on a board.
uint64_t memory_load(uint64_t address, unsigned bytes);
void memory_store(uint64_t address, unsigned bytes, uint64_t value);

// What lies outside of the heap: registers, other memories. Set by the board; NULL: nothing. False: there is nothing at this address.
extern bool (*memory_outside)(uint64_t address, unsigned bytes, uint64_t *value, bool store);

#endif
