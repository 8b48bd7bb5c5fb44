// SPDX-License-Identifier: MIT
// list: a header of 4 words and a run of `room` words, at least 4. Words from len to room are OBJ_NULL, so that nothing is kept alive.
//
//  - Full: room doubles. extend() with a list takes what is needed and 4 more. A slice store takes exactly what is needed.
//  - pop, remove and del l[i] halve the room when more than half (and more than 4) is unused; other removals keep it.
//  - Code that runs in a comparison or an iteration can change the list: length and items are read again after each such step.
#include "heap/heap.h"
#include "objects/map.h"
#include "objects/seq.h"
#include "objects/seq_live.h"
#include "rt.h"
#include "run/call.h"
#include "run/patience.h"
#include "run/raise.h"

enum { LIST_ROOM = 4 };

static size_t list_room_checked(size_t room) {
    if (room > SIZE_MAX / 64) { raise_no_memory(SIZE_MAX); }
    return room < LIST_ROOM ? LIST_ROOM : room;
}

static struct list *list_new_empty(size_t n) {
    size_t room = list_room_checked(n);
    struct list *l = heap_new(4, 0, HEAP_REFS);
    l->type = &type_list;
    l->items = heap_new(room, 0, HEAP_REFS);
    l->room = room;
    return l;
}

obj_t list_new(size_t n, const obj_t *items) {
    struct list *l = list_new_empty(n);
    if (items != NULL && n != 0) {
        memcpy(l->items, items, n * sizeof *items);
    } else {
        for (size_t i = 0; i < n; i++) { l->items[i] = OBJ_NONE; }
    }
    l->len = n;
    return OBJ_PTR(l);
}

static struct list *list_self(obj_t o) {
    if (!obj_is(o, &type_list)) { raise_format(&type_TypeError, "argument should be a '%q' not a '%s'", Q_list, obj_type_name(o)); }
    return (struct list *)o;
}

static void list_set_room(struct list *l, size_t room) {
    room = list_room_checked(room);
    l->items = heap_resize(l->items, room, 0, HEAP_REFS);
    l->room = room;
}

void list_append(obj_t list, obj_t item) {
    struct list *l = (struct list *)list;
    if (l->len >= l->room) { list_set_room(l, 2 * l->room); }
    l->items[l->len++] = item;
}

static void list_extend_iterating(obj_t list, obj_t iterable) {
    obj_t it = iter_begin(iterable, NULL);
    for (obj_t item; (item = iter_next(it)) != OBJ_NULL;) { list_append(list, item); }
}

void list_extend(obj_t list, obj_t iterable) {
    if (!obj_is(iterable, &type_list)) {
        list_extend_iterating(list, iterable);
        return;
    }
    struct list *l = (struct list *)list, *other = (struct list *)iterable;
    size_t n = other->len;
    if (l->len + n > l->room) { list_set_room(l, l->len + n + 4); }
    if (n != 0) {
        memcpy(l->items + l->len, other->items, n * sizeof *l->items); // also right when the two are the same
        l->len += n;
    }
}

obj_t list_from_iterable(obj_t iterable) {
    obj_t l = list_new(0, NULL);
    list_extend_iterating(l, iterable);
    return l;
}

static obj_t list_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    (void)type;
    args_check(n, kw, 0, 1, false);
    return n == 0 ? list_new(0, NULL) : list_from_iterable(args[0]);
}

obj_t list_remove_at(struct list *l, size_t index) {
    obj_t item = l->items[index];
    l->len--;
    memmove(l->items + index, l->items + index + 1, (l->len - index) * sizeof *l->items);
    l->items[l->len] = OBJ_NULL;
    if (l->room > LIST_ROOM && l->room > 2 * l->len) { list_set_room(l, l->room / 2); }
    return item;
}

static void list_print(struct printer *p, obj_t self, enum print_kind kind) {
    struct list *l = (struct list *)self;
    print_text(p, "[");
    seq_print(p, &l->len, &l->items, kind);
    print_text(p, "]");
}

// ---- operators ------------------------------------------------------------------------------------------------------
static obj_t list_unary(enum unary_op op, obj_t self) {
    const struct list *l = (const struct list *)self;
    switch (op) {
    case OP_BOOL: return obj_bool(l->len != 0);
    case OP_LEN: return OBJ_INT(l->len);
    case OP_SIZEOF: return OBJ_INT((4 + l->room) * rt.profile.word_bytes);
    default: return OBJ_NULL;
    }
}

static obj_t list_concat(const struct list *a, const struct list *b) {
    size_t n = a->len + b->len;
    struct list *l = list_new_empty(n);
    copy_patiently(l->items, a->items, a->len * sizeof *l->items);
    copy_patiently(l->items + a->len, b->items, b->len * sizeof *l->items);
    l->len = n;
    return OBJ_PTR(l);
}

static obj_t list_repeat(obj_t self, obj_t times) {
    const struct list *from = (const struct list *)self;
    size_t count;
    if (!seq_repeat_count(times, &count)) { return OBJ_NULL; }
    size_t total = seq_repeat_length(from->len, count);
    struct list *l = list_new_empty(total);
    seq_repeat(l->items, from->items, from->len, total);
    l->len = total;
    return OBJ_PTR(l);
}

static obj_t list_binary(enum binary_op op, obj_t left, obj_t right) {
    bool left_list = obj_is(left, &type_list), right_list = obj_is(right, &type_list);
    struct list *a = (struct list *)left, *b = (struct list *)right;
    switch (op) {
    case OP_EQ:
    case OP_LT:
    case OP_LE:
    case OP_GT:
    case OP_GE:
        if (!left_list || !right_list) { return OBJ_NULL; }
        stack_check();
        return obj_bool(seq_compare_live(op, &a->len, &a->items, &b->len, &b->items));
    case OP_ADD: return left_list && right_list ? list_concat(a, b) : OBJ_NULL;
    case OP_IADD: list_extend(left, right); return left;
    case OP_MUL:
    case OP_RMUL: return left_list ? list_repeat(left, right) : list_repeat(right, left);
    case OP_CONTAINS: return obj_bool(seq_contains_live(&a->len, &a->items, right));
    default: return OBJ_NULL;
    }
}

// ---- indices and slices -----------------------------------------------------------------------------------------------
static obj_t list_slice_load(const struct list *l, obj_t slice) {
    struct slice_bounds b;
    if (slice_indices(l->len, slice, &b)) { return list_new(b.count, b.count == 0 ? NULL : l->items + b.start); }
    struct list *out = list_new_empty(b.count);
    for (size_t i = 0, at = b.start; i < b.count; i++, at += (size_t)b.step) { out->items[i] = l->items[at]; }
    out->len = b.count;
    return OBJ_PTR(out);
}

// Puts n items in place of those from b->start to b->stop. `items` may not be the list's own.
static void list_replace(struct list *l, const struct slice_bounds *b, size_t n, const obj_t *items) {
    size_t tail = b->start + b->count, len = l->len - b->count + n;
    if (len > l->room) { list_set_room(l, len); }
    memmove(l->items + b->start + n, l->items + tail, (l->len - tail) * sizeof *l->items);
    if (n != 0) { memcpy(l->items + b->start, items, n * sizeof *items); }
    for (size_t i = len; i < l->len; i++) { l->items[i] = OBJ_NULL; }
    l->len = len;
}

static void list_slice_store(struct list *l, obj_t slice, obj_t value) {
    size_t n = 0;
    obj_t *items = NULL, *copy = NULL;
    if (value != OBJ_NULL) { seq_items(value, &n, &items); }
    struct slice_bounds b;
    if (!slice_indices(l->len, slice, &b)) { raise_type(&type_NotImplementedError); }
    if (value == OBJ_PTR(l) && n != 0) {
        copy = host_alloc(n * sizeof *copy);
        items = memcpy(copy, items, n * sizeof *copy);
        if (l->len - b.count + n > l->room) { // so that nothing below can raise and lose the copy
            host_free(copy);
            list_set_room(l, l->len - b.count + n);
            items = copy = host_alloc(n * sizeof *copy);
            memcpy(copy, l->items, n * sizeof *copy);
        }
    }
    list_replace(l, &b, n, items);
    host_free(copy);
}

static obj_t list_subscr(obj_t self, obj_t index, obj_t value) {
    struct list *l = (struct list *)self;
    if (obj_is(index, &type_slice)) {
        struct slice plain;
        index = slice_plain(index, &plain);
        if (value == OBJ_SENTINEL) { return list_slice_load(l, index); }
        list_slice_store(l, index, value);
        return OBJ_NONE;
    }
    index = index_plain(index); // may run Python code that changes the length
    size_t at = obj_get_index(&type_list, l->len, index, false);
    if (value == OBJ_SENTINEL) { return l->items[at]; }
    if (value == OBJ_NULL) {
        list_remove_at(l, at);
    } else {
        l->items[at] = value;
    }
    return OBJ_NONE;
}

static obj_t list_next(obj_t self) {
    struct polymorph_iter *it = (struct polymorph_iter *)self;
    const struct list *l = (const struct list *)it->of;
    return it->cursor < l->len ? l->items[it->cursor++] : iter_end();
}

obj_t list_iter(obj_t self, struct iter_buf *buf) { return iter_build(buf, list_next, self, 0); }

// ---- methods --------------------------------------------------------------------------------------------------------
static obj_t list_append_method(obj_t self, obj_t item) {
    list_self(self);
    list_append(self, item);
    return OBJ_NONE;
}

static obj_t list_clear(obj_t self) {
    struct list *l = list_self(self);
    l->len = 0;
    list_set_room(l, LIST_ROOM);
    memset(l->items, 0, LIST_ROOM * sizeof *l->items);
    return OBJ_NONE;
}

static obj_t list_copy(obj_t self) {
    struct list *l = list_self(self);
    return list_new(l->len, l->items);
}

static obj_t list_count(obj_t self, obj_t item) {
    struct list *l = list_self(self);
    return seq_count_live(&l->len, &l->items, item);
}

static obj_t list_extend_method(obj_t self, obj_t iterable) {
    list_self(self);
    list_extend(self, iterable);
    return OBJ_NONE;
}

static obj_t list_index(size_t n, const obj_t *args) {
    struct list *l = list_self(args[0]);
    return seq_index_live(&l->len, &l->items, n, args);
}

static obj_t list_insert(obj_t self, obj_t index, obj_t item) {
    struct list *l = list_self(self);
    intptr_t at = obj_get_int(index), len = (intptr_t)l->len;
    at = at < 0 ? at + len : at;
    at = at < 0 ? 0 : at > len ? len : at;
    list_append(self, OBJ_NONE);
    memmove(l->items + at + 1, l->items + at, (size_t)(len - at) * sizeof *l->items);
    l->items[at] = item;
    return OBJ_NONE;
}

static obj_t list_pop(size_t n, const obj_t *args) {
    struct list *l = list_self(args[0]);
    if (l->len == 0) { raise_message(&type_IndexError, "pop from empty list"); }
    obj_t index = n > 1 ? index_plain(args[1]) : OBJ_INT(-1);
    return list_remove_at(l, obj_get_index(&type_list, l->len, index, false));
}

static obj_t list_remove(obj_t self, obj_t item) {
    struct list *l = list_self(self);
    size_t at = (size_t)obj_int(seq_index_live(&l->len, &l->items, 2, (obj_t[]){self, item}));
    if (at < l->len) { // the comparison may have shortened it
        list_remove_at(l, at);
    }
    return OBJ_NONE;
}

static obj_t list_reverse(obj_t self) {
    struct list *l = list_self(self);
    for (size_t i = 0, j = l->len; i + 1 < j;) {
        obj_t item = l->items[--j];
        l->items[j] = l->items[i];
        l->items[i++] = item;
    }
    return OBJ_NONE;
}

static obj_t list_sort_method(size_t n, size_t kw, const obj_t *args) {
    static const struct arg_spec spec[] = {
        {Q_key, ARG_OBJ, ARG_KW_ONLY, {.obj = OBJ_NONE}},
        {Q_reverse, ARG_BOOL, ARG_KW_ONLY, {.b = false}},
    };
    union arg_value value[2];
    list_self(args[0]);
    args_parse(n - 1, kw, args + 1, 2, spec, value);
    list_sort(args[0], value[0].obj, value[1].b);
    return OBJ_NONE;
}

BUILTIN_2(list_append_fn, list_append_method);
BUILTIN_1(list_clear_fn, list_clear);
BUILTIN_1(list_copy_fn, list_copy);
BUILTIN_2(list_count_fn, list_count);
BUILTIN_2(list_extend_fn, list_extend_method);
BUILTIN_VAR(list_index_fn, 2, 4, list_index);
BUILTIN_3(list_insert_fn, list_insert);
BUILTIN_VAR(list_pop_fn, 1, 2, list_pop);
BUILTIN_2(list_remove_fn, list_remove);
BUILTIN_1(list_reverse_fn, list_reverse);
BUILTIN_KW(list_sort_fn, 1, 255, list_sort_method);

static const struct map_slot list_members[] = {
    MEMBER(append, &list_append_fn), MEMBER(clear, &list_clear_fn),     MEMBER(copy, &list_copy_fn),     MEMBER(count, &list_count_fn),
    MEMBER(extend, &list_extend_fn), MEMBER(index, &list_index_fn),     MEMBER(insert, &list_insert_fn), MEMBER(pop, &list_pop_fn),
    MEMBER(remove, &list_remove_fn), MEMBER(reverse, &list_reverse_fn), MEMBER(sort, &list_sort_fn),
};
static FIXED_DICT(list_dict, list_members);

static const struct type_ops list_ops = {
    .print = list_print,
    .construct = list_construct,
    .unary = list_unary,
    .binary = list_binary,
    .subscr = list_subscr,
    .iter = list_iter,
};
const struct type type_list = {.type = &type_type, .name = Q_list, .ops = &list_ops, .members = &list_dict};
