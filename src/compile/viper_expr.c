// SPDX-License-Identifier: MIT
// Viper functions: the types of expressions, and what becomes of those that are not all objects. See viper.h.
#include "compile/viper.h"

#include "heap/intern.h"
#include "objects/str.h"
#include "objects/types.h"
#include "rt.h"
#include "run/raise.h"

// ---- conversions ------------------------------------------------------------------------------------------------------------
// Keeps the object in a hidden local as long as its address may be in use.
static tree_t pinned(struct viper *v, tree_t t) {
    tree_t keep = viper_node(v, N_WALRUS, 2);
    keep->paren = true;
    keep->child[0] = viper_name(v, viper_hide(v));
    keep->child[1] = viper_call(v, &viper_pin, 1, &t);
    return keep;
}

static tree_t checked_object(struct viper *v, tree_t t, enum viper_type from) {
    if (viper_is_pointer(from)) viper_raise(v, &type_NotImplementedError, "conversion to object", "", "", "");
    return t;
}

tree_t viper_convert(struct viper *v, tree_t t, enum viper_type from, enum viper_type to) {
    if (from == to || (viper_is_pointer(from) && (viper_is_pointer(to) || to == VIPER_UINT))) return t;
    switch (to) {
    case VIPER_OBJECT: return checked_object(v, t, from);
    case VIPER_BOOL: return viper_call(v, &viper_to_bool, 1, &t);
    case VIPER_INT: return viper_call(v, &viper_to_int, 1, &t);
    case VIPER_UINT: return viper_call(v, &viper_to_uint, 1, &t);
    default: break;
    }
    if (from == VIPER_UINT) return t;
    if (from != VIPER_OBJECT) return viper_call(v, &viper_to_uint, 1, &t);
    t = pinned(v, t);
    return viper_call(v, &viper_to_ptr, 1, &t);
}

void viper_object(struct viper *v, tree_t *t) {
    enum viper_type type = viper_expr(v, t); // changes *t
    *t = checked_object(v, *t, type);
}

void viper_object_maybe(struct viper *v, tree_t *t) {
    if (*t != TREE_NULL) viper_object(v, t);
}

// ---- truth ------------------------------------------------------------------------------------------------------------------
void viper_condition(struct viper *v, tree_t *t) {
    stack_check_compiler();
    tree_t node = *t;
    if (node->kind == N_OR || node->kind == N_AND || node->kind == N_NOT) {
        for (uint32_t i = 0; i < node->n; i++) viper_condition(v, &node->child[i]);
        return;
    }
    enum viper_type type = viper_expr(v, t);
    if (viper_is_pointer(type)) viper_raise_type(v, "can't implicitly convert '%s' to 'bool'", type, type);
}

// The common type of two values of which one is taken.
static enum viper_type either(struct viper *v, tree_t ta, enum viper_type a, tree_t tb, enum viper_type b) {
    if (a == b) return a;
    if (viper_is_integer(a) && viper_is_integer(b)) return VIPER_INT;
    checked_object(v, ta, a);
    checked_object(v, tb, b);
    return VIPER_OBJECT;
}

static enum viper_type expr_choice(struct viper *v, tree_t t, uint32_t from) {
    enum viper_type type = viper_expr(v, &t->child[from]);
    for (uint32_t i = from + 1; i < t->n; i++) {
        enum viper_type next = viper_expr(v, &t->child[i]);
        type = either(v, t->child[i - 1], type, t->child[i], next);
    }
    return type;
}

// ---- operators --------------------------------------------------------------------------------------------------------------
// Names of operators as messages have them; those that are no method have none.
static const char *operator_name(unsigned op) {
    switch (op) {
    case OP_ITRUEDIV: return "__itruediv__";
    case OP_TRUEDIV: return "__truediv__";
    case OP_IMATMUL: return "__imatmul__";
    case OP_MATMUL: return "__matmul__";
    case OP_IPOW: return "__ipow__";
    case OP_POW: return "__pow__";
    default: return "";
    }
}

static unsigned operator_plain(unsigned op) { return op >= OP_IOR && op <= OP_IPOW ? op - OP_IOR + OP_OR : op; }

static void check_integers(struct viper *v, enum viper_type a, unsigned op, enum viper_type b) {
    bool is_unsigned = a == VIPER_UINT || b == VIPER_UINT, mixed = is_unsigned && a != b;
    switch (operator_plain(op)) {
    case OP_LT:
    case OP_GT:
    case OP_LE:
    case OP_GE:
    case OP_EQ:
    case OP_NE:
        if (mixed) viper_raise(v, &type_ViperTypeError, "comparison of int and uint", "", "", "");
        return;
    case OP_FLOORDIV:
    case OP_MOD:
        if (is_unsigned) viper_raise(v, &type_ViperTypeError, "div/mod not implemented for uint", "", "", "");
        return;
    case OP_OR:
    case OP_XOR:
    case OP_AND:
    case OP_LSHIFT:
    case OP_RSHIFT:
    case OP_ADD:
    case OP_SUB:
    case OP_MUL: return;
    default: viper_raise(v, &type_ViperTypeError, "binary op %s not implemented", operator_name(op), "", "");
    }
}

static void check_operands(struct viper *v, enum viper_type a, unsigned op, enum viper_type b) {
    if (viper_is_integer(a) && viper_is_integer(b)) {
        check_integers(v, a, op, b);
        return;
    }
    bool objects = (a == VIPER_OBJECT || a == VIPER_NONE) && (b == VIPER_OBJECT || b == VIPER_NONE);
    if (!objects) viper_raise_type(v, "can't do binary op between '%s' and '%s'", a, b);
}

static tree_t binary_node(struct viper *v, tree_t a, unsigned op, tree_t b) {
    tree_t t = viper_node(v, N_BINARY, 3), sign = viper_node(v, N_OP, 0);
    sign->leaf = true;
    sign->op = (uint8_t)op;
    t->child[0] = a;
    t->child[1] = sign;
    t->child[2] = b;
    return t;
}

enum viper_type viper_binary(struct viper *v, tree_t *left, enum viper_type a, unsigned op, tree_t right, enum viper_type b) {
    check_operands(v, a, op, b);
    if (!viper_is_integer(a)) {
        *left = binary_node(v, *left, op, right);
        return VIPER_OBJECT;
    }
    op = operator_plain(op);
    enum viper_type type = a == VIPER_UINT ? VIPER_UINT : VIPER_INT;
    bool fits =
        op == OP_RSHIFT || op == OP_MOD || ((op == OP_AND || op == OP_OR || op == OP_XOR) && (a == VIPER_UINT) == (b == VIPER_UINT));
    *left = op == OP_LSHIFT ? viper_call(v, &viper_left, 2, (tree_t[]){*left, right}) : binary_node(v, *left, op, right);
    if (!fits) *left = viper_call(v, type == VIPER_UINT ? &viper_to_uint : &viper_to_int, 1, left);
    return type;
}

static enum viper_type expr_binary(struct viper *v, tree_t *t) {
    tree_t node = *t, value = node->child[0];
    enum viper_type type = viper_expr(v, &value);
    for (uint32_t i = 1; i + 1 < node->n; i += 2) {
        tree_t right = node->child[i + 1];
        enum viper_type other = viper_expr(v, &right);
        type = viper_binary(v, &value, type, node->child[i]->op, right, other);
    }
    value->line = node->line;
    *t = value;
    return type;
}

static enum viper_type expr_power(struct viper *v, tree_t t) {
    enum viper_type a = viper_expr(v, &t->child[0]), b = viper_expr(v, &t->child[1]);
    check_operands(v, a, OP_POW, b);
    return VIPER_OBJECT;
}

static enum viper_type expr_compare(struct viper *v, tree_t t) {
    enum viper_type type = VIPER_BOOL, left = viper_expr(v, &t->child[0]);
    for (uint32_t i = 1; i + 1 < t->n; i += 2) {
        enum viper_type right = viper_expr(v, &t->child[i + 1]);
        unsigned op = t->child[i]->op == TREE_NOT_IN ? OP_IN : t->child[i]->op == TREE_IS_NOT ? OP_IS : t->child[i]->op;
        check_operands(v, left, op, right);
        if (!viper_is_integer(left)) type = VIPER_OBJECT;
        left = right;
    }
    return type;
}

static enum viper_type expr_unary(struct viper *v, tree_t *t) {
    enum viper_type type = viper_expr(v, &(*t)->child[1]);
    if (viper_is_pointer(type)) viper_raise_type(v, "can't do unary op of '%s'", type, type);
    if (!viper_is_integer(type)) return VIPER_OBJECT;
    if (type == VIPER_BOOL) type = VIPER_INT;
    *t = viper_call(v, type == VIPER_UINT ? &viper_to_uint : &viper_to_int, 1, t);
    return type;
}

static enum viper_type expr_not(struct viper *v, tree_t t) {
    enum viper_type type = viper_expr(v, &t->child[0]);
    if (type != VIPER_OBJECT && type != VIPER_NONE && type != VIPER_BOOL)
        viper_raise(v, &type_ViperTypeError, "'not' not implemented", "", "", "");
    return type == VIPER_BOOL ? VIPER_BOOL : VIPER_OBJECT;
}

// ---- trailers ---------------------------------------------------------------------------------------------------------------
void viper_arguments(struct viper *v, tree_t call) {
    for (uint32_t i = 0; i < call->n; i++) {
        tree_t *a = &call->child[i];
        bool wrapped = (*a)->kind == N_STAR || (*a)->kind == N_DSTAR || (*a)->kind == N_KWARG;
        viper_object_maybe(v, wrapped ? &(*a)->child[0] : a);
    }
}

static bool is_cast_name(struct viper *v, tree_t t, enum viper_type *type) {
    return t->kind == N_NAME && viper_find(v, t->name) == NULL && viper_type_find(t->name, type);
}

static bool is_cast(struct viper *v, tree_t t, enum viper_type *type) {
    if (t->n < 2 || t->child[1]->kind != N_CALL || t->child[1]->n != 1 || !is_cast_name(v, t->child[0], type)) return false;
    uint8_t kind = t->child[1]->child[0]->kind;
    return kind != N_STAR && kind != N_DSTAR && kind != N_KWARG;
}

static tree_t cast(struct viper *v, tree_t value, enum viper_type to) {
    enum viper_type from;
    if (is_cast_name(v, value, &from)) viper_raise(v, &type_NotImplementedError, "casting", "", "", "");
    from = viper_expr(v, &value);
    return viper_convert(v, value, from == VIPER_NONE ? VIPER_OBJECT : from, to);
}

void viper_check_index(struct viper *v, enum viper_type base, enum viper_type index, bool store) {
    if (base == VIPER_PTR || !viper_is_pointer(base))
        viper_raise_type(v, store ? "can't store to '%s'" : "can't load from '%s'", base, base);
    if (!viper_is_integer(index)) viper_raise_type(v, store ? "can't store with '%s' index" : "can't load with '%s' index", index, index);
}

tree_t viper_load(struct viper *v, enum viper_type base, tree_t pointer, tree_t index) {
    const struct builtin *f = base == VIPER_PTR8 ? &viper_load_8 : base == VIPER_PTR16 ? &viper_load_16 : &viper_load_32;
    return viper_call(v, f, 2, (tree_t[]){pointer, index});
}

// One more trailer behind *value, which is an N_TRAILERS with room, or something else.
static void append_trailer(struct viper *v, tree_t *value, tree_t *open, tree_t trailer, uint32_t room) {
    if (*open == TREE_NULL) {
        *open = viper_node(v, N_TRAILERS, room);
        (*open)->n = 1;
        (*open)->line = (*value)->line;
        (*open)->child[0] = *value;
        *value = *open;
    }
    (*open)->child[(*open)->n++] = trailer;
}

enum viper_type viper_trailers(struct viper *v, tree_t *t, uint32_t end) {
    tree_t node = *t, value = node->child[0], open = TREE_NULL;
    enum viper_type type;
    uint32_t i = 1;
    if (end > 1 && is_cast(v, node, &type)) {
        value = cast(v, node->child[1]->child[0], type);
        i = 2;
    } else {
        type = viper_expr(v, &value);
    }
    for (; i < end; i++) {
        tree_t trailer = node->child[i];
        bool object = type == VIPER_OBJECT || type == VIPER_NONE;
        if (trailer->kind == N_SUBSCR) {
            enum viper_type index = viper_expr(v, &trailer->child[0]);
            if (!object) {
                viper_check_index(v, type, index, false);
                value = viper_load(v, type, value, trailer->child[0]);
                value->line = trailer->line;
                open = TREE_NULL;
                type = VIPER_INT;
                continue;
            }
            checked_object(v, trailer->child[0], index);
        } else if (trailer->kind == N_CALL) {
            viper_arguments(v, trailer);
        }
        value = checked_object(v, value, type);
        append_trailer(v, &value, &open, trailer, node->n + 1);
        type = VIPER_OBJECT;
    }
    if (open != TREE_NULL) open->line = node->line;
    *t = value;
    return type;
}

// ---- all --------------------------------------------------------------------------------------------------------------------
static enum viper_type expr_name(struct viper *v, tree_t t) {
    struct viper_local *l = viper_find(v, t->name);
    if (l == NULL || l->outside) return VIPER_OBJECT;
    if (l->type == VIPER_UNBOUND)
        viper_raise(v, &type_ViperTypeError, "local '%s' used before type known", qstr_text(t->name, NULL), "", "");
    return (enum viper_type)l->type;
}

static enum viper_type expr_leaf(struct viper *v, tree_t t) {
    switch (t->kind) {
    case N_NAME: return expr_name(v, t);
    case N_INT: return VIPER_INT;
    case N_NONE: return VIPER_NONE;
    case N_TRUE:
    case N_FALSE: return VIPER_BOOL;
    case N_CONST: return obj_is_int(t->value) ? VIPER_INT : VIPER_OBJECT;
    default: return VIPER_OBJECT;
    }
}

enum viper_type viper_expr(struct viper *v, tree_t *at) {
    stack_check_compiler();
    tree_t t = *at;
    if (t->kind <= N_CONST) return expr_leaf(v, t);
    enum viper_type type;
    switch (t->kind) {
    case N_IF_EXP: viper_condition(v, &t->child[0]); return expr_choice(v, t, 1);
    case N_OR:
    case N_AND: return expr_choice(v, t, 0);
    case N_NOT: return expr_not(v, t);
    case N_COMPARE: return expr_compare(v, t);
    case N_BINARY: return expr_binary(v, at);
    case N_POWER: return expr_power(v, t);
    case N_UNARY: return expr_unary(v, at);
    case N_WALRUS:
        type = viper_expr(v, &t->child[1]);
        if (t->child[0]->kind == N_NAME) viper_store(v, t->child[0]->name, type);
        return type;
    case N_TRAILERS: return viper_trailers(v, at, t->n);
    case N_AWAIT:
    case N_YIELD:
    case N_YIELD_FROM: viper_raise(v, &type_NotImplementedError, "native yield", "", "", "");
    case N_TUPLE:
    case N_LIST:
    case N_SET:
    case N_DICT:
    case N_PAIR:
    case N_SLICE:
    case N_STAR:
        for (uint32_t i = 0; i < t->n; i++) viper_object_maybe(v, &t->child[i]);
        return VIPER_OBJECT;
    default: return VIPER_OBJECT; // comprehensions and lambdas are plain Python
    }
}
