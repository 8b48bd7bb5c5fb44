// SPDX-License-Identifier: MIT
// Single instructions as both traversals see them: numbers of strings and constants are handed out always, bytes only when emitting.
// Variables get their string numbers in the second traversal only (spec/bytecode.md 9.6, 11).
#include "compile/compiler.h"

uint32_t label_new(struct compiler *c) { return c->n_labels++; }

void label_reserve(struct compiler *c, unsigned n) { c->n_labels += n; }

void label_put(struct compiler *c, uint32_t label) {
    if (c->emitting) emit_label(&c->emit, label);
}

void put_mark(struct compiler *c, uint32_t line) {
    if (c->emitting) emit_mark(&c->emit, line);
}

void put_mark_seen(struct compiler *c, uint32_t line) {
    if (c->emitting) emit_mark_seen(&c->emit, line);
}

void put_mark_exact(struct compiler *c, uint32_t line) {
    if (c->emitting) emit_mark_exact(&c->emit, line);
}

void put_adjust(struct compiler *c, long change) {
    if (c->emitting) emit_adjust(&c->emit, change);
}

void put(struct compiler *c, uint8_t op) {
    if (c->emitting) emit_plain(&c->emit, op);
}

void put_drop_iterator(struct compiler *c) {
    for (int i = 0; c->emitting && i < 4; i++) emit_uncounted(&c->emit, BC_POP_TOP);
}

void put_number(struct compiler *c, uint8_t op, size_t n) {
    if (c->emitting) emit_number(&c->emit, op, n, 0);
}

void put_string(struct compiler *c, uint8_t op, qstr_t name) {
    size_t n = tables_name(&c->tables, &c->charges, name);
    put_number(c, op, n);
}

void put_constant(struct compiler *c, obj_t value) {
    size_t n = tables_constant(&c->tables, &c->charges, value);
    put_number(c, BC_LOAD_CONST_OBJ, n);
}

void put_int(struct compiler *c, intptr_t value) {
    if (c->emitting) emit_small_int(&c->emit, value);
}

void put_jump(struct compiler *c, uint8_t op, uint32_t label) {
    if (c->emitting) emit_jump(&c->emit, op, label, 0);
}

void put_unwind(struct compiler *c, uint32_t label, unsigned extra) {
    if (c->emitting) emit_jump(&c->emit, BC_UNWIND_JUMP, label, extra);
}

void put_binary(struct compiler *c, unsigned op) { put(c, (uint8_t)(BC_BINARY_OP_MULTI + op)); }

void block_enter(struct compiler *c, uint8_t op, uint32_t label) {
    c->blocks++;
    if (c->blocks > c->scope->n_blocks) c->scope->n_blocks = c->blocks;
    put_jump(c, op, label);
}

void block_leave(struct compiler *c) {
    label_reserve(c, 1);
    put(c, BC_END_FINALLY);
    c->blocks--;
}

// The cells that the child expects, then the instruction that makes it.
void put_make(struct compiler *c, struct scope *child, bool defaults) {
    if (!c->emitting) return;
    struct scope *s = c->scope;
    unsigned n = child->n_free;
    for (uint32_t k = 0; k < n; k++) {
        const struct ident *i = &s->idents[child->free[k].outer];
        if (i->local < 16) put(c, (uint8_t)(BC_LOAD_FAST_MULTI + i->local));
        else put_number(c, BC_LOAD_FAST_N, i->local);
    }
    if (n > UINT8_MAX && !c->options->cross) compile_error(c, TREE_NULL, "too many locals");
    scope_child_made(s, child);
    if (n == 0) emit_number(&c->emit, defaults ? BC_MAKE_FUNCTION_DEFARGS : BC_MAKE_FUNCTION, child->made, 0);
    else emit_number(&c->emit, defaults ? BC_MAKE_CLOSURE_DEFARGS : BC_MAKE_CLOSURE, child->made, n);
}

// ---- variables ------------------------------------------------------------------------------------------------------

enum access { ACCESS_LOAD, ACCESS_STORE, ACCESS_DELETE };
static const uint8_t access_name[] = {BC_LOAD_NAME, BC_STORE_NAME, BC_DELETE_NAME};
static const uint8_t access_global[] = {BC_LOAD_GLOBAL, BC_STORE_GLOBAL, BC_DELETE_GLOBAL};
static const uint8_t access_fast[] = {BC_LOAD_FAST_N, BC_STORE_FAST_N, BC_DELETE_FAST};
static const uint8_t access_deref[] = {BC_LOAD_DEREF, BC_STORE_DEREF, BC_DELETE_DEREF};

static void name_access(struct compiler *c, qstr_t name, enum access access) {
    const struct ident *i = scope_find(c->scope, name);
    switch (i->kind) {
    case ID_LOCAL:
        if (i->local < 16 && access != ACCESS_DELETE)
            put(c, (uint8_t)((access == ACCESS_LOAD ? BC_LOAD_FAST_MULTI : BC_STORE_FAST_MULTI) + i->local));
        else put_number(c, access_fast[access], i->local);
        break;
    case ID_CELL:
    case ID_FREE: put_number(c, access_deref[access], i->local); break;
    case ID_GLOBAL: put_string(c, access_global[access], name); break;
    default: put_string(c, scope_is_function_like(c->scope) ? access_global[access] : access_name[access], name); break;
    }
}

void name_load(struct compiler *c, qstr_t name) {
    if (c->emitting) name_access(c, name, ACCESS_LOAD);
    else scope_mention(c->scope, name);
}

void name_store(struct compiler *c, qstr_t name) {
    if (c->emitting) name_access(c, name, ACCESS_STORE);
    else scope_store(c->scope, name);
}

void name_delete(struct compiler *c, qstr_t name) {
    if (c->emitting) name_access(c, name, ACCESS_DELETE);
    else scope_store(c->scope, name);
}
