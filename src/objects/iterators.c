// SPDX-License-Identifier: MIT
// Iterators that belong to no container: the two general ones, and enumerate, zip, map, filter, reversed.
//
//  - An iterator of 4 words can live in a struct iter_buf (a for loop's slots, a C local) or in the heap.
//  - The end of an iteration is OBJ_NULL with rt.stop_value set (iter_end).
//  - enumerate, zip, map and filter are made first and their sources' iterators, always in the heap, after them.
//  - Each step of theirs re-enters other iterators, hence the stack_check().
#include "heap/heap.h"
#include "objects/num.h"
#include "objects/seq.h"
#include "objects/types.h"
#include "rt.h"
#include "run/call.h"
#include "run/raise.h"

void *iter_room(struct iter_buf *buf) { return buf != NULL ? (void *)buf : heap_new(4, 0, HEAP_REFS); }

obj_t iter_build(struct iter_buf *buf, obj_t (*next)(obj_t), obj_t of, size_t cursor) {
    struct polymorph_iter *it = iter_room(buf);
    *it = (struct polymorph_iter){&type_polymorph_iter, next, of, cursor};
    return OBJ_PTR(it);
}

obj_t iter_end(void) {
    rt.stop_value = OBJ_NONE;
    return OBJ_NULL;
}

static obj_t polymorph_next(obj_t self) { return ((struct polymorph_iter *)self)->next(self); }

static const struct type_ops polymorph_ops = {.iter = iter_self, .next = polymorph_next};
const struct type type_polymorph_iter = {
    .type = &type_type, .name = Q_iterator, .flags = TYPE_SELF_ITER | TYPE_TRUE, .ops = &polymorph_ops};

// ---- objects with __getitem__ only ------------------------------------------------------------------------------------
struct getitem_iter {
    const struct type *type;
    obj_t function, self, index; // laid out for call_method
};
struct getitem_step {
    struct getitem_iter *it;
    obj_t item;
};

obj_t iter_build_getitem(struct iter_buf *buf, obj_t of) {
    obj_t method[2] = {OBJ_NULL, OBJ_NULL};
    obj_load_method_maybe(of, Q___getitem__, method);
    if (method[0] == OBJ_NULL) { return OBJ_NULL; }
    struct getitem_iter *it = iter_room(buf);
    *it = (struct getitem_iter){&type_getitem_iter, method[0], method[1], OBJ_INT(0)};
    return OBJ_PTR(it);
}

static void getitem_call(void *arg) {
    struct getitem_step *step = arg;
    obj_t args[3] = {step->it->function, step->it->self, step->it->index};
    step->item = call_method(1, 0, args);
}

static obj_t getitem_next(obj_t self) {
    struct getitem_step step = {(struct getitem_iter *)self, OBJ_NULL};
    obj_t exception = OBJ_NULL;
    if (protect(getitem_call, &step, &exception)) {
        step.it->index = int_from(obj_int(step.it->index) + 1);
        return step.item;
    }
    if (exception_matches(exception, OBJ_PTR(&type_StopIteration)) || exception_matches(exception, OBJ_PTR(&type_IndexError))) {
        return iter_end();
    }
    raise_object(exception);
}

static const struct type_ops getitem_ops = {.iter = iter_self, .next = getitem_next};
const struct type type_getitem_iter = {.type = &type_type, .name = Q_iterator, .flags = TYPE_SELF_ITER | TYPE_TRUE, .ops = &getitem_ops};

// ---- enumerate --------------------------------------------------------------------------------------------------------
struct enumerate {
    const struct type *type;
    obj_t source;
    intptr_t count;
};

static obj_t enumerate_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    static const struct arg_spec spec[] = {
        {Q_iterable, ARG_OBJ, ARG_REQUIRED, {.obj = OBJ_NULL}},
        {Q_start, ARG_INT, 0, {.i = 0}},
    };
    union arg_value value[2];
    args_parse(n, kw, args, 2, spec, value);
    struct enumerate *e = heap_new(3, 0, HEAP_REFS);
    e->type = type;
    e->source = iter_begin(value[0].obj, NULL);
    e->count = value[1].i;
    return OBJ_PTR(e);
}

static obj_t enumerate_next(obj_t self) {
    struct enumerate *e = (struct enumerate *)self;
    stack_check();
    obj_t item = iter_next(e->source);
    if (item == OBJ_NULL) { return OBJ_NULL; } // the result of the source's end goes on as it is
    intptr_t count = e->count;
    e->count = (intptr_t)((size_t)count + 1);
    obj_t pair = tuple_new(2, (obj_t[]){OBJ_INT(0), item});
    ((struct tuple *)pair)->items[0] = int_from(count);
    return pair;
}

static const struct type_ops enumerate_ops = {.construct = enumerate_construct, .iter = iter_self, .next = enumerate_next};
const struct type type_enumerate = {.type = &type_type, .name = Q_enumerate, .flags = TYPE_SELF_ITER | TYPE_TRUE, .ops = &enumerate_ops};

// ---- zip --------------------------------------------------------------------------------------------------------------
struct zip {
    const struct type *type;
    size_t n;
    obj_t sources[];
};

static obj_t zip_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    args_check(n, kw, 0, SIZE_MAX, false);
    struct zip *z = heap_new(2 + n, 0, HEAP_REFS);
    z->type = type;
    z->n = n;
    for (size_t i = 0; i < n; i++) { z->sources[i] = iter_begin(args[i], NULL); }
    return OBJ_PTR(z);
}

static obj_t zip_next(obj_t self) {
    struct zip *z = (struct zip *)self;
    stack_check();
    if (z->n == 0) { return iter_end(); }
    obj_t row = tuple_new(z->n, NULL);
    for (size_t i = 0; i < z->n; i++) {
        obj_t item = iter_next(z->sources[i]);
        if (item == OBJ_NULL) {
            if (i == 0) { heap_free((void *)row); } // a row that was begun stays behind
            return OBJ_NULL;
        }
        ((struct tuple *)row)->items[i] = item;
    }
    return row;
}

static const struct type_ops zip_ops = {.construct = zip_construct, .iter = iter_self, .next = zip_next};
const struct type type_zip = {.type = &type_type, .name = Q_zip, .flags = TYPE_SELF_ITER | TYPE_TRUE, .ops = &zip_ops};

// ---- map --------------------------------------------------------------------------------------------------------------
struct map_iter {
    const struct type *type;
    size_t n;
    obj_t function;
    obj_t sources[];
};

static obj_t map_iter_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    args_check(n, kw, 2, SIZE_MAX, false);
    struct map_iter *m = heap_new(3 + n - 1, 0, HEAP_REFS);
    m->type = type;
    m->n = n - 1;
    m->function = args[0];
    for (size_t i = 0; i < m->n; i++) { m->sources[i] = iter_begin(args[1 + i], NULL); }
    return OBJ_PTR(m);
}

static obj_t map_iter_next(obj_t self) {
    struct map_iter *m = (struct map_iter *)self;
    stack_check();
    obj_t *args = heap_new(m->n, 0, HEAP_REFS);
    for (size_t i = 0; i < m->n; i++) {
        args[i] = iter_next(m->sources[i]);
        if (args[i] == OBJ_NULL) {
            heap_free(args);
            return OBJ_NULL;
        }
    }
    rt.board_between = rt.profile.extra.map;
    return call(m->function, m->n, 0, args);
}

static const struct type_ops map_iter_ops = {.construct = map_iter_construct, .iter = iter_self, .next = map_iter_next};
const struct type type_map = {.type = &type_type, .name = Q_map, .flags = TYPE_SELF_ITER | TYPE_TRUE, .ops = &map_iter_ops};

// ---- filter -------------------------------------------------------------------------------------------------------------
struct filter {
    const struct type *type;
    obj_t function; // OBJ_NONE: the items themselves are asked
    obj_t source;
};

static obj_t filter_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    args_check(n, kw, 2, 2, false);
    struct filter *f = heap_new(3, 0, HEAP_REFS);
    f->type = type;
    f->function = args[0];
    f->source = iter_begin(args[1], NULL);
    return OBJ_PTR(f);
}

static obj_t filter_next(obj_t self) {
    struct filter *f = (struct filter *)self;
    stack_check();
    for (obj_t item; (item = iter_next(f->source)) != OBJ_NULL;) {
        if (obj_true(f->function == OBJ_NONE ? item : call_1(f->function, item))) { return item; }
    }
    return iter_end();
}

static const struct type_ops filter_ops = {.construct = filter_construct, .iter = iter_self, .next = filter_next};
const struct type type_filter = {.type = &type_type, .name = Q_filter, .flags = TYPE_SELF_ITER | TYPE_TRUE, .ops = &filter_ops};

// ---- reversed -----------------------------------------------------------------------------------------------------------
struct reversed {
    const struct type *type;
    obj_t sequence;
    size_t left; // items not yet given
};

static obj_t reversed_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    args_check(n, kw, 1, 1, false);
    obj_t method[2] = {OBJ_NULL, OBJ_NULL};
    obj_load_method_maybe(args[0], Q___reversed__, method);
    if (method[0] != OBJ_NULL) { return call_method(0, 0, method); }
    struct reversed *r = heap_new(3, 0, HEAP_REFS);
    intptr_t len = obj_get_int(obj_len(args[0]));
    *r = (struct reversed){type, args[0], len < 0 ? 0 : (size_t)len};
    return OBJ_PTR(r);
}

static obj_t reversed_next(obj_t self) {
    struct reversed *r = (struct reversed *)self;
    if (r->left == 0) { return iter_end(); }
    r->left--;
    return obj_subscr(r->sequence, int_from((intptr_t)r->left), OBJ_SENTINEL);
}

static const struct type_ops reversed_ops = {.construct = reversed_construct, .iter = iter_self, .next = reversed_next};
const struct type type_reversed = {.type = &type_type, .name = Q_reversed, .flags = TYPE_SELF_ITER | TYPE_TRUE, .ops = &reversed_ops};
