// SPDX-License-Identifier: MIT
// The inline assembler: what surrounds the instructions. They are in assembler_ops.c; see assembler.h.
#include "native/assembler.h"

#include "heap/intern.h"
#include "objects/num.h"
#include "objects/str.h"
#include "objects/types.h"
#include "run/raise.h"
#include "run/vm.h"
#include "syntax/builder.h"

enum { MOST_ARGS = 4, MOST_CODE = 1 << 20, MOST_ALIGN = 4096 };

_Noreturn void asm_error(struct assembler *a, const char *format, const char *x, unsigned long y, unsigned long z) {
    struct text_buffer text;
    text_buffer_init(&text, 16);
    struct printer p = text_buffer_printer(&text);
    print_format(&p, format, x, y, z);
    obj_t message = text_buffer_str(&text);
    obj_t e = exception_new(&type_SyntaxError, 1, &message);
    exception_add_traceback(e, a->c->tree->file, a->line, a->name);
    raise_object(e);
}

// ---- bytes and labels -------------------------------------------------------------------------------------------------------
void asm_put(struct assembler *a, uint64_t value, unsigned bytes) {
    for (unsigned i = 0; i < bytes; i++, a->at++) {
        if (a->at >= MOST_CODE) raise_message(&type_MemoryError, "too much code");
        if (a->code != NULL) a->code[a->at] = (uint8_t)(value >> (8 * i));
    }
}

static void label_define(struct assembler *a, qstr_t name) {
    if (a->code != NULL) return; // the first pass has found them all
    for (uint32_t i = 0; i < a->n_labels; i++)
        if (a->labels[i].name == name) asm_error(a, "label redefined", "", 0, 0);
    if (a->n_labels == a->label_room) {
        a->label_room = a->label_room ? 2 * a->label_room : 16;
        struct asm_label *more = arena_take(a->c->tree->arena, a->label_room * sizeof(*more));
        if (a->n_labels > 0) memcpy(more, a->labels, a->n_labels * sizeof(*more));
        a->labels = more;
    }
    a->labels[a->n_labels++] = (struct asm_label){name, a->at};
}

int32_t asm_distance(struct assembler *a, tree_t t) {
    if (t->kind != N_NAME) asm_error(a, "'%s' expects a label", a->op, 0, 0);
    if (a->code == NULL) return 0;
    for (uint32_t i = 0; i < a->n_labels; i++)
        if (a->labels[i].name == t->name) return (int32_t)a->labels[i].at - (int32_t)(a->at + 4);
    asm_error(a, "label '%s' not defined", qstr_text(t->name, NULL), 0, 0);
}

// ---- numbers ----------------------------------------------------------------------------------------------------------------
static obj_t constant_of(tree_t t) { // OBJ_NULL: not an integer known now
    stack_check();
    obj_t value = OBJ_NULL;
    if (t->kind == N_INT || t->kind == N_CONST) value = t->value;
    if (t->kind == N_TRAILERS && t->n == 2 && t->child[0]->kind == N_NAME && t->child[0]->name == Q_stm && t->child[1]->kind == N_ATTR) {
        obj_t module = import_builtin(Q_stm), pair[2] = {OBJ_NULL, OBJ_NULL}; // registers by their names
        if (module != OBJ_NULL) obj_load_method_maybe(module, t->child[1]->name, pair);
        value = pair[0];
    }
    if (t->kind == N_BINARY) {
        value = constant_of(t->child[0]);
        for (uint32_t i = 1; i + 1 < t->n && value != OBJ_NULL; i += 2) {
            obj_t right = constant_of(t->child[i + 1]);
            value = right == OBJ_NULL ? OBJ_NULL : obj_binary((enum binary_op)t->child[i]->op, value, right);
        }
    }
    return value != OBJ_NULL && obj_is_integer(value) ? value : OBJ_NULL;
}

bool asm_number_maybe(tree_t t, uint64_t *out) {
    obj_t value = constant_of(t);
    if (value == OBJ_NULL) return false;
    *out = int_to_u64_truncated(int_plain(value));
    return true;
}

uint32_t asm_number(struct assembler *a, tree_t t, uint32_t mask) {
    uint64_t value;
    if (!asm_number_maybe(t, &value)) asm_error(a, "'%s' expects an integer", a->op, 0, 0);
    if ((uint32_t)value & ~mask) asm_error(a, "'%s' integer 0x%lx doesn't fit in mask 0x%lx", a->op, (uint32_t)value, mask);
    return (uint32_t)value;
}

// ---- directives -------------------------------------------------------------------------------------------------------------
static bool directive(struct assembler *a, uint32_t n, const tree_t *args) {
    uint64_t first = 0, value;
    bool number = n > 0 && asm_number_maybe(args[0], &first);
    if (strcmp(a->op, "label") == 0) {
        if (n != 1 || args[0]->kind != N_NAME) asm_error(a, "'label' requires 1 argument", "", 0, 0);
        label_define(a, args[0]->name);
    } else if (strcmp(a->op, "align") == 0) {
        if (n != 1 || !number || first > MOST_ALIGN) asm_error(a, "'align' requires 1 argument", "", 0, 0);
        for (uint64_t end = (a->at + first - 1) & ~(first - 1); first > 0 && a->at < end;) asm_put(a, 0, 1);
    } else if (strcmp(a->op, "data") == 0) {
        if (n < 2 || !number || first > sizeof value) asm_error(a, "'data' requires at least 2 arguments", "", 0, 0);
        for (uint32_t i = 1; i < n; i++) {
            if (!asm_number_maybe(args[i], &value)) asm_error(a, "'data' requires integer arguments", "", 0, 0);
            asm_put(a, value, (unsigned)first);
        }
    } else {
        return false;
    }
    return true;
}

static void statement_of(struct assembler *a, tree_t t) {
    if (t->line != 0) a->line = t->line;
    tree_t e = t->kind == N_EXPR ? t->child[0] : t;
    if (t->kind == N_PASS || t->kind == N_EMPTY || (t->kind == N_EXPR && e->n == 0)) return; // a documentation text, a lonely name
    if (e->kind != N_TRAILERS || e->n != 2 || e->child[0]->kind != N_NAME || e->child[1]->kind != N_CALL)
        asm_error(a, "expecting an assembler instruction", "", 0, 0);
    uint32_t n = e->child[1]->n;
    const tree_t *args = e->child[1]->child;
    a->op = qstr_text(e->child[0]->name, NULL);
    if (directive(a, n, args) || asm_instruction(a, n, args)) return;
    asm_error(a, "unsupported Thumb instruction '%s' with %lu arguments", a->op, n, 0);
}

static void pass(struct assembler *a, tree_t body) {
    a->at = 0;
    asm_put(a, 0xb5f2, 2); // push r1, r4-r7, lr
    if (body->kind == N_SUITE)
        for (uint32_t i = 0; i < body->n; i++) statement_of(a, body->child[i]);
    else statement_of(a, body);
    asm_put(a, 0xbdf2, 2); // pop the same, the last into pc
}

// ---- the function -----------------------------------------------------------------------------------------------------------
static uint32_t parameters_of(struct assembler *a, tree_t params) {
    static const char names[MOST_ARGS][3] = {"r0", "r1", "r2", "r3"};
    uint32_t n = params == TREE_NULL ? 0 : params->n;
    if (n > MOST_ARGS) asm_error(a, "can only have up to 4 parameters to Thumb assembly", "", 0, 0);
    for (uint32_t i = 0; i < n; i++) {
        tree_t p = params->child[i];
        bool plain = p->op == PARAM_PLAIN && strcmp(qstr_text(p->name, NULL), names[i]) == 0;
        if (!plain || p->child[0] != TREE_NULL || p->child[1] != TREE_NULL)
            asm_error(a, "parameters must be registers in sequence r0 to r3", "", 0, 0);
    }
    return n;
}

static enum asm_result result_kind(struct assembler *a, tree_t annotation) {
    if (annotation == TREE_NULL) return ASM_INT;
    if (annotation->kind != N_NAME) asm_error(a, "return annotation must be an identifier", "", 0, 0);
    switch (annotation->name) {
    case Q_object: return ASM_OBJECT;
    case Q_bool: return ASM_BOOL;
    case Q_int: return ASM_INT;
    case Q_uint: return ASM_UINT;
    default: asm_error(a, "unknown type", "", 0, 0);
    }
}

obj_t asm_assemble(struct compiler *c, struct node *def) {
    struct assembler a = {.c = c, .line = def->line ? def->line : c->line, .name = def->name};
    if (def->kind == N_ASYNC) def = def->child[0], a.name = def->name;
    if (def->kind != N_DEF) asm_error(&a, "inline assembler must be a function", "", 0, 0);
    uint32_t n = parameters_of(&a, def->child[0]);
    enum asm_result result = result_kind(&a, def->child[1]);
    pass(&a, def->child[2]);
    a.code = arena_take(c->tree->arena, a.at);
    pass(&a, def->child[2]);
    return asm_code_new(n, result, a.code, a.at);
}
