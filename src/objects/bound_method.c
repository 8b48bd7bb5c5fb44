// SPDX-License-Identifier: MIT
// A function together with its first argument, made when a method is taken as a value. Two are equal when both parts are the same.
#include "heap/heap.h"
#include "objects/instance.h"
#include "rt.h"
#include "run/call.h"
#include "run/raise.h"

obj_t bound_method_new(obj_t function, obj_t self) {
    struct bound_method *m = heap_new(3, 0, HEAP_REFS);
    m->type = &type_bound_method;
    m->function = function;
    m->self = self;
    return OBJ_PTR(m);
}

// On the board the array is on the C stack up to four argument words, in the heap beyond.
obj_t call_with_self(obj_t f, obj_t self, size_t n, size_t kw, const obj_t *args) {
    obj_t few[5], *all = few;
    size_t words = n + 2 * kw;
    if (words > 4) all = heap_new(1 + words, 0, HEAP_REFS);
    all[0] = self;
    if (words) memcpy(all + 1, args, words * sizeof(obj_t));
    obj_t result = call(f, n + 1, kw, all);
    if (all != few) heap_free(all);
    return result;
}

static obj_t bound_method_call(obj_t self, size_t n, size_t kw, const obj_t *args) {
    struct bound_method *m = (struct bound_method *)self;
    return call_with_self(m->function, m->self, n, kw, args);
}

static void bound_method_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    struct bound_method *m = (struct bound_method *)self;
    print_format(p, "<bound_method %lx ", (unsigned long)heap_address(m));
    obj_print(p, m->self, PRINT_REPR);
    print_text(p, ".");
    obj_print(p, m->function, PRINT_REPR);
    print_text(p, ">");
}

static obj_t bound_method_unary(enum unary_op op, obj_t self) {
    if (op != OP_HASH) return OBJ_NULL;
    struct bound_method *m = (struct bound_method *)self;
    uint64_t hash = heap_address((void *)m->function) ^ (obj_is_ptr(m->self) ? heap_address((void *)m->self) : (uint64_t)m->self);
    return OBJ_INT((intptr_t)(hash & (uint64_t)(rt.small_span >> 1)));
}

static obj_t bound_method_binary(enum binary_op op, obj_t left, obj_t right) {
    if (op != OP_EQ) return OBJ_NULL;
    struct bound_method *a = (struct bound_method *)left, *b = (struct bound_method *)right;
    return obj_bool(a->function == b->function && a->self == b->self);
}

static void bound_method_attr(obj_t self, qstr_t name, obj_t value, obj_t out[2]) {
    obj_t f = ((struct bound_method *)self)->function;
    const struct type *type = obj_type(f);
    if (value == OBJ_NULL && (type->flags & TYPE_BINDS) && !type_is_builtin(type) && type->ops->attr) type->ops->attr(f, name, value, out);
}

static const struct type_ops bound_method_ops = {
    .print = bound_method_print, .call = bound_method_call, .unary = bound_method_unary, .binary = bound_method_binary,
        .attr = bound_method_attr};
const struct type type_bound_method = {.type = &type_type, .name = Q_bound_method, .flags = TYPE_TRUE, .ops = &bound_method_ops};
