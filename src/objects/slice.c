// SPDX-License-Identifier: MIT
// slice objects (4 words) and the arithmetic of slices. Python programs get slices only from the brackets of a subscription; the type
// cannot be called.
#include "heap/heap.h"
#include "objects/num.h"
#include "objects/seq.h"
#include "run/call.h"
#include "run/raise.h"

obj_t slice_new(obj_t start, obj_t stop, obj_t step) {
    struct slice *s = heap_new(4, 0, HEAP_REFS);
    *s = (struct slice){&type_slice, start, stop, step};
    return OBJ_PTR(s);
}

// A bound as it counts from the front, kept within low..high.
static intptr_t slice_bound(obj_t bound, intptr_t missing, intptr_t len, intptr_t low, intptr_t high) {
    if (bound == OBJ_NONE) { return missing; }
    intptr_t at = obj_get_int(bound);
    if (at < 0) { at += len; }
    return at < low ? low : at > high ? high : at;
}

bool slice_indices(size_t length, obj_t slice, struct slice_bounds *out) {
    const struct slice *s = (const struct slice *)slice;
    intptr_t len = (intptr_t)length, start, stop;
    intptr_t step = s->step == OBJ_NONE ? 1 : obj_get_int(s->step);
    if (step == 0) { raise_message(&type_ValueError, "slice step can't be zero"); }
    size_t count = 0;
    if (step > 0) {
        start = slice_bound(s->start, 0, len, 0, len);
        stop = slice_bound(s->stop, len, len, 0, len);
        if (start < stop) { count = ((size_t)stop - (size_t)start - 1) / (size_t)step + 1; }
    } else {
        start = slice_bound(s->start, len - 1, len, -1, len - 1);
        stop = slice_bound(s->stop, -1, len, -1, len - 1);
        if (start > stop) { count = ((size_t)start - (size_t)stop - 1) / ((size_t)0 - (size_t)step) + 1; }
    }
    *out = (struct slice_bounds){(size_t)start, (size_t)stop, step, count};
    return step == 1;
}

obj_t index_plain(obj_t index) {
    intptr_t i;
    return !obj_is_int(index) && obj_get_int_maybe(index, &i) ? int_from(i) : index;
}

static obj_t slice_bound_plain(obj_t bound) { return bound == OBJ_NONE || obj_is_int(bound) ? bound : int_from(obj_get_int(bound)); }

obj_t slice_plain(obj_t slice, struct slice *plain) {
    const struct slice *s = (const struct slice *)slice;
    if ((s->start == OBJ_NONE || obj_is_int(s->start)) && (s->stop == OBJ_NONE || obj_is_int(s->stop)) &&
        (s->step == OBJ_NONE || obj_is_int(s->step)))
        return slice;
    *plain = (struct slice){s->type, slice_bound_plain(s->start), slice_bound_plain(s->stop), slice_bound_plain(s->step)};
    return OBJ_PTR(plain);
}

static void slice_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    const struct slice *s = (const struct slice *)self;
    print_text(p, "slice(");
    obj_print(p, s->start, PRINT_REPR);
    print_text(p, ", ");
    obj_print(p, s->stop, PRINT_REPR);
    print_text(p, ", ");
    obj_print(p, s->step, PRINT_REPR);
    print_text(p, ")");
}

// Types with operators are not hashed by identity; this one has none, and cannot be hashed either.
static obj_t slice_binary(enum binary_op op, obj_t left, obj_t right) {
    (void)op, (void)left, (void)right;
    return OBJ_NULL;
}

static obj_t slice_indices_method(obj_t self, obj_t length) {
    if (!obj_is(self, &type_slice)) { raise_format(&type_TypeError, "argument should be a '%q' not a '%s'", Q_slice, obj_type_name(self)); }
    struct slice_bounds b;
    slice_indices((size_t)obj_get_int(length), self, &b);
    return tuple_new(3, (obj_t[]){int_from((intptr_t)b.start), int_from((intptr_t)b.stop), int_from(b.step)});
}
BUILTIN_2(slice_indices_fn, slice_indices_method);

static void slice_attr(obj_t self, qstr_t name, obj_t value, obj_t out[2]) {
    const struct slice *s = (const struct slice *)self;
    if (value != OBJ_NULL) { return; }
    if (name == Q_start) {
        out[0] = s->start;
    } else if (name == Q_stop) {
        out[0] = s->stop;
    } else if (name == Q_step) {
        out[0] = s->step;
    } else if (name == Q_indices) {
        out[0] = OBJ_PTR(&slice_indices_fn);
        out[1] = self;
    }
}

static const struct type_ops slice_ops = {.print = slice_print, .binary = slice_binary, .attr = slice_attr};
const struct type type_slice = {.type = &type_type, .name = Q_slice, .ops = &slice_ops};
