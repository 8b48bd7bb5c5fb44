// SPDX-License-Identifier: MIT
// Memory by address.
//
// Invariants
//  - An access goes byte by byte: neighbours on a board need not be neighbours on the host. It is all heap, or all outside.
#include "modules/memory.h"
#include "heap/heap.h"
#include "rt.h"
#include "run/raise.h"

bool (*memory_outside)(uint64_t address, unsigned bytes, uint64_t *value, bool store);

_Noreturn void memory_raise(void) { raise_message(&type_ValueError, "no memory at this address"); }

static uint8_t *memory_byte(uint64_t address, bool store) {
    uint8_t *p = heap_pointer(address);
    if (p == NULL || (store && !heap_is_data(p))) memory_raise();
    return p;
}

uint64_t memory_load(uint64_t address, unsigned bytes) {
    uint64_t value = 0;
    if (heap_pointer(address) == NULL) {
        if (!memory_outside || !memory_outside(address, bytes, &value, false)) memory_raise();
        return value;
    }
    for (unsigned i = 0; i < bytes; i++) value |= (uint64_t)*memory_byte(address + i, false) << (8 * i);
    return value;
}

void memory_store(uint64_t address, unsigned bytes, uint64_t value) {
    if (heap_pointer(address) == NULL) {
        if (!memory_outside || !memory_outside(address, bytes, &value, true)) memory_raise();
        return;
    }
    for (unsigned i = 0; i < bytes; i++) memory_byte(address + i, true);
    for (unsigned i = 0; i < bytes; i++) *memory_byte(address + i, true) = (uint8_t)(value >> (8 * i));
}

uint64_t memory_mask(uint64_t address) { return rt.profile.word_bytes == 4 ? (uint32_t)address : address; }

uint8_t *memory_at(uint64_t address, size_t len, bool store) {
    enum { FIRST_PAGE = 4096 };
    if (rt.profile.sram_base == 0) return address < FIRST_PAGE ? NULL : (uint8_t *)(uintptr_t)address;
    uint8_t *first = heap_pointer(address);
    if (!first || (store && !heap_is_data(first))) return NULL;
    if (len > 1 && heap_pointer(address + len - 1) != first + (len - 1)) return NULL;
    return first;
}
