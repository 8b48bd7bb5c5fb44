// SPDX-License-Identifier: MIT
// What tuples and lists (and things that look like them) have in common: comparing, searching, repeating, handing out their items.
//
// The items of a list can change or move while a comparison runs Python code. So the walks below are given the addresses of the
// length and of the items pointer and read both again at each step; for a tuple those are locals that never change.
#include "objects/seq.h"
#include "objects/map.h"
#include "objects/seq_live.h"
#include "rt.h"
#include "run/patience.h"
#include "run/raise.h"

void seq_items(obj_t o, size_t *len, obj_t **items) {
    if (obj_is_tuple(o)) {
        struct tuple *t = (struct tuple *)o;
        *len = t->len;
        *items = t->items;
    } else if (obj_is(o, &type_list)) {
        struct list *l = (struct list *)o;
        *len = l->len;
        *items = l->items;
    } else {
        raise_format(&type_TypeError, "object '%s' isn't a tuple or list", obj_type_name(o));
    }
}

void seq_items_of_length(obj_t o, size_t len, obj_t **items) {
    size_t have;
    seq_items(o, &have, items);
    if (have != len) { raise_format(&type_ValueError, "requested length %zu but object has length %zu", len, have); }
}

obj_t seq_hash_result(uintptr_t sum) {
    unsigned unused = (unsigned)(8 * sizeof sum) - rt.profile.small_int_bits;
    return OBJ_INT((intptr_t)(sum << unused) >> unused);
}

bool seq_repeat_count(obj_t o, size_t *count) {
    intptr_t n;
    if (!obj_get_int_maybe(o, &n)) { return false; }
    *count = n < 0 ? 0 : (size_t)n;
    return true;
}

static inline bool seq_same(obj_t a, obj_t b) { return map_key_plain(a) && map_key_plain(b) ? a == b : obj_equal(a, b); }

// ---- comparing ------------------------------------------------------------------------------------------------------
bool seq_compare_live(enum binary_op op, const size_t *an, obj_t *const *a, const size_t *bn, obj_t *const *b) {
    if (op == OP_LT || op == OP_LE) { // asked the other way round, as messages about items that have no order show
        return seq_compare_live(op == OP_LT ? OP_GT : OP_GE, bn, b, an, a);
    }
    if (op == OP_EQ && *an != *bn) { return false; }
    for (size_t i = 0; i < *an && i < *bn; i++) {
        obj_t x = (*a)[i], y = (*b)[i];
        poll_keyboard();
        if (!seq_same(x, y)) { return op != OP_EQ && obj_true(obj_binary(op, x, y)); }
    }
    return op == OP_GT ? *an > *bn : op == OP_GE ? *an >= *bn : *an == *bn;
}

bool seq_compare(enum binary_op op, size_t an, const obj_t *a, size_t bn, const obj_t *b) {
    obj_t *left = (obj_t *)(uintptr_t)a, *right = (obj_t *)(uintptr_t)b;
    return seq_compare_live(op, &an, &left, &bn, &right);
}

// ---- searching ------------------------------------------------------------------------------------------------------
obj_t seq_index_live(const size_t *len, obj_t *const *items, size_t n_args, const obj_t *args) {
    const struct type *owner = obj_type(args[0]);
    size_t start = n_args > 2 ? obj_get_index(owner, *len, args[2], true) : 0;
    size_t stop = n_args > 3 ? obj_get_index(owner, *len, args[3], true) : *len;
    for (size_t i = start; i < stop && i < *len; i++) {
        if (seq_same((*items)[i], args[1])) { return OBJ_INT(i); }
    }
    raise_message(&type_ValueError, "object not in sequence");
}

obj_t seq_count_live(const size_t *len, obj_t *const *items, obj_t item) {
    size_t count = 0;
    for (size_t i = 0; i < *len; i++) { count += seq_same((*items)[i], item); }
    return OBJ_INT(count);
}

bool seq_contains_live(const size_t *len, obj_t *const *items, obj_t item) {
    for (size_t i = 0; i < *len; i++) {
        if (seq_same((*items)[i], item)) { return true; }
    }
    return false;
}

obj_t seq_index(const obj_t *items, size_t n, size_t n_args, const obj_t *args) {
    obj_t *all = (obj_t *)(uintptr_t)items;
    return seq_index_live(&n, &all, n_args, args);
}

obj_t seq_count(const obj_t *items, size_t n, obj_t item) {
    obj_t *all = (obj_t *)(uintptr_t)items;
    return seq_count_live(&n, &all, item);
}

// ---- copying --------------------------------------------------------------------------------------------------------
size_t seq_repeat_length(size_t n, size_t count) {
    size_t total;
    if (__builtin_mul_overflow(n, count, &total) || total > SIZE_MAX / 64) { raise_no_memory(SIZE_MAX); }
    return total;
}

void seq_repeat(obj_t *to, const obj_t *from, size_t n, size_t total) {
    if (total == 0) { return; }
    memcpy(to, from, n * sizeof *to);
    for (size_t done = n; done < total;) { // what is there is copied after itself
        size_t more = done < total - done ? done : total - done;
        copy_patiently(to + done, to, more * sizeof *to);
        done += more;
    }
}

void seq_print(struct printer *p, const size_t *len, obj_t *const *items, enum print_kind kind) {
    for (size_t i = 0; i < *len; i++) {
        if (i > 0) { print_text(p, ", "); }
        obj_print(p, (*items)[i], kind == PRINT_JSON ? PRINT_JSON : PRINT_REPR);
    }
}
