// SPDX-License-Identifier: MIT
// The listing of bytecode that `micropython -v -v` and mpy-dump print: for each function its header, then line, position, bytes,
// mnemonic and operand of each instruction. Only for code that has been compiled here or verified.
#include "code/code.h"
#include "code/opcodes.h"
#include "heap/intern.h"
#include "rt.h"
#include "run/engine.h"

static const char *const unary_names[] = {"+", "-", "~", "not"};
static const char *const binary_names[] = {"<", ">", "==", "<=", ">=", "!=", "in", "is", "excmatch", "|=", "^=", "&=", "<<=", ">>=", "+=", "-=", "*=", "@=",
                                           "//=", "/=", "%=", "**=", "|", "^", "&", "<<", ">>", "+", "-", "*", "@", "//", "/", "%", "**"};

static void list_constant(struct printer *p, const struct context *c, size_t n) {
    print_format(p, "%lu ", (unsigned long)n);
    if (n < c->n_constants) obj_print(p, context_constants(c)[n], PRINT_REPR);
}

static void list_label(const struct printer *p, const struct code_info *info, const uint8_t *ip) {
    const uint8_t *label = ip + 1;
    bool two = *label & 0x80;
    intptr_t d = two ? (*label & 0x7f) | label[1] << 7 : *label;
    if (*ip <= BC_POP_JUMP_IF_FALSE) d -= two ? 0x4000 : 0x40;
    print_format(p, "-> %ld", (long)((label - info->start) + 1 + two + d));
    if (*ip == BC_UNWIND_JUMP) {
        unsigned extra = label[1 + two];
        print_format(p, " blocks=%u%s", extra & 0x7f, extra & 0x80 ? " pop-iter" : "");
    }
}

static void list_number(struct printer *p, const uint8_t *ip, const struct context *c) {
    const uint8_t *q = ip + 1;
    if (*ip == BC_LOAD_CONST_SMALL_INT) {
        print_format(p, "%ld", (long)varint_read_signed(&q));
        return;
    }
    size_t n = varint_read(&q);
    if (*ip == BC_LOAD_CONST_OBJ) list_constant(p, c, n);
    else if (*ip >= BC_CALL_FUNCTION) print_format(p, "pos=%lu kw=%lu", (unsigned long)(n & 0xff), (unsigned long)(n >> 8));
    else if (*ip >= BC_MAKE_FUNCTION) print_format(p, "child %lu", (unsigned long)n);
    else if (*ip <= BC_MAKE_CLOSURE_DEFARGS) print_format(p, "child %lu cells=%u", (unsigned long)n, *q);
    else print_format(p, "%lu", (unsigned long)n);
}

static void list_operand(struct printer *p, const struct code_info *info, const uint8_t *ip, const struct context *c) {
    unsigned op = *ip;
    if (op < 0x20) {
        const uint8_t *q = ip + 1;
        size_t n = varint_read(&q);
        print_format(p, "%lu '%s'", (unsigned long)n, n < c->n_names ? qstr_text(context_names(c)[n], NULL) : "?");
    } else if (op < 0x40) list_number(p, ip, c);
    else if (op < 0x50) list_label(p, info, ip);
    else if (op >= 0xd7 && op <= 0xf9) print_text(p, binary_names[op - 0xd7]);
    else if (op >= 0xd0 && op <= 0xd3) print_text(p, unary_names[op - 0xd0]);
    else if (op >= 0x70) print_format(p, "%d", (int)op - (int)opcode_table[op].zero);
}

static void list_function(struct printer *p, const struct code *code, const struct context *context) {
    struct code_info info;
    if (code_split(code->image, code->image_len, &info)) return;
    const uint8_t *names = info.names;
    print_format(p, "function %s: n_state=%u n_exc=%u flags=%u pos=%u kwonly=%u defaults=%u bytes=%u\n",
                 qstr_text(context_names(context)[varint_read(&names)], NULL), info.n_state, info.n_blocks, info.flags, info.n_pos,
                 info.n_kwonly, info.n_defaults, code->image_len);
    const uint8_t *end = info.start + info.code_len;
    size_t line = 0;
    for (const uint8_t *ip = info.start; ip < end;) {
        size_t length = opcode_length(ip), at = (size_t)(ip - info.start), now = code_line(&info, at);
        if (now != line) print_format(p, "%5lu ", (unsigned long)now);
        else print_text(p, "      ");
        line = now;
        print_format(p, "%5lu  ", (unsigned long)at);
        for (size_t i = 0; i < 4; i++) {
            if (i < length) print_format(p, "%02x", ip[i]);
            else print_text(p, "  ");
        }
        print_format(p, "  %-22s ", opcode_table[*ip].mnemonic ? opcode_table[*ip].mnemonic : "?");
        list_operand(p, &info, ip, context);
        print_text(p, "\n");
        ip += length;
    }
}

void code_disassemble(const struct printer *p, const struct code *code, const struct context *context) {
    struct printer to = *p;
    list_function(&to, code, context);
    for (size_t i = 0; i < code->n_children; i++) code_disassemble(p, code->children[i], context);
}
