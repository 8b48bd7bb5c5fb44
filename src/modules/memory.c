// SPDX-License-Identifier: MIT
// Memory by address.
//
// Invariants
//  - An access goes byte by byte: neighbours on a board need not be neighbours on the host. It is all heap, or all outside.
#include "modules/memory.h"
#include "heap/heap.h"
#include "run/raise.h"

bool (*memory_outside)(uint64_t address, unsigned bytes, uint64_t *value, bool store);

_Noreturn static void memory_missing(void) { raise_message(&type_ValueError, "no memory at this address"); }

static uint8_t *memory_byte(uint64_t address, bool store) {
    uint8_t *p = heap_pointer(address);
    if (p == NULL || (store && !heap_is_data(p))) memory_missing();
    return p;
}

uint64_t memory_load(uint64_t address, unsigned bytes) {
    uint64_t value = 0;
    if (heap_pointer(address) == NULL) {
        if (!memory_outside || !memory_outside(address, bytes, &value, false)) memory_missing();
        return value;
    }
    for (unsigned i = 0; i < bytes; i++) value |= (uint64_t)*memory_byte(address + i, false) << (8 * i);
    return value;
}

void memory_store(uint64_t address, unsigned bytes, uint64_t value) {
    if (heap_pointer(address) == NULL) {
        if (!memory_outside || !memory_outside(address, bytes, &value, true)) memory_missing();
        return;
    }
    for (unsigned i = 0; i < bytes; i++) memory_byte(address + i, true);
    for (unsigned i = 0; i < bytes; i++) *memory_byte(address + i, true) = (uint8_t)(value >> (8 * i));
}
