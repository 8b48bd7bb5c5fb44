// SPDX-License-Identifier: MIT
// range: three machine integers, 4 words. Its iterator counts in place, also in 4 words.
// The length is computed in unsigned arithmetic and so is right for every start, stop and step. Ranges are equal only to themselves.
#include "heap/heap.h"
#include "objects/num.h"
#include "objects/seq.h"
#include "rt.h"
#include "run/call.h"
#include "run/raise.h"

struct range_iter {
    const struct type *type;
    intptr_t next, stop, step;
};
static const struct type type_range_iter;

obj_t range_new(intptr_t start, intptr_t stop, intptr_t step) {
    struct range *r = heap_new(4, 0, HEAP_DATA);
    *r = (struct range){&type_range, start, stop, step};
    return OBJ_PTR(r);
}

static obj_t range_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    (void)type;
    args_check(n, kw, 1, 3, false);
    intptr_t start = 0, step = 1, stop = obj_get_int(args[n > 1 ? 1 : 0]);
    if (n > 1) { start = obj_get_int(args[0]); }
    if (n > 2) {
        step = obj_get_int(args[2]);
    }
    obj_t range = range_new(start, stop, step);
    if (step == 0) { raise_message(&type_ValueError, "zero step"); }
    return range;
}

static size_t range_len(const struct range *r) {
    if (r->step > 0) { return r->start < r->stop ? ((size_t)r->stop - (size_t)r->start - 1) / (size_t)r->step + 1 : 0; }
    return r->start > r->stop ? ((size_t)r->start - (size_t)r->stop - 1) / ((size_t)0 - (size_t)r->step) + 1 : 0;
}

static intptr_t range_at(const struct range *r, size_t i) { return (intptr_t)((size_t)r->start + i * (size_t)r->step); }

static void range_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    const struct range *r = (const struct range *)self;
    print_format(p, "range(%ld, %ld", (long)r->start, (long)r->stop);
    if (r->step != 1) { print_format(p, ", %ld", (long)r->step); }
    print_text(p, ")");
}

static obj_t range_unary(enum unary_op op, obj_t self) {
    size_t len = range_len((const struct range *)self);
    switch (op) {
    case OP_BOOL: return obj_bool(len != 0);
    case OP_LEN: return int_from_u64(len);
    case OP_SIZEOF: return OBJ_INT(4 * rt.profile.word_bytes);
    default: return OBJ_NULL;
    }
}

// Only what needs no walk: anything but a small integer is left to the iteration.
static obj_t range_binary(enum binary_op op, obj_t left, obj_t right) {
    if (op != OP_CONTAINS || !obj_is_int(right)) { return OBJ_NULL; }
    const struct range *r = (const struct range *)left;
    intptr_t v = obj_int(right);
    if (r->step > 0) { return obj_bool(v >= r->start && v < r->stop && ((size_t)v - (size_t)r->start) % (size_t)r->step == 0); }
    return obj_bool(v <= r->start && v > r->stop && ((size_t)r->start - (size_t)v) % ((size_t)0 - (size_t)r->step) == 0);
}

static obj_t range_subscr(obj_t self, obj_t index, obj_t value) {
    if (value != OBJ_SENTINEL) { return OBJ_NULL; }
    const struct range *r = (const struct range *)self;
    size_t len = range_len(r);
    if (obj_is(index, &type_slice)) {
        struct slice_bounds b;
        slice_indices(len, index, &b);
        intptr_t step = (intptr_t)((size_t)r->step * (size_t)b.step);
        return range_new(range_at(r, b.start), range_at(r, b.stop), step == 0 ? 1 : step);
    }
    return int_from(range_at(r, obj_get_index(&type_range, len, index, false)));
}

static void range_attr(obj_t self, qstr_t name, obj_t value, obj_t out[2]) {
    const struct range *r = (const struct range *)self;
    if (value != OBJ_NULL) { return; }
    if (name == Q_start) {
        out[0] = int_from(r->start);
    } else if (name == Q_stop) {
        out[0] = int_from(r->stop);
    } else if (name == Q_step) {
        out[0] = int_from(r->step);
    }
}

static obj_t range_next(obj_t self) {
    struct range_iter *it = (struct range_iter *)self;
    intptr_t v = it->next;
    if (it->step > 0 ? v >= it->stop : v <= it->stop) { return iter_end(); }
    if (__builtin_add_overflow(v, it->step, &it->next)) { // the next one is beyond stop, however far that is
        it->next = it->stop;
    }
    return int_from(v);
}

static obj_t range_iter(obj_t self, struct iter_buf *buf) {
    struct range_iter *it = iter_room(buf);
    const struct range *r = (const struct range *)self;
    *it = (struct range_iter){&type_range_iter, r->start, r->stop, r->step};
    return OBJ_PTR(it);
}

static const struct type_ops range_iter_ops = {.iter = iter_self, .next = range_next};
static const struct type type_range_iter = {
    .type = &type_type, .name = Q_iterator, .flags = TYPE_SELF_ITER | TYPE_TRUE, .ops = &range_iter_ops};

static const struct type_ops range_ops = {
    .print = range_print,
    .construct = range_construct,
    .unary = range_unary,
    .binary = range_binary,
    .attr = range_attr,
    .subscr = range_subscr,
    .iter = range_iter,
};
const struct type type_range = {.type = &type_type, .name = Q_range, .ops = &range_ops};
