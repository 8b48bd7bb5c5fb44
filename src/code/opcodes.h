// SPDX-License-Identifier: MIT
// Numbers and properties of the instructions, made from opcodes.def.
//
// enum opcode has BC_mnemonic for each instruction; for the five ranges whose operand is in the opcode, BC_mnemonic is the opcode
// that stands for operand 0 (0x80 for LOAD_CONST_SMALL_INT_MULTI), BC_mnemonic_first and _last its bounds.
#ifndef SRC_OPCODES_H
#define SRC_OPCODES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum opcode {
#define OPCODE(value, mnemonic, form, pops, pushes) BC_##mnemonic = value,
#define OPCODE_RANGE(first, last, zero, mnemonic, pops, pushes)                                                                            \
    BC_##mnemonic = zero, BC_##mnemonic##_first = first, BC_##mnemonic##_last = last,
#include "code/opcodes.def"
#undef OPCODE
#undef OPCODE_RANGE
};

enum opcode_form {
    FORM_UNUSED, // not assigned
    FORM_STRING,
    FORM_NUMBER,
    FORM_NUMBER_BYTE,
    FORM_SIGNED,
    FORM_BACK,
    FORM_BACK_BYTE,
    FORM_AHEAD,
    FORM_NONE,
    FORM_RANGE // operand in the opcode
};

struct opcode_info {
    const char *mnemonic; // NULL: not assigned; without _MULTI
    uint8_t form;         // enum opcode_form
    int8_t pops, pushes;  // pops < 0: depends on the operand
    uint8_t zero;         // FORM_RANGE: opcode of operand 0
};
extern const struct opcode_info opcode_table[256];

// Values that the instruction takes and leaves on the way straight on. `operand` as decoded; `extra` the additional byte, if any.
struct opcode_effect {
    size_t pops, pushes;
};
struct opcode_effect opcode_effect(unsigned op, size_t operand, unsigned extra);

#endif
