// SPDX-License-Identifier: MIT
// Loops, try and with: everything that needs labels kept for inner statements or block records (spec/bytecode.md 13.3 to 13.6,
// 13.12 to 13.16). The adjustments of the stack count are those of the specification; they decide frame sizes.
#include "compile/compiler.h"

#include "rt.h"

// ---- loops ----------------------------------------------------------------------------------------------------------

static struct loop loop_enter(struct compiler *c, uint32_t break_label, uint32_t continue_label, bool drop_iterator) {
    struct loop outer = c->loop;
    c->loop = (struct loop){break_label, continue_label, c->blocks, drop_iterator};
    return outer;
}

void statement_jump(struct compiler *c, tree_t t) {
    const struct loop *loop = &c->loop;
    bool leaves = t->kind == N_BREAK;
    uint32_t label = leaves ? loop->break_label : loop->continue_label;
    if (label == NO_LABEL) compile_error(c, t, "'break'/'continue' outside loop");
    uint32_t n = c->blocks - loop->blocks;
    if (n > 127 && !c->options->cross) compile_error(c, t, "too many nested blocks");
    if (n > 0) {
        label_reserve(c, 2);
        put_unwind(c, label, n | (leaves && loop->drop_iterator ? 0x80 : 0));
        return;
    }
    if (leaves && loop->drop_iterator) put_drop_iterator(c);
    put_jump(c, BC_JUMP, label);
}

// The line that a loop's test is counted to, as in MicroPython: the last statement of the body.
static void put_mark_test(struct compiler *c, tree_t body) {
    while (body != TREE_NULL && body->kind == N_SUITE && body->n > 0) body = body->child[body->n - 1];
    if (body != TREE_NULL) put_mark_exact(c, body->line);
}

void statement_while(struct compiler *c, tree_t t) {
    uint32_t break_label = label_new(c), check = label_new(c);
    int truth = tree_truth(t->child[0]);
    if (truth != 0) {
        struct loop outer = loop_enter(c, break_label, check, false);
        uint32_t top = label_new(c);
        if (truth < 0) put_jump(c, BC_JUMP, check);
        label_put(c, top);
        statement(c, t->child[1]);
        put_mark_test(c, t->child[1]);
        label_put(c, check);
        condition(c, t->child[0], true, top);
        c->loop = outer;
    }
    statement(c, t->child[2]);
    label_put(c, break_label);
}

// Is it `for NAME in range(...)` of the kind that needs no iterator?
static bool for_is_range(tree_t t) {
    tree_t source = t->child[1];
    if (t->child[0]->kind != N_NAME || source->kind != N_TRAILERS || source->n != 2) return false;
    if (source->child[0]->kind != N_NAME || source->child[0]->name != Q_range || source->child[1]->kind != N_CALL) return false;
    tree_t call = source->child[1];
    if (call->n < 1 || call->n > 3) return false;
    for (uint32_t i = 0; i < call->n; i++) {
        tree_t a = call->child[i];
        bool bare = a->paren && (a->kind == N_GENEXP || a->kind == N_WALRUS);
        if (bare || a->kind == N_STAR || a->kind == N_DSTAR || a->kind == N_KWARG) return false;
    }
    return call->n < 3 || (call->child[2]->kind == N_INT && call->child[2]->value != OBJ_INT(0));
}

static void put_drops(struct compiler *c, bool two) {
    put(c, BC_POP_TOP);
    if (two) put(c, BC_POP_TOP);
}

static void statement_for_range(struct compiler *c, tree_t t) {
    tree_t call = t->child[1]->child[1];
    tree_t start = call->n > 1 ? call->child[0] : TREE_NULL;
    tree_t end = call->child[call->n > 1 ? 1 : 0];
    tree_t step = call->n > 2 ? call->child[2] : TREE_NULL;
    bool end_kept = end->kind != N_INT; // it lies below the counter
    bool down = step != TREE_NULL && obj_int(step->value) < 0;

    uint32_t break_label = label_new(c), next = label_new(c);
    struct loop outer = loop_enter(c, break_label, next, false);
    uint32_t top = label_new(c), check = label_new(c);
    if (end_kept) expr(c, end);
    if (start != TREE_NULL) expr(c, start);
    else put_int(c, 0);
    put_jump(c, BC_JUMP, check);
    label_put(c, top);
    put(c, BC_DUP_TOP);
    assign(c, t->child[0]);
    statement(c, t->child[2]);
    put_mark_test(c, t->child[2]);
    label_put(c, next);
    if (step != TREE_NULL) expr(c, step);
    else put_int(c, 1);
    put_binary(c, OP_IADD);
    label_put(c, check);
    if (end_kept) {
        put(c, BC_DUP_TOP_TWO);
        put(c, BC_ROT_TWO);
    } else {
        put(c, BC_DUP_TOP);
        expr(c, end);
    }
    put_binary(c, down ? OP_GT : OP_LT);
    put_jump(c, BC_POP_JUMP_IF_TRUE, top);
    c->loop = outer;

    uint32_t done = 0;
    if (t->child[3] != TREE_NULL) {
        put_drops(c, end_kept);
        statement(c, t->child[3]);
        done = label_new(c);
        put_jump(c, BC_JUMP, done);
        put_adjust(c, end_kept ? 2 : 1);
    }
    put_mark_exact(c, 0);
    label_put(c, break_label);
    put_drops(c, end_kept);
    if (t->child[3] != TREE_NULL) label_put(c, done);
}

void statement_for(struct compiler *c, tree_t t) {
    if (for_is_range(t)) {
        statement_for_range(c, t);
        return;
    }
    uint32_t break_label = label_new(c), next = label_new(c);
    struct loop outer = loop_enter(c, break_label, next, true);
    uint32_t finished = label_new(c);
    expr(c, t->child[1]);
    put(c, BC_GET_ITER_STACK);
    label_put(c, next);
    put_jump(c, BC_FOR_ITER, finished);
    assign(c, t->child[0]);
    statement(c, t->child[2]);
    put_mark_exact(c, 0);
    put_jump(c, BC_JUMP, next);
    label_put(c, finished);
    put_adjust(c, -4);
    c->loop = outer;
    statement(c, t->child[3]);
    label_put(c, break_label);
}

// ---- try ------------------------------------------------------------------------------------------------------------

enum { TRY_BODY, TRY_ELSE, TRY_FINALLY, TRY_CLAUSES };

static void put_match(struct compiler *c, uint32_t otherwise) {
    put_binary(c, OP_EXC_MATCH);
    put_jump(c, BC_POP_JUMP_IF_FALSE, otherwise);
}

// The suite of `except ... as name`, which ends by unsetting the name.
static void except_named(struct compiler *c, tree_t clause) {
    uint32_t cleanup = label_new(c);
    name_store(c, clause->name);
    block_enter(c, BC_SETUP_FINALLY, cleanup);
    statement(c, clause->child[1]);
    put_mark_exact(c, 0);
    put(c, BC_LOAD_CONST_NONE);
    label_put(c, cleanup);
    put_adjust(c, 1);
    put(c, BC_LOAD_CONST_NONE);
    name_store(c, clause->name);
    name_delete(c, clause->name);
    put_adjust(c, -1);
    block_leave(c);
}

static void except_clause(struct compiler *c, tree_t clause, bool last, uint32_t end) {
    uint32_t next = label_new(c);
    put_mark_seen(c, clause->line);
    if (clause->child[0] != TREE_NULL) {
        put(c, BC_DUP_TOP);
        expr(c, clause->child[0]);
        put_match(c, next);
    } else if (!last) {
        compile_error(c, clause, "default 'except' must be last");
    }
    if (clause->name != 0) {
        except_named(c, clause);
    } else {
        put(c, BC_POP_TOP);
        statement(c, clause->child[1]);
    }
    put_mark_exact(c, 0);
    put_jump(c, BC_POP_EXCEPT_JUMP, end);
    label_put(c, next);
    put_adjust(c, 1);
}

static void try_except(struct compiler *c, tree_t t) {
    uint32_t handler = label_new(c), success = label_new(c);
    block_enter(c, BC_SETUP_EXCEPT, handler);
    statement(c, t->child[TRY_BODY]);
    put_mark_exact(c, 0);
    put_jump(c, BC_POP_EXCEPT_JUMP, success);
    label_put(c, handler);
    put_adjust(c, 4);
    uint32_t end = label_new(c);
    for (uint32_t i = TRY_CLAUSES; i < t->n; i++) except_clause(c, t->child[i], i + 1 == t->n, end);
    block_leave(c);
    put_adjust(c, -3);
    label_put(c, success);
    statement(c, t->child[TRY_ELSE]);
    label_put(c, end);
}

void statement_try(struct compiler *c, tree_t t) {
    if (t->child[TRY_FINALLY] == TREE_NULL) {
        try_except(c, t);
        return;
    }
    uint32_t handler = label_new(c);
    block_enter(c, BC_SETUP_FINALLY, handler);
    if (t->n > TRY_CLAUSES) {
        try_except(c, t);
    } else {
        put_adjust(c, 3);
        statement(c, t->child[TRY_BODY]);
        put_adjust(c, -3);
    }
    put_mark_exact(c, 0);
    put(c, BC_LOAD_CONST_NONE);
    label_put(c, handler);
    put_adjust(c, 1);
    statement(c, t->child[TRY_FINALLY]);
    put_mark_exact(c, 0);
    put_adjust(c, -1);
    block_leave(c);
}

// ---- with -----------------------------------------------------------------------------------------------------------

static void with_target(struct compiler *c, tree_t item) {
    if (item->child[1] != TREE_NULL) assign(c, item->child[1]);
    else put(c, BC_POP_TOP);
}

static void with_item(struct compiler *c, tree_t t, uint32_t i) {
    stack_check_compiler();
    if (i == t->n) {
        statement(c, t->child[0]);
        return;
    }
    tree_t item = t->child[i];
    uint32_t cleanup = label_new(c);
    expr(c, item->child[0]);
    block_enter(c, BC_SETUP_WITH, cleanup);
    with_target(c, item);
    with_item(c, t, i + 1);
    put_mark_exact(c, t->line);
    put(c, BC_LOAD_CONST_NONE);
    label_put(c, cleanup);
    label_reserve(c, 3);
    put(c, BC_WITH_CLEANUP);
    put_adjust(c, -4);
    block_leave(c);
}

void statement_with(struct compiler *c, tree_t t) { with_item(c, t, 1); }

// ---- async ----------------------------------------------------------------------------------------------------------

static void await_method(struct compiler *c, qstr_t name) {
    put_string(c, BC_LOAD_METHOD, name);
    put_number(c, BC_CALL_METHOD, 0);
    await_top(c);
}

void statement_async_for(struct compiler *c, tree_t t) {
    uint32_t break_label = label_new(c), next = label_new(c);
    struct loop outer = loop_enter(c, break_label, next, false);
    uint32_t handler = label_new(c), done = label_new(c), other = label_new(c), finished = label_new(c);
    expr(c, t->child[1]);
    put_string(c, BC_LOAD_METHOD, Q___aiter__);
    put_number(c, BC_CALL_METHOD, 0);
    label_put(c, next);
    block_enter(c, BC_SETUP_EXCEPT, handler);
    put(c, BC_DUP_TOP);
    await_method(c, Q___anext__);
    assign(c, t->child[0]);
    put_jump(c, BC_POP_EXCEPT_JUMP, done);
    label_put(c, handler);
    put_adjust(c, 4);
    put(c, BC_DUP_TOP);
    put_string(c, BC_LOAD_GLOBAL, Q_StopAsyncIteration);
    put_match(c, other);
    put(c, BC_POP_TOP);
    put_jump(c, BC_POP_EXCEPT_JUMP, finished);
    label_put(c, other);
    put_adjust(c, 1);
    block_leave(c);
    put_adjust(c, -3);
    label_put(c, done);
    statement(c, t->child[2]);
    put_mark_exact(c, 0);
    put_jump(c, BC_JUMP, next);
    c->loop = outer;
    label_put(c, finished);
    statement(c, t->child[3]);
    label_put(c, break_label);
    put(c, BC_POP_TOP);
}

static void async_with_item(struct compiler *c, tree_t t, uint32_t i);

// The handler: an exception is shown to __aexit__, any other reason is kept above the manager.
static void async_with_end(struct compiler *c, uint32_t handler) {
    uint32_t other = label_new(c), normal = label_new(c), end = label_new(c);
    put(c, BC_LOAD_CONST_NONE);
    put(c, BC_ROT_TWO);
    put_jump(c, BC_JUMP, normal);
    label_put(c, handler);
    put(c, BC_DUP_TOP);
    put_string(c, BC_LOAD_GLOBAL, Q_BaseException);
    put_match(c, other);
    put(c, BC_DUP_TOP);
    put(c, BC_ROT_THREE);
    put(c, BC_ROT_TWO);
    put_string(c, BC_LOAD_METHOD, Q___aexit__);
    put(c, BC_ROT_THREE);
    put(c, BC_ROT_THREE);
    put(c, BC_DUP_TOP);
    put_string(c, BC_LOAD_ATTR, Q___class__);
    put(c, BC_ROT_TWO);
    put(c, BC_LOAD_CONST_NONE);
    put_number(c, BC_CALL_METHOD, 3);
    await_top(c);
    put_jump(c, BC_POP_JUMP_IF_FALSE, end);
    put(c, BC_POP_TOP);
    put(c, BC_LOAD_CONST_NONE);
    put_jump(c, BC_JUMP, end);
    put_adjust(c, 2);
    label_put(c, other);
    put(c, BC_ROT_THREE);
    put(c, BC_ROT_THREE);
    label_put(c, normal);
    put_string(c, BC_LOAD_METHOD, Q___aexit__);
    put(c, BC_LOAD_CONST_NONE);
    put(c, BC_DUP_TOP);
    put(c, BC_DUP_TOP);
    put_number(c, BC_CALL_METHOD, 3);
    await_top(c);
    put(c, BC_POP_TOP);
    put_adjust(c, -1);
    label_put(c, end);
    block_leave(c);
}

static void async_with_item(struct compiler *c, tree_t t, uint32_t i) {
    stack_check_compiler();
    if (i == t->n) {
        statement(c, t->child[0]);
        return;
    }
    tree_t item = t->child[i];
    expr(c, item->child[0]);
    put(c, BC_DUP_TOP);
    await_method(c, Q___aenter__);
    with_target(c, item);
    uint32_t handler = label_new(c);
    block_enter(c, BC_SETUP_FINALLY, handler);
    put_adjust(c, 3);
    async_with_item(c, t, i + 1);
    put_adjust(c, -3);
    async_with_end(c, handler);
}

void statement_async_with(struct compiler *c, tree_t t) { async_with_item(c, t, 1); }
