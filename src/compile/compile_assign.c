// SPDX-License-Identifier: MIT
// Assignment, := and del (spec/bytecode.md 13.7, 13.8).
//
// Targets do not mark lines; their bases and indices are ordinary expressions. The last trailer of a target decides what is stored.
#include "compile/compiler.h"

#include "rt.h"

static const char cannot_assign[] = "can't assign to expression";

static tree_t target_last(struct compiler *c, tree_t t, const char *text) {
    tree_t last = t->child[t->n - 1];
    if (last->kind != N_ATTR && last->kind != N_SUBSCR) compile_error(c, t, text);
    return last;
}

static void assign_items(struct compiler *c, tree_t t) {
    uint32_t star = UINT32_MAX;
    for (uint32_t i = 0; i < t->n; i++) {
        if (t->child[i]->kind != N_STAR) continue;
        if (star != UINT32_MAX) compile_error(c, t->child[i], "multiple *x in assignment");
        star = i;
    }
    if (star == UINT32_MAX) put_number(c, BC_UNPACK_SEQUENCE, t->n);
    else put_number(c, BC_UNPACK_EX, (size_t)star | (size_t)(t->n - star - 1) << 8);
    for (uint32_t i = 0; i < t->n; i++) assign(c, i == star ? t->child[i]->child[0] : t->child[i]);
}

// The value is on top of the stack.
void assign(struct compiler *c, tree_t t) {
    stack_check_compiler();
    tree_t last;
    switch (t->kind) {
    case N_NAME: name_store(c, t->name); return;
    case N_TRAILERS:
        last = target_last(c, t, cannot_assign);
        trailers_plain(c, t, t->n - 1);
        if (last->kind == N_ATTR) {
            put_string(c, BC_STORE_ATTR, last->name);
        } else {
            expr(c, last->child[0]);
            put(c, BC_STORE_SUBSCR);
        }
        return;
    case N_TUPLE:
        if (t->n == 0) compile_error(c, t, cannot_assign);
        assign_items(c, t);
        return;
    case N_LIST: assign_items(c, t); return;
    default: compile_error(c, t, cannot_assign);
    }
}

// A name bound in a comprehension belongs to the code object around it.
static void walrus_outside(struct compiler *c, qstr_t name) {
    struct scope *s = c->scope, *parent = s->parent;
    scope_store(parent, name);
    const char *wrong = NULL;
    if (parent->kind == SCOPE_MODULE || scope_find(parent, name)->kind == ID_GLOBAL) wrong = scope_declare_global(s, name);
    else wrong = scope_declare_nonlocal(s, name, true);
    if (wrong != NULL) compile_error(c, TREE_NULL, wrong);
}

void walrus(struct compiler *c, tree_t t) {
    tree_t target = t->child[0];
    if (target->kind != N_NAME) compile_error(c, target, cannot_assign);
    expr(c, t->child[1]);
    put(c, BC_DUP_TOP);
    if (!c->emitting && scope_is_comprehension(c->scope)) walrus_outside(c, target->name);
    name_store(c, target->name);
}

// a, b = x, y and a, b, c = x, y, z without building a tuple
static bool assign_swap(struct compiler *c, tree_t left, tree_t right) {
    if (left->kind != N_TUPLE || right->kind != N_TUPLE || left->paren || right->paren) return false;
    if (left->n != right->n || (left->n != 2 && left->n != 3)) return false;
    for (uint32_t i = 0; i < left->n; i++)
        if (left->child[i]->kind == N_STAR) return false;
    for (uint32_t i = 0; i < right->n; i++) expr(c, right->child[i]);
    if (left->n == 3) put(c, BC_ROT_THREE);
    put(c, BC_ROT_TWO);
    for (uint32_t i = 0; i < left->n; i++) assign(c, left->child[i]);
    return true;
}

void statement_assign(struct compiler *c, tree_t t) {
    uint32_t n = t->n - 1;
    if (n == 1 && assign_swap(c, t->child[0], t->child[1])) return;
    expr(c, t->child[n]);
    for (uint32_t i = 0; i < n; i++) {
        if (i + 1 < n) put(c, BC_DUP_TOP);
        assign(c, t->child[i]);
    }
}

void statement_annotate(struct compiler *c, tree_t t) {
    tree_t target = t->child[0];
    if (t->child[2] != TREE_NULL) {
        expr(c, t->child[2]);
        assign(c, target);
    } else if (!c->emitting && target->kind == N_NAME && c->scope->kind >= SCOPE_FUNCTION) {
        bool is_new;
        scope_add(c->scope, target->name, ID_LOCAL, &is_new);
    }
}

void statement_augment(struct compiler *c, tree_t t) {
    tree_t target = t->child[0], last;
    unsigned op = t->child[1]->op;
    switch (target->kind) {
    case N_NAME:
        name_load(c, target->name);
        expr(c, t->child[2]);
        put_binary(c, op);
        name_store(c, target->name);
        return;
    case N_TRAILERS:
        last = target_last(c, target, cannot_assign);
        trailers_plain(c, target, target->n - 1);
        if (last->kind == N_ATTR) {
            put(c, BC_DUP_TOP);
            put_string(c, BC_LOAD_ATTR, last->name);
            expr(c, t->child[2]);
            put_binary(c, op);
            put(c, BC_ROT_TWO);
            put_string(c, BC_STORE_ATTR, last->name);
        } else {
            expr(c, last->child[0]);
            put(c, BC_DUP_TOP_TWO);
            put(c, BC_LOAD_SUBSCR);
            expr(c, t->child[2]);
            put_binary(c, op);
            put(c, BC_ROT_THREE);
            put(c, BC_STORE_SUBSCR);
        }
        return;
    default: compile_error(c, target, cannot_assign);
    }
}

void delete_target(struct compiler *c, tree_t t) {
    static const char cannot_delete[] = "can't delete expression";
    stack_check_compiler();
    tree_t last;
    switch (t->kind) {
    case N_NAME: name_delete(c, t->name); return;
    case N_TRAILERS:
        last = target_last(c, t, cannot_delete);
        trailers_plain(c, t, t->n - 1);
        if (last->kind == N_ATTR) {
            put(c, BC_LOAD_NULL);
            put(c, BC_ROT_TWO);
            put_string(c, BC_STORE_ATTR, last->name);
        } else {
            expr(c, last->child[0]);
            put(c, BC_LOAD_NULL);
            put(c, BC_ROT_THREE);
            put(c, BC_STORE_SUBSCR);
        }
        return;
    case N_TUPLE:
        if (t->n == 0) compile_error(c, t, cannot_delete);
        for (uint32_t i = 0; i < t->n; i++) delete_target(c, t->child[i]);
        return;
    default: compile_error(c, t, cannot_delete);
    }
}
