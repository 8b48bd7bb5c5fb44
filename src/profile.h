// SPDX-License-Identifier: MIT
// The profile: every number by which one computer that runs MicroPython differs from another, as far as Python can see it.
// One constant table (profile.c), chosen at start-up. Code asks the profile; it never says sizeof(void *) for a board-visible size.
// Sources: spec/heap-model.md sections 1, 3, 4 and 6.
#ifndef SRC_PROFILE_H
#define SRC_PROFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct profile {
    const char *name;          // as given to --board=
    const char *platform;      // sys.platform
    const char *machine;       // sys.implementation._machine, os.uname().machine
    const char *build;         // sys.implementation._build
    uint8_t word_bytes;        // 4 or 8
    uint8_t block_shift;       // log2 of the block in bytes: 4 or 5
    uint8_t small_int_bits;    // with sign: 31 or 63
    uint8_t float_bytes;       // 4 or 8
    bool float_unboxed;        // representation C: floats cost nothing
    uint8_t hash_bytes;        // of a text hash in the intern pool: 2 or 1
    size_t heap_region;        // bytes of RAM given to the heap, tables included; 0: grows on demand (desktop)
    size_t heap_system;        // bytes that further areas may take when the first is full (ESP32, spec 1.10); 0: none
    size_t stack_limit;        // modelled C stack in bytes (size minus margin); 0: the host's own stack
    uint16_t frame_on_heap;    // frames whose 4*state+12*levels exceed this are heap runs; 0: never
    uint16_t schedule_depth;   // entries of the scheduler queue
    uint32_t sram_base;        // address of the heap pool as Python sees it; 0: host addresses
    int32_t gc_threshold;      // initial threshold in bytes; -1 off
    // parser (spec/heap-model.md 4.1)
    uint16_t rule_stack, rule_step, result_stack, result_step, tree_chunk, indent_stack;
    uint16_t scope_bytes;      // 48, or 52 on the desktop
    bool collect_returns_count; // gc.collect() gives the number of freed runs
    bool statistics;           // mem_total/current/peak exist
    bool settrace;             // sys.settrace() exists: a build of its own; here -X settrace
    bool packed_messages;       // error messages are stored packed: see run/message_room.c
    // bytes of C stack for one nested Python call, spec 3 (board profiles), without the frame: when that is on the C stack add
    // 20 + 4 * state + 12 * levels, rounded up to 8. A generator has no frame of its own.
    uint16_t call_plain, call_generator, call_delegate;
    uint16_t stack_base; // in use when the program of the prompt begins
    struct call_extras { // bytes that a call in another form takes besides
        uint16_t closure, star, init, property, getattr, operator, map, eval, key;
    } extra;
};

extern const struct profile profiles[]; // ends with a NULL name; [0] is the desktop
const struct profile *profile_find(const char *name);

#endif
