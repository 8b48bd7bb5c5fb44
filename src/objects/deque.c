// SPDX-License-Identifier: MIT
// collections.deque: a ring of `room` = maximum length + 1 words; the slot at `put` is always free.
//
//     get ..... put-1   the items, oldest first, indices modulo room; get == put: empty. Slots without an item are OBJ_NULL.
//
// A full deque drops an item at the other end to take a new one, or, when made with flag 1, raises IndexError `full`.
#include "heap/heap.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/seq.h"
#include "rt.h"
#include "run/call.h"
#include "run/raise.h"

struct deque { // 6 words
    const struct type *type;
    size_t room, get, put;
    obj_t *items;
    size_t flags;
};
enum { DEQUE_CHECKED = 1 };

static struct deque *deque_self(obj_t o) {
    if (!obj_is(o, &type_deque)) { raise_format(&type_TypeError, "argument should be a '%q' not a '%s'", Q_deque, obj_type_name(o)); }
    return (struct deque *)o;
}

static size_t deque_after(const struct deque *d, size_t at) { return at + 1 == d->room ? 0 : at + 1; }

static size_t deque_before(const struct deque *d, size_t at) { return at == 0 ? d->room - 1 : at - 1; }

static size_t deque_len(const struct deque *d) { return d->put >= d->get ? d->put - d->get : d->put + d->room - d->get; }

static void deque_check_full(const struct deque *d) {
    if (d->flags & DEQUE_CHECKED) { raise_message(&type_IndexError, "full"); }
}

static obj_t deque_append(obj_t self, obj_t item) {
    struct deque *d = deque_self(self);
    size_t put = deque_after(d, d->put);
    if (put == d->get) {
        deque_check_full(d);
        d->items[d->get] = OBJ_NULL;
        d->get = deque_after(d, d->get);
    }
    if (d->room > 1) { // one of maximum length 0 keeps nothing
        d->items[d->put] = item;
    }
    d->put = put;
    return OBJ_NONE;
}

static obj_t deque_appendleft(obj_t self, obj_t item) {
    struct deque *d = deque_self(self);
    size_t get = deque_before(d, d->get);
    if (get == d->put) {
        deque_check_full(d);
        d->put = deque_before(d, d->put);
    }
    if (d->room > 1) {
        d->items[get] = item;
        d->items[d->put] = OBJ_NULL;
    }
    d->get = get;
    return OBJ_NONE;
}

static obj_t deque_extend(obj_t self, obj_t iterable) {
    deque_self(self);
    struct iter_buf buf;
    if (iterable == self) { // its own growing end would never be reached
        iterable = list_from_iterable(self);
    }
    obj_t it = iter_begin(iterable, &buf);
    for (obj_t item; (item = iter_next(it)) != OBJ_NULL;) { deque_append(self, item); }
    return OBJ_NONE;
}

static void deque_check_empty(const struct deque *d) {
    if (d->get == d->put) { raise_message(&type_IndexError, "empty"); }
}

static obj_t deque_popleft(obj_t self) {
    struct deque *d = deque_self(self);
    deque_check_empty(d);
    obj_t item = d->items[d->get];
    d->items[d->get] = OBJ_NULL;
    d->get = deque_after(d, d->get);
    return item;
}

static obj_t deque_pop(obj_t self) {
    struct deque *d = deque_self(self);
    deque_check_empty(d);
    d->put = deque_before(d, d->put);
    obj_t item = d->items[d->put];
    d->items[d->put] = OBJ_NULL;
    return item;
}

static obj_t deque_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    args_check(n, kw, 2, 3, false);
    intptr_t max = obj_get_int(args[1]);
    if (max < 0) { raise_type(&type_ValueError); }
    size_t room = (size_t)max + 1;
    if (room > SIZE_MAX / 64) { raise_no_memory(SIZE_MAX); }
    struct deque *d = heap_new(6, 0, HEAP_REFS);
    d->type = type;
    d->room = room;
    d->items = heap_new(room, 0, HEAP_REFS);
    d->flags = n > 2 ? (size_t)obj_get_int(args[2]) : 0;
    deque_extend(OBJ_PTR(d), args[0]);
    return OBJ_PTR(d);
}

static obj_t deque_unary(enum unary_op op, obj_t self) {
    const struct deque *d = (const struct deque *)self;
    switch (op) {
    case OP_BOOL: return obj_bool(d->get != d->put);
    case OP_LEN: return OBJ_INT(deque_len(d));
    case OP_SIZEOF: return OBJ_INT((6 + d->room) * rt.profile.word_bytes);
    default: return OBJ_NULL;
    }
}

// Types with operators are not hashed by identity; this one has none, and cannot be hashed either.
static obj_t deque_binary(enum binary_op op, obj_t left, obj_t right) {
    (void)op, (void)left, (void)right;
    return OBJ_NULL;
}

static obj_t deque_subscr(obj_t self, obj_t index, obj_t value) {
    struct deque *d = (struct deque *)self;
    if (value == OBJ_NULL) { return OBJ_NULL; }
    index = index_plain(index);
    size_t i = obj_get_index(&type_deque, deque_len(d), index, false);
    obj_t *at = &d->items[i < d->room - d->get ? d->get + i : i - (d->room - d->get)];
    if (value == OBJ_SENTINEL) { return *at; }
    *at = value;
    return OBJ_NONE;
}

// The cursor is a place of the ring. Stops at `put`, or at a slot that has been emptied since.
static obj_t deque_next(obj_t self) {
    struct polymorph_iter *it = (struct polymorph_iter *)self;
    const struct deque *d = (const struct deque *)it->of;
    if (it->cursor == d->put || d->items[it->cursor] == OBJ_NULL) { return iter_end(); }
    obj_t item = d->items[it->cursor];
    it->cursor = deque_after(d, it->cursor);
    return item;
}

static obj_t deque_iter(obj_t self, struct iter_buf *buf) { return iter_build(buf, deque_next, self, ((const struct deque *)self)->get); }

BUILTIN_2(deque_append_fn, deque_append);
BUILTIN_2(deque_appendleft_fn, deque_appendleft);
BUILTIN_2(deque_extend_fn, deque_extend);
BUILTIN_1(deque_pop_fn, deque_pop);
BUILTIN_1(deque_popleft_fn, deque_popleft);

static const struct map_slot deque_members[] = {
    MEMBER(append, &deque_append_fn), MEMBER(appendleft, &deque_appendleft_fn), MEMBER(extend, &deque_extend_fn),
    MEMBER(pop, &deque_pop_fn),       MEMBER(popleft, &deque_popleft_fn),
};
static FIXED_DICT(deque_dict, deque_members);

static const struct type_ops deque_ops = {
    .construct = deque_construct,
    .unary = deque_unary,
    .binary = deque_binary,
    .subscr = deque_subscr,
    .iter = deque_iter,
};
const struct type type_deque = {.type = &type_type, .name = Q_deque, .ops = &deque_ops, .members = &deque_dict};
