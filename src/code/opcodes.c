// SPDX-License-Identifier: MIT
// The instruction table in memory, and the stack effects that depend on an operand (spec/bytecode.md 5 and 6).
// STORE_COMP counts the values it takes from the top; the collection stays where it is.
#include "code/opcodes.h"

const struct opcode_info opcode_table[256] = {
#define OPCODE(value, mnemonic, form, pops, pushes) [value] = {#mnemonic, FORM_##form, pops, pushes, 0},
#define OPCODE_RANGE(first, last, zero, mnemonic, pops, pushes) [first... last] = {#mnemonic, FORM_RANGE, pops, pushes, zero},
#include "code/opcodes.def"
#undef OPCODE
#undef OPCODE_RANGE
};

struct opcode_effect opcode_effect(unsigned op, size_t operand, unsigned extra) {
    const struct opcode_info *info = &opcode_table[op & 0xff];
    struct opcode_effect e = {0, info->pushes > 0 ? (size_t)info->pushes : 0};
    if (info->pops >= 0) {
        e.pops = (size_t)info->pops;
        return e;
    }
    size_t arguments = (operand & 0xff) + 2 * (operand >> 8 & 0xff);
    switch (op) {
    case BC_MAKE_CLOSURE: e.pops = extra; break;
    case BC_MAKE_CLOSURE_DEFARGS: e.pops = (size_t)extra + 2; break;
    case BC_STORE_COMP: e.pops = (operand & 3) == 1 ? 2 : 1; break;
    case BC_UNPACK_SEQUENCE: e.pops = 1, e.pushes = operand; break;
    case BC_UNPACK_EX: e.pops = 1, e.pushes = (operand & 0xff) + (operand >> 8) + 1; break;
    case BC_CALL_FUNCTION: e.pops = arguments + 1; break;
    case BC_CALL_FUNCTION_VAR_KW:
    case BC_CALL_METHOD: e.pops = arguments + 2; break;
    case BC_CALL_METHOD_VAR_KW: e.pops = arguments + 3; break;
    default: e.pops = operand; break; // BUILD_x
    }
    return e;
}
