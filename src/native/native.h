// SPDX-License-Identifier: MIT
// Functions in machine code: `@micropython.asm_thumb`.
//
// assembler.c turns the tree of such a function into bytes when it is compiled; asm_function.c is the object and runs them.
// Costs as on the board: the compiler's record 4 words and a run for the code in exact size; each `def` that is executed 4 words.
#ifndef SRC_NATIVE_NATIVE_H
#define SRC_NATIVE_NATIVE_H

#include "obj.h"

struct compiler;
struct node;

enum asm_result { ASM_OBJECT, ASM_BOOL, ASM_INT, ASM_UINT };

extern const struct type type_asm_code, type_asm_function;

bool asm_is_here(void); // the profile's processor runs Thumb code
// Of an N_DEF (or N_CLASS, which is an error): an object that makes a function when it is called. SyntaxError as upstream's says it.
obj_t asm_assemble(struct compiler *c, struct node *def);
obj_t asm_code_new(unsigned n_args, enum asm_result result, const uint8_t *code, size_t len);

// CPSID and CPSIE: set by the board, NULL: they do nothing.
extern void (*asm_interrupts)(bool masked);

#endif
