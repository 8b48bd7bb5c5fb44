// SPDX-License-Identifier: MIT
// Memory by address, as a board's program sees it: machine.mem32, viper pointers.
#ifndef SRC_MODULES_MEMORY_H
#define SRC_MODULES_MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// bytes: 1, 2, 4 or 8, least significant first. ValueError `no memory at this address`. The heap can be read everywhere, and written where
// plain bytes are (bytearrays, arrays): what holds references is of another form here than on a board.
uint64_t memory_load(uint64_t address, unsigned bytes);
void memory_store(uint64_t address, unsigned bytes, uint64_t value);

// What lies outside of the heap: registers, other memories. Set by the board; NULL: nothing. False: there is nothing at this address.
extern bool (*memory_outside)(uint64_t address, unsigned bytes, uint64_t *value, bool store);

// Where `len` bytes at the address are on the host; NULL: not in one piece, not plain bytes for a store, or no memory of the heap. Holds
// until something is allocated or freed. On the desktop every address but those of the first page is taken as it is.
uint8_t *memory_at(uint64_t address, size_t len, bool store);
uint64_t memory_mask(uint64_t address); // cut to the profile's word
_Noreturn void memory_raise(void);      // ValueError `no memory at this address`

#endif
