// SPDX-License-Identifier: MIT
// The computers this program can be. Numbers: spec/heap-model.md 6.1 (memory), 3 (stack), 4.1 (parser).
//
// heap_region is what 1.1 splits into tables and pool; sram_base is where that pool then starts:
//    pybv11     105 624 -> 103 168, ends at 0x2001c000 (16 KiB of stack above)
//    pico       251 688 -> 245 888, ends at 0x20040000
//    esp32       57 344 ->  56 000, grows by further areas
//    esp8266     38 900 ->  37 952 (an array that is not 16-aligned)
//    microbit    10 240 ->   9 984, ends at 0x20003800 (2 KiB of stack above)
//    generic32 1 048 576 -> 1 024 480, a 32-bit board with double floats
// Call costs of esp32 and esp8266 are not measured; they are those of a compiler without register arguments in memory, near x86-32.
#include "profile.h"
#include <string.h>

#define PARSER_USUAL .rule_stack = 64, .rule_step = 16, .result_stack = 32, .result_step = 16, .tree_chunk = 128, .indent_stack = 10
#define CALLS_M4                                                                                                            \
    .call_plain = 184, .call_generator = 184, .call_delegate = 160, .stack_base = 216,                                      \
    .extra = {.closure = 64, .star = 88, .init = 72, .property = 128, .getattr = 128, .operator = 112, .map = 16, .eval = 48, .key = 216}
#define CALLS_M0                                                                                                            \
    .call_plain = 200, .call_generator = 272, .call_delegate = 248, .stack_base = 240,                                      \
    .extra = {.closure = 96, .star = 88, .init = 128, .property = 136, .getattr = 136, .operator = 144, .map = 176, .eval = 184, .key = 260}
#define CALLS_XTENSA                                                                                                        \
    .call_plain = 208, .call_generator = 304, .call_delegate = 280, .stack_base = 256,                                      \
    .extra = {.closure = 120, .star = 168, .init = 168, .property = 280, .getattr = 280, .operator = 216, .map = 128, .eval = 248,  \
              .key = 320}

const struct profile profiles[] = {
    {.name = "desktop", .platform = "linux", .build = "standard",
     .machine = "linux [GCC 12.2.0] version", .word_bytes = 8, .block_shift = 5,
     .small_int_bits = 63, .float_bytes = 8, .hash_bytes = 2, .heap_region = 0, .stack_limit = 0, .frame_on_heap = 0, .schedule_depth = 4,
     .sram_base = 0, .gc_threshold = -1, PARSER_USUAL, .scope_bytes = 52, .collect_returns_count = true, .statistics = true},
    {.name = "pybv11", .platform = "pyboard", .build = "PYBV11",
     .machine = "PYBv1.1 with STM32F405RG", .word_bytes = 4, .block_shift = 4,
     .small_int_bits = 31, .float_bytes = 4, .hash_bytes = 2, .heap_region = 105624, .stack_limit = 15360, .frame_on_heap = 44,
     .schedule_depth = 8, .sram_base = 0x20002d00, .gc_threshold = -1, PARSER_USUAL, .scope_bytes = 48,
     .packed_messages = true, CALLS_M4},
    {.name = "pico", .platform = "rp2", .build = "RPI_PICO",
     .machine = "Raspberry Pi Pico with RP2040", .word_bytes = 4, .block_shift = 4,
     .small_int_bits = 31, .float_bytes = 4, .hash_bytes = 1, .heap_region = 251688, .stack_limit = 7936, .frame_on_heap = 44,
     .schedule_depth = 8, .sram_base = 0x20003f80, .gc_threshold = -1, PARSER_USUAL, .scope_bytes = 48,
     .packed_messages = true, CALLS_M0},
    {.name = "esp32", .platform = "esp32", .build = "ESP32_GENERIC",
     .machine = "Generic ESP32 module with ESP32", .word_bytes = 4, .block_shift = 4,
     .small_int_bits = 31, .float_bytes = 4, .hash_bytes = 2, .heap_region = 57344, .heap_system = 110592, .stack_limit = 15360,
     .frame_on_heap = 44, .schedule_depth = 8, .sram_base = 0x3ffb5880, .gc_threshold = -1, PARSER_USUAL, .scope_bytes = 48,
     .packed_messages = true, CALLS_XTENSA},
    {.name = "esp8266", .platform = "esp8266", .build = "ESP8266_GENERIC",
     .machine = "ESP module with ESP8266", .word_bytes = 4, .block_shift = 4,
     .small_int_bits = 31, .float_bytes = 4, .float_unboxed = true, .hash_bytes = 2, .heap_region = 38900, .stack_limit = 8128,
     .frame_on_heap = 44, .schedule_depth = 4, .sram_base = 0x3ffef650, .gc_threshold = 37952 / 4, .rule_stack = 48, .rule_step = 8,
     .result_stack = 32, .result_step = 8, .tree_chunk = 64, .indent_stack = 8, .scope_bytes = 48,
     .packed_messages = true, CALLS_XTENSA},
    {.name = "microbit", .platform = "microbit", .build = "MICROBIT",
     .machine = "micro:bit with nRF51822", .word_bytes = 4, .block_shift = 4,
     .small_int_bits = 31, .float_bytes = 4, .float_unboxed = true, .hash_bytes = 2, .heap_region = 10240, .stack_limit = 1800,
     .frame_on_heap = 44, .schedule_depth = 4, .sram_base = 0x20001100, .gc_threshold = -1, .rule_stack = 96, .rule_step = 24,
     .result_stack = 32, .result_step = 16, .tree_chunk = 128, .indent_stack = 10, .scope_bytes = 48,
     .packed_messages = true, CALLS_M0},
    {.name = "generic32", .platform = "generic32", .build = "standard",
     .machine = "Generic board with 32-bit CPU", .word_bytes = 4, .block_shift = 4,
     .small_int_bits = 31, .float_bytes = 8, .hash_bytes = 2, .heap_region = 1 << 20, .stack_limit = 15360, .frame_on_heap = 44,
     .schedule_depth = 8, .sram_base = 0x20004000, .gc_threshold = -1, PARSER_USUAL, .scope_bytes = 48, CALLS_M4},
    {.name = NULL},
};

const struct profile *profile_find(const char *name) {
    for (const struct profile *p = profiles; p->name; p++)
        if (strcmp(p->name, name) == 0) return p;
    return NULL;
}
