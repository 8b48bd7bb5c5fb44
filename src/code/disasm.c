// SPDX-License-Identifier: MIT
// The listing of bytecode that `micropython -v -v` and mpy-dump print, in the form MicroPython prints it: for each function its origin, its
// bytes, argument names, frame sizes, line table, then position, mnemonic and operand of each instruction. Only for code that has been
// compiled here or verified.
#include "code/code.h"
#include "code/opcodes.h"
#include "heap/heap.h"
#include "heap/intern.h"
#include "rt.h"
#include "run/engine.h"

static const char *const unary_names[] = {"__pos__", "__neg__", "__invert__", ""};
static const char *const binary_names[] = {
    "__lt__",       "__gt__",      "__eq__",       "__le__",       "__ge__",     "__ne__",   "<in>",      "<is>",         "",
    "__ior__",      "__ixor__",    "__iand__",     "__ilshift__",  "__irshift__", "__iadd__", "__isub__",  "__imul__",     "__imatmul__",
    "__ifloordiv__", "__itruediv__", "__imod__",   "__ipow__",     "__or__",     "__xor__",  "__and__",   "__lshift__",   "__rshift__",
    "__add__",      "__sub__",     "__mul__",      "__matmul__",   "__floordiv__", "__truediv__", "__mod__", "__pow__"};

struct listing {
    struct printer *p;
    const struct code *code;
    const struct context *context;
    struct code_info info;
};

static const char *list_name(const struct listing *l, size_t n) {
    return n < l->context->n_names ? qstr_text(context_names(l->context)[n], NULL) : "?";
}

static size_t list_target(const struct listing *l, const uint8_t *ip) {
    const uint8_t *label = ip + 1;
    bool two = *label & 0x80;
    intptr_t d = two ? (*label & 0x7f) | label[1] << 7 : *label;
    if (*ip <= BC_POP_JUMP_IF_FALSE) d -= two ? 0x4000 : 0x40;
    return (size_t)((label - l->info.start) + 1 + two + d);
}

static void list_child(const struct listing *l, size_t n) {
    print_format(l->p, " 0x%lx", (unsigned long)(n < l->code->info->n_children ? heap_address(l->code->children[n]) : 0));
}

static void list_number(const struct listing *l, const uint8_t *ip) {
    const uint8_t *q = ip + 1;
    size_t n = varint_read(&q);
    switch (*ip) {
    case BC_MAKE_FUNCTION: case BC_MAKE_FUNCTION_DEFARGS: list_child(l, n); break;
    case BC_MAKE_CLOSURE: case BC_MAKE_CLOSURE_DEFARGS:
        list_child(l, n);
        print_format(l->p, " %u", *q);
        break;
    case BC_LOAD_CONST_OBJ:
        if (n >= l->context->n_constants) break;
        print_format(l->p, " 0x%lx=", (unsigned long)heap_address((void *)context_constants(l->context)[n]));
        obj_print(l->p, context_constants(l->context)[n], PRINT_REPR);
        break;
    case BC_CALL_FUNCTION: case BC_CALL_METHOD: case BC_CALL_FUNCTION_VAR_KW: case BC_CALL_METHOD_VAR_KW:
        print_format(l->p, " n=%lu nkw=%lu", (unsigned long)(n & 0xff), (unsigned long)(n >> 8));
        break;
    default: print_format(l->p, " %lu", (unsigned long)n);
    }
}

static void list_operand(const struct listing *l, const uint8_t *ip) {
    unsigned op = *ip;
    const uint8_t *q = ip + 1;
    if (op < 0x20) {
        const char *name = list_name(l, varint_read(&q));
        bool quoted = op == BC_LOAD_CONST_STRING || op == BC_IMPORT_NAME || op == BC_IMPORT_FROM;
        print_format(l->p, quoted ? " '%s'" : " %s", name);
    } else if (op == BC_LOAD_CONST_SMALL_INT) {
        print_format(l->p, " %ld", (long)varint_read_signed(&q));
    } else if (op < 0x40) {
        list_number(l, ip);
    } else if (op < 0x50) {
        print_format(l->p, " %lu", (unsigned long)list_target(l, ip));
        if (op == BC_UNWIND_JUMP) print_format(l->p, " %u", ip[opcode_length(ip) - 1]);
    } else if (op >= 0xd7 && op <= 0xf9) {
        print_format(l->p, " %u %s", op - 0xd7, binary_names[op - 0xd7]);
    } else if (op >= 0xd0 && op <= 0xd3) {
        print_format(l->p, " %u %s", op - 0xd0, unary_names[op - 0xd0]);
    } else if (op >= 0x70) {
        print_format(l->p, " %d", (int)op - (int)opcode_table[op].zero);
    }
}

static void list_bytes(const struct listing *l) {
    unsigned head = (unsigned)(l->info.start - l->code->image);
    print_format(l->p, "Raw bytecode (code_info_size=%u, bytecode_size=%u):\n", head, l->info.code_len);
    for (uint32_t i = 0; i < l->code->info->image_len; i++) {
        if (i && i % 16 == 0) print_text(l->p, "\n");
        print_format(l->p, " %02x", l->code->image[i]);
    }
    print_text(l->p, "\narg names:");
    const uint8_t *names = l->info.names;
    varint_read(&names);
    for (uint32_t i = 0; i < l->info.n_pos + l->info.n_kwonly; i++) print_format(l->p, " %s", list_name(l, varint_read(&names)));
    print_format(l->p, "\n(N_STATE %u)\n(N_EXC_STACK %u)\n", l->info.n_state, l->info.n_blocks);
    for (uint32_t i = 0; i < l->info.n_cells; i++) print_format(l->p, "(INIT_CELL %u)\n", l->info.cells[i]);
}

static void list_lines(const struct listing *l) {
    unsigned long at = 0, line = 1;
    print_format(l->p, "  bc=%lu line=%lu\n", at, line);
    for (const uint8_t *q = l->info.lines; q < l->info.lines_end; q++) {
        if (*q & 0x80) {
            at += *q & 15;
            line += (*q & 0x70u) << 4;
            line += *++q;
        } else {
            at += *q & 31;
            line += *q >> 5;
        }
        print_format(l->p, "  bc=%lu line=%lu\n", at, line);
    }
}

// The names of the table say _MULTI where the operand is in the opcode; a reader does not care.
static void list_mnemonic(const struct listing *l, unsigned op) {
    const char *name = opcode_table[op].mnemonic ? opcode_table[op].mnemonic : "?";
    const char *suffix = strstr(name, "_MULTI");
    print_bytes(l->p, name, suffix ? (size_t)(suffix - name) : strlen(name));
}

static void list_function(const struct listing *l) {
    const uint8_t *names = l->info.names;
    print_format(l->p, "File %s, code block '%s' (descriptor: 0x%lx, bytecode @0x%lx %u bytes)\n", list_name(l, 0), list_name(l,
        varint_read(&names)),
                 (unsigned long)heap_address(l->code), (unsigned long)heap_address(l->code->image), l->code->info->image_len);
    list_bytes(l);
    list_lines(l);
    const uint8_t *end = l->info.start + l->info.code_len;
    for (const uint8_t *ip = l->info.start; ip < end; ip += opcode_length(ip)) {
        print_format(l->p, "%02lu ", (unsigned long)(ip - l->info.start));
        list_mnemonic(l, *ip);
        list_operand(l, ip);
        print_text(l->p, "\n");
    }
}

static size_t code_count(const struct code *code) {
    size_t n = 1;
    for (size_t i = 0; i < code->info->n_children; i++) n += code_count(code->children[i]->code);
    return n;
}

// Functions are listed in the order in which the compiler makes them: outer ones first, then what they contain.
void code_disassemble(const struct printer *p, const struct code *code, const struct context *context) {
    struct printer to = *p;
    size_t n = code_count(code), made = 1;
    const struct code **queue = host_alloc(n * sizeof *queue);
    queue[0] = code;
    for (size_t k = 0; k < n; k++) {
        struct listing l = {&to, queue[k], context, {0}};
        if (!code_split(l.code->image, l.code->info->image_len, &l.info)) list_function(&l);
        for (size_t i = 0; i < l.code->info->n_children; i++) queue[made++] = l.code->children[i]->code;
    }
    host_free(queue);
}
