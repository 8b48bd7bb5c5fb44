// SPDX-License-Identifier: MIT
// A processor that runs Thumb-2 code: the registers, the flags, and one function that goes on for some instructions.
//
// It knows nothing of Python. Memory is what two functions say it is; they may leave by raising, the processor has no state outside of
// its structure. What it runs: all 16-bit instructions but SVC and BKPT, of the 32-bit ones those a compiler of plain C makes (ARM DDI
// 0403, without saturating, packing and DSP instructions), and arithmetic of single floats.
//
// Invariants
//  - r[15] is the address of the instruction that comes next; an instruction that reads it sees that address plus 4.
//  - `it` is the state of an IT block, 0 outside; the two halves of an instruction are never apart.
//  - Code ends by a jump to THUMB_END: that is what the link register holds at the start.
#ifndef SRC_NATIVE_THUMB_H
#define SRC_NATIVE_THUMB_H

#include <stdbool.h>
#include <stdint.h>

enum { THUMB_SP = 13, THUMB_LR = 14, THUMB_PC = 15 };
#define THUMB_END 0xfffffffeu // an address with no code; in the link register with bit 0 set

enum thumb_stop {
    THUMB_STEPS,     // as many instructions as were allowed
    THUMB_RETURNED,
    THUMB_WAITS,     // WFI, WFE; r[15] is behind it
    THUMB_MASK,      // CPSID or CPSIE: masked has changed or was set again
    THUMB_UNDEFINED, // r[15] is at it
};

struct thumb {
    uint32_t r[16];
    uint32_t s[32]; // registers of the floating point unit, as bits
    uint32_t fpscr;
    bool n, z, c, v;
    bool masked; // PRIMASK
    bool exclusive;
    uint8_t it;
    uint32_t next; // while an instruction runs: where the next one is
    enum thumb_stop stop; // THUMB_STEPS: go on
    void *data;
    uint32_t (*load)(void *data, uint32_t address, unsigned bytes);
    void (*store)(void *data, uint32_t address, unsigned bytes, uint32_t value);
};

enum thumb_stop thumb_run(struct thumb *t, uint32_t steps);

// Between the files of the processor. Each returns false for an instruction that does not exist.
bool thumb_wide(struct thumb *t, uint32_t w1, uint32_t w2);  // thumb_wide.c
bool thumb_float(struct thumb *t, uint32_t w1, uint32_t w2); // thumb_float.c
// thumb_core.c
uint32_t thumb_add(struct thumb *t, uint32_t a, uint32_t b, bool carry, bool flags); // a + b + carry
uint32_t thumb_shift(unsigned type, uint32_t value, unsigned by, bool *carry);       // type 0 LSL, 1 LSR, 2 ASR, 3 ROR
uint32_t thumb_shift_fixed(unsigned type, uint32_t value, unsigned by, bool *carry); // by as an instruction says it: 0 is 32, or RRX
void thumb_nz(struct thumb *t, uint32_t value);
bool thumb_condition(const struct thumb *t, unsigned condition);
bool thumb_jump(struct thumb *t, uint32_t address); // BX: bit 0 has to be set
bool thumb_set(struct thumb *t, unsigned r, uint32_t value, bool jump); // jump: loads, which may set the program counter
static inline uint32_t thumb_get(const struct thumb *t, unsigned r) { return r == THUMB_PC ? t->r[THUMB_PC] + 4 : t->r[r]; }
uint32_t thumb_extend(uint32_t value, unsigned bytes); // with sign
bool thumb_load_many(struct thumb *t, uint32_t address, uint32_t set);
void thumb_store_many(struct thumb *t, uint32_t address, uint32_t set);
unsigned thumb_count(uint32_t set); // bits that are set

#endif
