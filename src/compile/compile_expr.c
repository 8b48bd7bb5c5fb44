// SPDX-License-Identifier: MIT
// Expressions but calls and functions (spec/bytecode.md 12.1 to 12.3, 12.7).
//
// expr() leaves exactly one value on the stack. A node that is not a leaf marks its line first; where the specification says that a
// construct does not mark, its parts are walked here without going through expr().
#include "compile/compiler.h"

#include "objects/str.h"
#include "heap/intern.h"
#include "rt.h"
#include "run/vm.h"

int tree_truth(tree_t t) {
    switch (t->kind) {
    case N_INT: return t->value != OBJ_INT(0);
    case N_STR: return qstr_len(t->name) != 0;
    case N_NONE:
    case N_FALSE: return 0;
    case N_TRUE:
    case N_ELLIPSIS: return 1;
    case N_CONST: return obj_true(t->value);
    case N_TUPLE: return t->n == 0 ? 0 : -1;
    default: return -1;
    }
}

void expr_or_none(struct compiler *c, tree_t t) {
    if (t == TREE_NULL) put(c, BC_LOAD_CONST_NONE);
    else expr(c, t);
}

// ---- truth ----------------------------------------------------------------------------------------------------------

void condition(struct compiler *c, tree_t t, bool sense, uint32_t label) {
    stack_check_compiler();
    int truth = tree_truth(t);
    if (truth >= 0) {
        if ((truth != 0) == sense) put_jump(c, BC_JUMP, label);
    } else if ((t->kind == N_OR && sense) || (t->kind == N_AND && !sense)) {
        for (uint32_t i = 0; i < t->n; i++) condition(c, t->child[i], sense, label);
    } else if (t->kind == N_OR || t->kind == N_AND) {
        uint32_t past = label_new(c);
        for (uint32_t i = 0; i + 1 < t->n; i++) condition(c, t->child[i], !sense, past);
        condition(c, t->child[t->n - 1], sense, label);
        label_put(c, past);
    } else if (t->kind == N_NOT) {
        condition(c, t->child[0], !sense, label);
    } else {
        expr(c, t);
        put_jump(c, sense ? BC_POP_JUMP_IF_TRUE : BC_POP_JUMP_IF_FALSE, label);
    }
}

static void expr_logic(struct compiler *c, tree_t t) {
    uint32_t end = label_new(c);
    for (uint32_t i = 0; i < t->n; i++) {
        expr(c, t->child[i]);
        if (i + 1 < t->n) put_jump(c, t->kind == N_OR ? BC_JUMP_IF_TRUE_OR_POP : BC_JUMP_IF_FALSE_OR_POP, end);
    }
    label_put(c, end);
}

static void expr_if(struct compiler *c, tree_t t) {
    uint32_t otherwise = label_new(c), end = label_new(c);
    condition(c, t->child[0], false, otherwise);
    expr(c, t->child[1]);
    put_jump(c, BC_JUMP, end);
    label_put(c, otherwise);
    put_adjust(c, -1);
    expr(c, t->child[2]);
    label_put(c, end);
}

// ---- operators ------------------------------------------------------------------------------------------------------

static void put_unary(struct compiler *c, unsigned op) { put(c, (uint8_t)(BC_UNARY_OP_MULTI + op)); }

static void put_comparison(struct compiler *c, tree_t op) {
    if (op->op != TREE_NOT_IN && op->op != TREE_IS_NOT) {
        put_binary(c, op->op);
        return;
    }
    put_binary(c, op->op == TREE_NOT_IN ? OP_IN : OP_IS);
    put_unary(c, OP_NOT);
}

static void expr_compare(struct compiler *c, tree_t t) {
    expr(c, t->child[0]);
    uint32_t failed = 0;
    bool chain = t->n > 3;
    if (chain) failed = label_new(c);
    for (uint32_t i = 1; i + 1 < t->n; i += 2) {
        expr(c, t->child[i + 1]);
        bool more = i + 3 < t->n;
        if (more) {
            put(c, BC_DUP_TOP);
            put(c, BC_ROT_THREE);
        }
        put_comparison(c, t->child[i]);
        if (more) put_jump(c, BC_JUMP_IF_FALSE_OR_POP, failed);
    }
    if (!chain) return;
    uint32_t end = label_new(c);
    put_jump(c, BC_JUMP, end);
    label_put(c, failed);
    put_adjust(c, 1);
    put(c, BC_ROT_TWO);
    put(c, BC_POP_TOP);
    label_put(c, end);
}

static void expr_binary(struct compiler *c, tree_t t) {
    expr(c, t->child[0]);
    for (uint32_t i = 1; i + 1 < t->n; i += 2) {
        expr(c, t->child[i + 1]);
        put_binary(c, t->child[i]->op);
    }
}

// ---- displays -------------------------------------------------------------------------------------------------------

static void expr_items(struct compiler *c, tree_t t, uint8_t op) {
    for (uint32_t i = 0; i < t->n; i++) {
        if (op == BC_BUILD_SET && t->child[i]->kind == N_PAIR) compile_error(c, t, "expecting just a value for set");
        expr(c, t->child[i]);
    }
    put_number(c, op, t->n);
}

// Key and value on the stack, the value below.
static void expr_pair(struct compiler *c, tree_t t) {
    expr(c, t->child[1]);
    expr(c, t->child[0]);
}

static void expr_dict(struct compiler *c, tree_t t) {
    put_number(c, BC_BUILD_MAP, t->n);
    for (uint32_t i = 0; i < t->n; i++) {
        if (t->child[i]->kind != N_PAIR) compile_error(c, t, "expecting key:value for dict");
        expr(c, t->child[i]);
        put(c, BC_STORE_MAP);
    }
}

static void expr_slice(struct compiler *c, tree_t t) {
    expr_or_none(c, t->child[0]);
    expr_or_none(c, t->child[1]);
    if (t->n > 2) expr(c, t->child[2]);
    put_number(c, BC_BUILD_SLICE, t->n);
}

// ---- yield ----------------------------------------------------------------------------------------------------------

void check_yield(struct compiler *c, tree_t t, const char *text) {
    if (c->scope->kind != SCOPE_FUNCTION && c->scope->kind != SCOPE_LAMBDA) compile_error(c, t, text);
    c->scope->flags |= CODE_GENERATOR;
}

void await_top(struct compiler *c) {
    put(c, BC_GET_ITER);
    put(c, BC_LOAD_CONST_NONE);
    label_reserve(c, 3);
    put(c, BC_YIELD_FROM);
}

static void expr_yield(struct compiler *c, tree_t t) {
    if (t->kind == N_AWAIT) {
        check_yield(c, t, "'await' outside function");
        expr(c, t->child[0]);
        await_top(c);
        return;
    }
    check_yield(c, t, "'yield' outside function");
    if (t->kind == N_YIELD_FROM) {
        expr(c, t->child[0]);
        await_top(c);
        return;
    }
    expr_or_none(c, t->n > 0 ? t->child[0] : TREE_NULL);
    label_reserve(c, 1);
    put(c, BC_YIELD_VALUE);
}

// ---- all ------------------------------------------------------------------------------------------------------------

static void expr_leaf(struct compiler *c, tree_t t) {
    switch (t->kind) {
    case N_NAME: name_load(c, t->name); break;
    case N_INT: put_int(c, obj_int(t->value)); break;
    case N_STR: put_string(c, BC_LOAD_CONST_STRING, t->name); break;
    case N_NONE: put(c, BC_LOAD_CONST_NONE); break;
    case N_TRUE: put(c, BC_LOAD_CONST_TRUE); break;
    case N_FALSE: put(c, BC_LOAD_CONST_FALSE); break;
    case N_ELLIPSIS: put_constant(c, OBJ_ELLIPSIS); break;
    default: put_constant(c, t->value); break;
    }
}

static void expr_node(struct compiler *c, tree_t t) {
    switch (t->kind) {
    case N_IF_EXP: expr_if(c, t); break;
    case N_OR:
    case N_AND: expr_logic(c, t); break;
    case N_NOT:
        expr(c, t->child[0]);
        put_unary(c, OP_NOT);
        break;
    case N_COMPARE: expr_compare(c, t); break;
    case N_BINARY: expr_binary(c, t); break;
    case N_POWER:
        expr(c, t->child[0]);
        expr(c, t->child[1]);
        put_binary(c, OP_POW);
        break;
    case N_UNARY:
        expr(c, t->child[1]);
        put_unary(c, t->child[0]->op);
        break;
    case N_TUPLE: expr_items(c, t, BC_BUILD_TUPLE); break;
    case N_LIST: expr_items(c, t, BC_BUILD_LIST); break;
    case N_SET: expr_items(c, t, BC_BUILD_SET); break;
    case N_DICT: expr_dict(c, t); break;
    case N_PAIR: expr_pair(c, t); break;
    case N_LISTCOMP:
    case N_SETCOMP:
    case N_DICTCOMP:
    case N_GENEXP: comprehension(c, t); break;
    case N_LAMBDA: lambda(c, t); break;
    case N_WALRUS: walrus(c, t); break;
    case N_TRAILERS: trailers(c, t); break;
    case N_SLICE: expr_slice(c, t); break;
    case N_AWAIT:
    case N_YIELD:
    case N_YIELD_FROM: expr_yield(c, t); break;
    case N_STAR: compile_error(c, t, "*x must be assignment target");
    default: compile_error(c, t, "invalid syntax");
    }
}

static bool expr_marks(tree_t t) {
    bool bare = t->paren && (t->kind == N_GENEXP || t->kind == N_WALRUS);
    return !bare && t->kind != N_STAR;
}

void expr(struct compiler *c, tree_t t) {
    if (t->kind <= N_ELLIPSIS) {
        expr_leaf(c, t);
        return;
    }
    stack_check_compiler();
    poll_keyboard();
    if (expr_marks(t)) put_mark(c, t->line);
    if (t->kind == N_CONST) expr_leaf(c, t);
    else expr_node(c, t);
}
