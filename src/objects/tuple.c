// SPDX-License-Identifier: MIT
// tuple: one run of 2 + n words, the items behind the length. There is one empty tuple, which is static.
// Named tuples and attribute tuples have the same layout and use the operators of this file; results of operators are plain tuples.
#include "heap/heap.h"
#include "objects/map.h"
#include "objects/seq.h"
#include "objects/seq_live.h"
#include "objects/types.h"
#include "rt.h"
#include "run/call.h"
#include "run/patience.h"
#include "run/raise.h"

const struct tuple tuple_empty = {&type_tuple, 0};

obj_t tuple_new(size_t n, const obj_t *items) {
    if (n == 0) { return OBJ_EMPTY_TUPLE; }
    if (n > SIZE_MAX / 64) { raise_no_memory(SIZE_MAX); }
    struct tuple *t = heap_new(2 + n, 0, HEAP_REFS);
    t->type = &type_tuple;
    t->len = n;
    if (items != NULL) { memcpy(t->items, items, n * sizeof *items); }
    return OBJ_PTR(t);
}

bool obj_is_tuple(obj_t o) {
    if (!obj_is_ptr(o)) { return false; }
    const struct type *t = ((const struct object *)o)->type;
    return t == &type_tuple || (t->ops != NULL && t->ops->iter == tuple_iter);
}

static struct tuple *tuple_self(obj_t o) {
    if (!obj_is_tuple(o)) { raise_format(&type_TypeError, "argument should be a '%q' not a '%s'", Q_tuple, obj_type_name(o)); }
    return (struct tuple *)o;
}

obj_t tuple_from_iterable(obj_t iterable) {
    if (obj_is(iterable, &type_tuple)) { return iterable; }
    size_t room = 4, len = 0;
    obj_t *items = heap_new(room, 0, HEAP_REFS);
    obj_t it = iter_begin(iterable, NULL);
    for (obj_t item; (item = iter_next(it)) != OBJ_NULL;) {
        if (len == room) {
            items = heap_resize(items, 2 * room, 0, HEAP_REFS);
            room *= 2;
        }
        items[len++] = item;
    }
    obj_t t = tuple_new(len, items);
    heap_free(items);
    return t;
}

static obj_t tuple_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    (void)type;
    args_check(n, kw, 0, 1, false);
    return n == 0 ? OBJ_EMPTY_TUPLE : tuple_from_iterable(args[0]);
}

void tuple_print(struct printer *p, obj_t self, enum print_kind kind) {
    struct tuple *t = (struct tuple *)self;
    obj_t *items = t->items;
    print_text(p, kind == PRINT_JSON ? "[" : "(");
    seq_print(p, &t->len, &items, kind);
    print_text(p, kind == PRINT_JSON ? "]" : t->len == 1 ? ",)" : ")");
}

obj_t tuple_unary(enum unary_op op, obj_t self) {
    const struct tuple *t = (const struct tuple *)self;
    switch (op) {
    case OP_BOOL: return obj_bool(t->len != 0);
    case OP_LEN: return OBJ_INT(t->len);
    case OP_SIZEOF: return OBJ_INT((2 + t->len) * rt.profile.word_bytes);
    case OP_HASH: {
        stack_check();
        uintptr_t sum = 98896;
        for (size_t i = 0; i < t->len; i++) {
            poll_keyboard();
            sum += (uintptr_t)obj_int(obj_hash(t->items[i]));
        }
        return seq_hash_result(sum);
    }
    default: return OBJ_NULL;
    }
}

// A tuple, or the one inside an instance of a Python subclass; OBJ_NULL for others.
static obj_t tuple_operand(obj_t o) { return obj_is_tuple(o) ? o : obj_native(o, &type_tuple); }

static obj_t tuple_concat(obj_t left, obj_t right) {
    left = tuple_operand(left);
    right = tuple_operand(right);
    if (left == OBJ_NULL || right == OBJ_NULL) { return OBJ_NULL; }
    const struct tuple *a = (const struct tuple *)left, *b = (const struct tuple *)right;
    obj_t sum = tuple_new(a->len + b->len, NULL);
    struct tuple *t = (struct tuple *)sum;
    if (a->len != 0) { copy_patiently(t->items, a->items, a->len * sizeof(obj_t)); }
    if (b->len != 0) { copy_patiently(t->items + a->len, b->items, b->len * sizeof(obj_t)); }
    return sum;
}

static obj_t tuple_repeat(obj_t self, obj_t times) {
    const struct tuple *t = (const struct tuple *)self;
    size_t count;
    if (!seq_repeat_count(times, &count)) { return OBJ_NULL; }
    size_t total = seq_repeat_length(t->len, count);
    obj_t out = tuple_new(total, NULL);
    seq_repeat(((struct tuple *)out)->items, t->items, t->len, total);
    return out;
}

static obj_t tuple_compare(enum binary_op op, obj_t left, obj_t right) {
    left = tuple_operand(left);
    right = tuple_operand(right);
    if (left == OBJ_NULL || right == OBJ_NULL) { return OBJ_NULL; }
    stack_check();
    struct tuple *a = (struct tuple *)left, *b = (struct tuple *)right;
    return obj_bool(seq_compare(op, a->len, a->items, b->len, b->items));
}

obj_t tuple_binary(enum binary_op op, obj_t left, obj_t right) {
    switch (op) {
    case OP_EQ:
    case OP_LT:
    case OP_LE:
    case OP_GT:
    case OP_GE: return tuple_compare(op, left, right);
    case OP_ADD: return tuple_concat(left, right);
    case OP_MUL:
    case OP_RMUL: return obj_is_tuple(left) ? tuple_repeat(left, right) : tuple_repeat(right, left);
    case OP_CONTAINS: {
        struct tuple *t = (struct tuple *)left;
        obj_t *items = t->items;
        return obj_bool(seq_contains_live(&t->len, &items, right));
    }
    default: return OBJ_NULL;
    }
}

obj_t tuple_subscr(obj_t self, obj_t index, obj_t value) {
    if (value != OBJ_SENTINEL) { return OBJ_NULL; }
    const struct tuple *t = (const struct tuple *)self;
    if (obj_is(index, &type_slice)) {
        struct slice_bounds b;
        if (!slice_indices(t->len, index, &b)) {
            raise_message(&type_NotImplementedError, "only slices with step=1 (aka None) are supported");
        }
        return tuple_new(b.count, b.count == 0 ? NULL : t->items + b.start);
    }
    return t->items[obj_get_index(t->type, t->len, index, false)];
}

static obj_t tuple_next(obj_t self) {
    struct polymorph_iter *it = (struct polymorph_iter *)self;
    const struct tuple *t = (const struct tuple *)it->of;
    return it->cursor < t->len ? t->items[it->cursor++] : iter_end();
}

obj_t tuple_iter(obj_t self, struct iter_buf *buf) { return iter_build(buf, tuple_next, self, 0); }

static obj_t tuple_count(obj_t self, obj_t item) {
    struct tuple *t = tuple_self(self);
    return seq_count(t->items, t->len, item);
}

static obj_t tuple_index(size_t n, const obj_t *args) {
    struct tuple *t = tuple_self(args[0]);
    return seq_index(t->items, t->len, n, args);
}

BUILTIN_2(tuple_count_fn, tuple_count);
BUILTIN_VAR(tuple_index_fn, 2, 4, tuple_index);

static const struct map_slot tuple_members[] = {
    MEMBER(count, &tuple_count_fn),
    MEMBER(index, &tuple_index_fn),
};
static FIXED_DICT(tuple_dict, tuple_members);

static const struct type_ops tuple_ops = {
    .print = tuple_print,
    .construct = tuple_construct,
    .unary = tuple_unary,
    .binary = tuple_binary,
    .subscr = tuple_subscr,
    .iter = tuple_iter,
};
const struct type type_tuple = {
    .type = &type_type, .name = Q_tuple, .flags = TYPE_EQ_OTHER_TYPES, .ops = &tuple_ops, .members = &tuple_dict};
