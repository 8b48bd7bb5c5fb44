// SPDX-License-Identifier: MIT
// Inside the assembler.
//
// A function's tree is walked twice. The first time only places are counted and labels noted, the second time bytes are written; an
// instruction has the same size both times. Every statement is a call: the name is the instruction, its arguments the operands. Mistakes
// are SyntaxErrors in upstream's words.
//
// Invariants
//  - `code` is NULL in the first pass. Bytes, labels and everything else live in the tree's arena, so nothing is to be freed.
#ifndef SRC_NATIVE_ASSEMBLER_H
#define SRC_NATIVE_ASSEMBLER_H

#include "compile/compiler.h"
#include "native/native.h"

struct asm_label {
    qstr_t name;
    uint32_t at;
};

struct assembler {
    struct compiler *c;
    qstr_t name;     // of the function
    uint32_t line;   // of the statement
    const char *op;  // its instruction
    uint8_t *code;
    uint32_t at;     // bytes so far
    struct asm_label *labels;
    uint32_t n_labels, label_room;
};

// format with up to one %s, then two %lx or %lu
_Noreturn void asm_error(struct assembler *a, const char *format, const char *x, unsigned long y, unsigned long z);
void asm_put(struct assembler *a, uint64_t value, unsigned bytes);
int32_t asm_distance(struct assembler *a, tree_t t); // from the instruction's place plus 4 to a label
bool asm_number_maybe(tree_t t, uint64_t *out);
uint32_t asm_number(struct assembler *a, tree_t t, uint32_t mask); // the bits of mask may be set

// assembler_ops.c: false: there is none of that name with so many operands
bool asm_instruction(struct assembler *a, uint32_t n, const tree_t *args);

#endif
