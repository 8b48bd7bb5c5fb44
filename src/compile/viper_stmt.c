// SPDX-License-Identifier: MIT
// Viper functions: statements, and what assignments become when a pointer is stored through. See viper.h.
#include "compile/viper.h"

#include "objects/types.h"
#include "rt.h"
#include "run/raise.h"

// ---- assignment -------------------------------------------------------------------------------------------------------------
static tree_t expression_statement(struct viper *v, tree_t value, uint32_t line) {
    tree_t t = viper_node(v, N_EXPR, 1);
    t->line = line;
    t->child[0] = value;
    return t;
}

static void value_to_object(struct viper *v, tree_t value, enum viper_type type) { viper_convert(v, value, type, VIPER_OBJECT); }

// Base and index of a target that ends in a subscript. True: it is a pointer, and *base and *index are to be used; else the target has
// been changed as far as needed.
static bool target_pointer(struct viper *v, tree_t target, tree_t *base, enum viper_type *type, tree_t *index,
                           enum viper_type *index_type) {
    tree_t last = target->child[target->n - 1];
    *base = target;
    *type = viper_trailers(v, base, target->n - 1);
    *index = last->child[0];
    *index_type = viper_expr(v, index);
    last->child[0] = *index;
    return *type != VIPER_OBJECT && *type != VIPER_NONE;
}

// A new target with the changed base.
static tree_t target_on(struct viper *v, tree_t target, tree_t base) {
    tree_t t = viper_node(v, N_TRAILERS, 2);
    t->line = target->line;
    t->child[0] = base;
    t->child[1] = target->child[target->n - 1];
    return t;
}

static tree_t pointer_store(struct viper *v, tree_t value, enum viper_type type, tree_t base, enum viper_type pointer, tree_t index,
                            enum viper_type index_type) {
    if (viper_is_pointer(pointer) && pointer != VIPER_PTR && !viper_is_integer(type)) viper_raise_type(v, "can't store '%s'", type, type);
    viper_check_index(v, pointer, index_type, true);
    const struct builtin *f = pointer == VIPER_PTR8 ? &viper_store_8 : pointer == VIPER_PTR16 ? &viper_store_16 : &viper_store_32;
    return viper_call(v, f, 3, (tree_t[]){value, base, index});
}

static void targets_of_objects(struct viper *v, tree_t *t);

// One target and its value, as a statement.
static tree_t assign_one(struct viper *v, tree_t target, tree_t value, enum viper_type type, uint32_t line) {
    tree_t base, index;
    enum viper_type pointer, index_type;
    if (target->kind == N_NAME) {
        viper_store(v, target->name, type);
    } else if (target->kind == N_TRAILERS && target->child[target->n - 1]->kind == N_SUBSCR) {
        if (target_pointer(v, target, &base, &pointer, &index, &index_type))
            return expression_statement(v, pointer_store(v, value, type, base, pointer, index, index_type), line);
        value_to_object(v, index, index_type);
        value_to_object(v, value, type);
        target = target_on(v, target, base);
    } else {
        value_to_object(v, value, type);
        targets_of_objects(v, &target);
    }
    tree_t t = viper_node(v, N_ASSIGN, 2);
    t->line = line;
    t->child[0] = target;
    t->child[1] = value;
    return t;
}

// Targets whose values come out of an object.
static void targets_of_objects(struct viper *v, tree_t *at) {
    stack_check_compiler();
    tree_t t = *at, base, index;
    enum viper_type pointer, index_type;
    switch (t->kind) {
    case N_NAME: viper_store(v, t->name, VIPER_OBJECT); return;
    case N_TRAILERS:
        if (t->child[t->n - 1]->kind == N_SUBSCR) {
            if (target_pointer(v, t, &base, &pointer, &index, &index_type))
                pointer_store(v, TREE_NULL, VIPER_OBJECT, base, pointer, index, index_type); // raises
            value_to_object(v, index, index_type);
        } else {
            base = t;
            value_to_object(v, t, viper_trailers(v, &base, t->n - 1));
        }
        *at = target_on(v, t, base);
        return;
    case N_TUPLE:
    case N_LIST:
    case N_STAR:
        for (uint32_t i = 0; i < t->n; i++) targets_of_objects(v, &t->child[i]);
        return;
    default: return; // the compiler refuses it
    }
}

// Each value into a hidden local of its own, then each target from its local.
static tree_t assign_apart(struct viper *v, uint32_t n, const tree_t *targets, const tree_t *values, const uint8_t *types,
                           uint32_t n_values, uint32_t line) {
    tree_t suite = viper_node(v, N_SUITE, n_values + n);
    qstr_t hidden = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (i < n_values) {
            hidden = viper_hide(v);
            suite->child[i] = viper_assign(v, hidden, values[i]);
            suite->child[i]->line = line;
        }
        suite->child[n_values + i] = viper_name(v, hidden);
    }
    for (uint32_t i = 0; i < n; i++) {
        tree_t value = suite->child[n_values + i];
        suite->child[n_values + i] = assign_one(v, targets[i], value, (enum viper_type)types[i < n_values ? i : n_values - 1], line);
    }
    return suite;
}

// a, b = x, y keeps the types of its values
static bool assigns_each(tree_t left, tree_t right) {
    if (left->kind != N_TUPLE || right->kind != N_TUPLE || left->paren || right->paren || left->n != right->n) return false;
    if (left->n != 2 && left->n != 3) return false;
    for (uint32_t i = 0; i < left->n; i++)
        if (left->child[i]->kind == N_STAR) return false;
    return true;
}

static void statement_assign_typed(struct viper *v, tree_t *t) {
    tree_t node = *t;
    uint32_t n = node->n - 1;
    uint8_t types[3];
    if (n == 1 && assigns_each(node->child[0], node->child[1])) {
        tree_t left = node->child[0], right = node->child[1];
        for (uint32_t i = 0; i < right->n; i++) types[i] = (uint8_t)viper_expr(v, &right->child[i]);
        *t = assign_apart(v, left->n, left->child, right->child, types, right->n, node->line);
        return;
    }
    types[0] = (uint8_t)viper_expr(v, &node->child[n]);
    if (n == 1)
        *t = assign_one(v, node->child[0], node->child[1], (enum viper_type)types[0], node->line);
    else
        *t = assign_apart(v, n, node->child, &node->child[n], types, 1, node->line);
}

static tree_t kept(struct viper *v, tree_t value, qstr_t name) {
    tree_t t = viper_node(v, N_WALRUS, 2);
    t->paren = true;
    t->child[0] = viper_name(v, name);
    t->child[1] = value;
    return t;
}

// p[i] op= x: base and index are worked out once, before x.
static tree_t augment_pointer(struct viper *v, tree_t node, tree_t base, enum viper_type pointer, tree_t index,
                              enum viper_type index_type) {
    viper_check_index(v, pointer, index_type, false);
    qstr_t base_name = viper_hide(v), index_name = viper_hide(v);
    tree_t value = viper_load(v, pointer, kept(v, base, base_name), kept(v, index, index_name)), right = node->child[2];
    enum viper_type type = viper_expr(v, &right);
    type = viper_binary(v, &value, VIPER_INT, node->child[1]->op, right, type);
    value = pointer_store(v, value, type, viper_name(v, base_name), pointer, viper_name(v, index_name), index_type);
    return expression_statement(v, value, node->line);
}

static void statement_augment_typed(struct viper *v, tree_t *t) {
    tree_t node = *t, target = node->child[0], base = target, index;
    enum viper_type pointer = VIPER_OBJECT, index_type;
    if (target->kind == N_NAME) {
        tree_t value = viper_name(v, target->name), right = node->child[2];
        enum viper_type a = viper_expr(v, &value), b = viper_expr(v, &right),
                        type = viper_binary(v, &value, a, node->child[1]->op, right, b);
        *t = viper_assign(v, target->name, value);
        (*t)->line = node->line;
        viper_store(v, target->name, type);
        return;
    }
    if (target->kind == N_TRAILERS) {
        if (target->child[target->n - 1]->kind == N_SUBSCR) {
            if (target_pointer(v, target, &base, &pointer, &index, &index_type)) {
                *t = augment_pointer(v, node, base, pointer, index, index_type);
                return;
            }
            value_to_object(v, index, index_type);
        } else {
            value_to_object(v, target, viper_trailers(v, &base, target->n - 1));
        }
        node->child[0] = target_on(v, target, base);
    }
    enum viper_type type = viper_expr(v, &node->child[2]);
    if (type != VIPER_OBJECT && type != VIPER_NONE) viper_raise_type(v, "can't do binary op between '%s' and '%s'", VIPER_OBJECT, type);
}

// ---- loops ------------------------------------------------------------------------------------------------------------------
// The bounds of `for NAME in range(...)` are machine words; other iterables give objects.
static bool is_range(struct viper *v, tree_t t) {
    tree_t source = t->child[1];
    if (t->child[0]->kind != N_NAME || source->kind != N_TRAILERS || source->n != 2 || source->child[1]->kind != N_CALL) return false;
    if (source->child[0]->kind != N_NAME || source->child[0]->name != Q_range || viper_find(v, Q_range) != NULL) return false;
    tree_t call = source->child[1];
    for (uint32_t i = 0; i < call->n; i++) {
        uint8_t kind = call->child[i]->kind;
        if (kind == N_STAR || kind == N_DSTAR || kind == N_KWARG || call->child[i]->paren) return false;
    }
    return call->n == 1 || call->n == 2 || (call->n == 3 && call->child[2]->kind == N_INT && call->child[2]->value != OBJ_INT(0));
}

static void statement_for_typed(struct viper *v, tree_t t) {
    if (is_range(v, t)) {
        tree_t call = t->child[1]->child[1];
        enum viper_type counter = VIPER_INT;
        for (uint32_t i = 0; i < call->n; i++) {
            enum viper_type type = viper_expr(v, &call->child[i]);
            if (!viper_is_integer(type))
                call->child[i] = viper_convert(v, call->child[i], type, VIPER_INT);
            else if (type == VIPER_UINT && i == 0 && call->n > 1)
                counter = VIPER_UINT;
        }
        viper_store(v, t->child[0]->name, counter);
    } else {
        viper_object(v, &t->child[1]);
        targets_of_objects(v, &t->child[0]);
    }
    viper_statement(v, &t->child[2]);
    viper_statement(v, &t->child[3]);
}

// ---- other statements -------------------------------------------------------------------------------------------------------
static void statement_return_typed(struct viper *v, tree_t *at) {
    tree_t t = *at;
    if (t->n == 0 || t->child[0] == TREE_NULL) {
        if (v->result == VIPER_OBJECT) return;
        *at = t = viper_node(v, N_RETURN, 1);
        t->child[0] = viper_node(v, N_NONE, 0);
        t->child[0]->leaf = true;
    }
    enum viper_type type = viper_expr(v, &t->child[0]);
    if (v->result == VIPER_OBJECT || type == VIPER_NONE)
        t->child[0] = viper_convert(v, t->child[0], type, v->result);
    else if (type != v->result)
        viper_raise_type(v, "return expected '%s' but got '%s'", v->result, type);
}

static void statement_raise_typed(struct viper *v, tree_t t) {
    if (t->n == 0 || t->child[0] == TREE_NULL || (t->n > 1 && t->child[1] != TREE_NULL))
        viper_raise(v, &type_NotImplementedError, "native raise", "", "", "");
    enum viper_type type = viper_expr(v, &t->child[0]);
    if (type != VIPER_OBJECT) viper_raise(v, &type_ViperTypeError, "must raise an object", "", "", "");
}

// What is evaluated when a nested function or class is made, and its name.
static void statement_define(struct viper *v, tree_t t) {
    if (t->kind == N_ASYNC) t = t->child[0];
    if (t->kind == N_CLASS) {
        for (uint32_t i = 1; i < t->n; i++) {
            tree_t *a = &t->child[i];
            bool wrapped = (*a)->kind == N_STAR || (*a)->kind == N_DSTAR || (*a)->kind == N_KWARG;
            viper_object_maybe(v, wrapped ? &(*a)->child[0] : a);
        }
    } else {
        tree_t params = t->child[0];
        for (uint32_t i = 0; params != TREE_NULL && i < params->n; i++) viper_object_maybe(v, &params->child[i]->child[0]);
    }
    viper_store(v, t->name, VIPER_OBJECT);
}

static void statement_decorated_typed(struct viper *v, tree_t t) {
    for (uint32_t i = 1; i < t->n; i++)
        if (t->child[i]->n > 0 && t->child[i]->child[0] != TREE_NULL) viper_arguments(v, t->child[i]->child[0]);
    statement_define(v, t->child[0]);
}

static void statement_with_typed(struct viper *v, tree_t t) {
    for (uint32_t i = 1; i < t->n; i++) {
        tree_t item = t->child[i];
        viper_object(v, &item->child[0]);
        if (item->child[1] != TREE_NULL) targets_of_objects(v, &item->child[1]);
    }
    viper_statement(v, &t->child[0]);
}

static void statement_if_typed(struct viper *v, tree_t t) {
    uint32_t i = 0;
    for (; i + 1 < t->n; i += 2) {
        viper_condition(v, &t->child[i]);
        viper_statement(v, &t->child[i + 1]);
    }
    if (i < t->n) viper_statement(v, &t->child[i]);
}

static void statement_try_typed(struct viper *v, tree_t t) {
    viper_statement(v, &t->child[0]);
    for (uint32_t i = 3; i < t->n; i++) {
        viper_object_maybe(v, &t->child[i]->child[0]);
        viper_statement(v, &t->child[i]->child[1]);
    }
    viper_statement(v, &t->child[1]);
    viper_statement(v, &t->child[2]);
}

static void statement_annotate_typed(struct viper *v, tree_t *t) {
    tree_t node = *t;
    if (node->child[2] == TREE_NULL) return;
    enum viper_type type = viper_expr(v, &node->child[2]); // the annotation itself says nothing, as in MicroPython
    *t = assign_one(v, node->child[0], node->child[2], type, node->line);
}

void viper_statement(struct viper *v, tree_t *at) {
    tree_t t = *at;
    if (t == TREE_NULL) return;
    stack_check_compiler();
    if (t->line != 0) v->line = t->line;
    switch (t->kind) {
    case N_SUITE:
        for (uint32_t i = 0; i < t->n; i++) viper_statement(v, &t->child[i]);
        return;
    case N_EXPR: viper_expr(v, &t->child[0]); return;
    case N_ASSIGN: statement_assign_typed(v, at); return;
    case N_AUGMENT: statement_augment_typed(v, at); return;
    case N_ANNOTATE: statement_annotate_typed(v, at); return;
    case N_DEL:
        for (uint32_t i = 0; i < t->n; i++)
            if (t->child[i]->kind == N_TRAILERS) targets_of_objects(v, &t->child[i]);
        return;
    case N_RETURN: statement_return_typed(v, at); return;
    case N_RAISE: statement_raise_typed(v, t); return;
    case N_ASSERT:
        viper_condition(v, &t->child[0]);
        if (t->n > 1) viper_object_maybe(v, &t->child[1]);
        return;
    case N_IF: statement_if_typed(v, t); return;
    case N_WHILE:
        viper_condition(v, &t->child[0]);
        viper_statement(v, &t->child[1]);
        viper_statement(v, &t->child[2]);
        return;
    case N_FOR: statement_for_typed(v, t); return;
    case N_TRY: statement_try_typed(v, t); return;
    case N_WITH: statement_with_typed(v, t); return;
    case N_DEF:
    case N_CLASS: statement_define(v, t); return;
    case N_DECORATED: statement_decorated_typed(v, t); return;
    case N_ASYNC:
        if (t->child[0]->kind != N_DEF) viper_raise(v, &type_NotImplementedError, "native yield", "", "", "");
        statement_define(v, t);
        return;
    default: return; // pass, break, continue, global, nonlocal, import
    }
}
