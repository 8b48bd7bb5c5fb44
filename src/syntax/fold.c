// SPDX-License-Identifier: MIT
// Evaluation of constants while the tree is built (spec/bytecode.md 10.5): arithmetic, logic, tuples, const() and the constants of math.
//
// A fold takes a finished node and returns what stands in its place; the children are never changed. Arithmetic is done by the ordinary
// operators under protect(): what raises stays unfolded. The size of a result is estimated before it is computed, so that a short
// source cannot ask for a gigabyte of digits.

#include "builder.h"
#include "heap/heap.h"
#include "heap/intern.h"
#include "objects/num.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "run/raise.h"

enum { MOST_BITS = 8 * 1024 * 1024 }; // of a folded integer: what the reference can do in its 2 MB

bool tree_constant(tree_t t, obj_t *value) {
    switch (t->kind) {
        case N_INT:
        case N_CONST:
            *value = t->value;
            return true;
        case N_STR:
            *value = OBJ_QSTR(t->name);
            return true;
        case N_NONE:
            *value = OBJ_NONE;
            return true;
        case N_TRUE:
            *value = OBJ_TRUE;
            return true;
        case N_FALSE:
            *value = OBJ_FALSE;
            return true;
        case N_ELLIPSIS:
            *value = OBJ_ELLIPSIS;
            return true;
        case N_TUPLE:
            *value = OBJ_EMPTY_TUPLE;
            return t->n == 0;
        default:
            return false;
    }
}

tree_t tree_of_value(struct parser *p, obj_t value, uint32_t line) {
    if (obj_is_int(value)) {
        tree_t t = leaf_int(p, value);
        if (t->leaf) {
            return t;
        }
    }
    parser_cost(p, 1);
    return const_new(p, value, line);
}

// ---- numbers --------------------------------------------------------------------------------------------------------

// Integers and floats only: booleans and imaginary numbers are left alone.
static bool number_value(tree_t t, obj_t *value) {
    if (t->kind != N_INT && t->kind != N_CONST) {
        return false;
    }
    *value = t->value;
    return obj_is_int(*value) || obj_is(*value, &type_int) || obj_is_float(*value);
}

static bool is_integer(obj_t v) {
    return obj_is_int(v) || obj_is(v, &type_int);
}

// May the result be computed at all, in time and memory?
static bool size_allows(enum binary_op op, obj_t left, obj_t right) {
    if (!is_integer(left) || !is_integer(right)) {
        return true;
    }
    size_t bits = int_bit_length(left);
    int64_t count;
    switch (op) {
        case OP_LSHIFT:
            return int_to_i64(right, &count) && count >= 0 && (count < MOST_BITS || bits == 0) && bits + (uint64_t)count < MOST_BITS;
        case OP_RSHIFT:
            return int_to_i64(right, &count) && count >= 0;
        case OP_MUL:
            return bits + int_bit_length(right) < MOST_BITS;
        case OP_POW:
            if (bits <= 1) {
                return int_to_i64(right, &count);
            }
            return int_to_i64(right, &count) && count < MOST_BITS && (count < 0 || bits * (uint64_t)count < MOST_BITS);
        case OP_MATMUL:
            return false;
        default:
            return true;
    }
}

struct evaluation {
    tree_t tree;
    obj_t result;
};

static void evaluate_chain(void *arg) {
    struct evaluation *e = arg;
    obj_t value = e->tree->child[0]->value;
    for (uint32_t i = 1; i < e->tree->n; i += 2) {
        bool power = e->tree->kind == N_POWER;
        enum binary_op op = power ? OP_POW : (enum binary_op)e->tree->child[i]->op;
        obj_t right = e->tree->child[power ? i : i + 1]->value;
        if (!size_allows(op, value, right)) {
            return;
        }
        value = obj_binary(op, value, right);
        if (!is_integer(value) && !obj_is_float(value)) {
            return;
        }
    }
    e->result = value;
}

static void evaluate_unary(void *arg) {
    struct evaluation *e = arg;
    e->result = obj_unary((enum unary_op)e->tree->child[0]->op, e->tree->child[1]->value);
}

static tree_t number_tree(struct parser *p, tree_t t, void (*evaluate)(void *)) {
    struct evaluation e = {.tree = t, .result = OBJ_NULL};
    if (!protect(evaluate, &e, NULL) || e.result == OBJ_NULL) {
        return TREE_NULL;
    }
    tree_t folded = leaf_int(p, e.result);
    if (!folded->leaf) {
        parser_cost(p, 1);
    }
    return folded;
}

tree_t fold_unary(struct parser *p, tree_t t) {
    obj_t value;
    tree_t folded = number_value(t->child[1], &value) ? number_tree(p, t, evaluate_unary) : TREE_NULL;
    if (!folded) {
        parser_cost(p, t->n);
    }
    return folded ? folded : t;
}

tree_t fold_binary(struct parser *p, tree_t t) {
    obj_t value;
    bool all = true;
    for (uint32_t i = 0; i < t->n && all; i += t->kind == N_POWER ? 1 : 2) {
        all = number_value(t->child[i], &value);
    }
    tree_t folded = all ? number_tree(p, t, evaluate_chain) : TREE_NULL;
    if (!folded) {
        parser_cost(p, t->n);
    }
    return folded ? folded : t;
}

// ---- logic ----------------------------------------------------------------------------------------------------------

tree_t fold_not(struct parser *p, tree_t t) {
    obj_t value;
    if (tree_constant(t->child[0], &value)) {
        return leaf_new(p, obj_true(value) ? N_FALSE : N_TRUE);
    }
    parser_cost(p, 1);
    return t;
}

tree_t fold_logic(struct parser *p, tree_t t) {
    bool deciding = t->kind == N_OR; // the truth value that ends the chain
    size_t mark = p->n;
    for (uint32_t i = 0; i < t->n; i++) {
        obj_t value;
        bool last = i + 1 == t->n;
        if (!last && tree_constant(t->child[i], &value)) {
            if (obj_true(value) != deciding) {
                continue;
            }
            last = true;
        }
        parser_push(p, t->child[i], 0);
        if (last) {
            break;
        }
    }
    size_t n = p->n - mark;
    if (n == 1) {
        return p->stack[--p->n].tree;
    }
    parser_cost(p, n);
    return node_collect(p, (enum tree_kind)t->kind, t->line, mark);
}

// ---- tuples ---------------------------------------------------------------------------------------------------------

tree_t fold_tuple(struct parser *p, size_t mark, bool second_line) {
    size_t n = p->n - mark;
    obj_t value;
    for (size_t i = mark; i < p->n; i++) {
        if (!tree_constant(p->stack[i].tree, &value)) {
            return TREE_NULL;
        }
    }
    obj_t tuple = tuple_new(n, NULL);
    for (size_t i = 0; i < n; i++) {
        tree_constant(p->stack[mark + i].tree, &((struct tuple *)tuple)->items[i]);
    }
    uint32_t line = p->stack[mark + (second_line ? 1 : 0)].line;
    p->n = mark;
    tree_t t = const_new(p, tuple, line);
    parser_cost(p, 1);
    return t;
}

// ---- names ----------------------------------------------------------------------------------------------------------

void named_add(struct parser *p, qstr_t name, obj_t value) {
    if (p->n_named == p->named_room) {
        p->named_room = p->named_room ? 2 * p->named_room : 16;
        p->named = host_resize(p->named, p->named_room * sizeof(p->named[0]));
    }
    arena_keep(p->tree->arena, value);
    p->named[p->n_named++] = (struct named_constant){name, value};
}

bool named_find(const struct parser *p, qstr_t name, obj_t *value) {
    for (size_t i = 0; i < p->n_named; i++) {
        if (p->named[i].name == name) {
            *value = p->named[i].value;
            return true;
        }
    }
    return false;
}

// NAME = const(value), also with an annotation for the cross-compiler: the constant is entered, the call disappears.
tree_t fold_assign(struct parser *p, tree_t t) {
    bool annotated = t->kind == N_ANNOTATE;
    if ((annotated && !p->options->cross) || t->n != (annotated ? 3u : 2u) || t->child[0]->kind != N_NAME || !t->child[t->n - 1]) {
        return t;
    }
    tree_t call = t->child[t->n - 1];
    if (call->kind != N_TRAILERS || call->n != 2 || call->child[0]->kind != N_NAME || call->child[0]->name != Q_const ||
        call->child[1]->kind != N_CALL) {
        return t;
    }
    tree_t arguments = call->child[1];
    obj_t value;
    if (arguments->n != 1 || arguments->op != 0 || !tree_constant(arguments->child[0], &value)) {
        parser_raise(p, token_line(p), str_new_rom("not a constant"));
    }
    qstr_t name = t->child[0]->name;
    named_add(p, name, value);
    if (qstr_text(name, NULL)[0] == '_') {
        return leaf_new(p, N_EMPTY);
    }
    t->child[t->n - 1] = arguments->child[0];
    return t;
}

tree_t fold_trailers(struct parser *p, tree_t t) {
    static const struct {
        qstr_t name;
        double value;
    } constants[] = {{Q_e, 0x1.5bf0a8b145769p+1}, {Q_pi, 0x1.921fb54442d18p+1}, {Q_tau, 0x1.921fb54442d18p+2},
                     {Q_inf, __builtin_inf()}, {Q_nan, __builtin_nan("")}};
    if (!p->options->cross || t->n != 2 || t->child[0]->kind != N_NAME || t->child[0]->name != Q_math || t->child[1]->kind != N_ATTR) {
        return t;
    }
    for (size_t i = 0; i < sizeof(constants) / sizeof(constants[0]); i++) {
        if (constants[i].name != t->child[1]->name) {
            continue;
        }
        obj_t value = constants[i].name == Q_nan && p->nan ? p->nan : float_new(constants[i].value);
        if (constants[i].name == Q_nan) {
            p->nan = value;
        }
        return const_new(p, value, 0);
    }
    return t;
}
