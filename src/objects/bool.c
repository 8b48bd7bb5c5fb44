// SPDX-License-Identifier: MIT
// type_bool with its two values. In MicroPython bool is no subclass of int: it has none of its methods, but takes part in arithmetic
// as the small integer 0 or 1 (and error messages then speak of 'int').
#include "num.h"
#include "run/call.h"

const struct object obj_true_object = {&type_bool}, obj_false_object = {&type_bool};

static void bool_print(struct printer *p, obj_t self, enum print_kind kind) {
    if (kind == PRINT_JSON) print_text(p, self == OBJ_TRUE ? "true" : "false");
    else print_text(p, self == OBJ_TRUE ? "True" : "False");
}

static obj_t bool_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    (void)type;
    args_no_keywords(kw);
    args_check(n, kw, 0, 1, false);
    return obj_bool(n == 1 && obj_true(args[0]));
}

static obj_t bool_unary(enum unary_op op, obj_t self) {
    int v = self == OBJ_TRUE;
    switch (op) {
    case OP_NOT: return obj_bool(!v);
    case OP_BOOL: return self;
    case OP_POSITIVE:
    case OP_ABS:
    case OP_INT:
    case OP_HASH: return OBJ_INT(v);
    case OP_NEGATIVE: return OBJ_INT(-v);
    case OP_INVERT: return OBJ_INT(~v);
    default: return OBJ_NULL;
    }
}

static obj_t bool_binary(enum binary_op op, obj_t left, obj_t right) {
    if (op >= OP_ROR) { // the other operand could not: refuse in the words of int
        if (!obj_is_integer(right)) return obj_binary(op, int_plain(left), right);
        return obj_binary((enum binary_op)(op - OP_ROR + OP_OR), right, int_plain(left));
    }
    if (op > OP_DIVMOD) return OBJ_NULL;
    if (obj_is_integer(right)) {
        obj_t answer = int_binary(op, left, right);
        return answer == OBJ_NULL && op >= OP_OR ? obj_binary(op, int_plain(left), int_plain(right)) : answer;
    }
    if (op == OP_EQ) return type_int.ops->binary(op, int_plain(left), right);
    return obj_binary(op, int_plain(left), right);
}

static const struct type_ops bool_ops = {.print = bool_print, .construct = bool_construct, .unary = bool_unary, .binary = bool_binary};
const struct type type_bool = {
    .type = &type_type, .name = Q_bool, .flags = TYPE_EQ_OTHER_TYPES, .ops = &bool_ops, .members = NULL, .bases = OBJ_NULL};
