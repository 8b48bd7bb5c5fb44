// SPDX-License-Identifier: MIT
// set and frozenset: the probing rules of map.c over a table of items, 1 word for each slot.
//
//  - table[i] OBJ_NULL: never used; OBJ_SENTINEL: taken out. `used` counts the live items.
//  - Comparing and hashing can run Python code that changes the set: each function looks at the set again after it.
//  - Operators keep the kind of the left side, but for `&` of two different ones, whose result is always a set.
//  - Methods take any iterable; operators and comparisons take sets only.
#include "heap/heap.h"
#include "heap/intern.h"
#include "objects/map.h"
#include "objects/map_index.h"
#include "objects/num.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "rt.h"
#include "run/call.h"
#include "run/raise.h"

static size_t set_key_hash(obj_t key) {
    if (obj_is_qstr(key)) { return qstr_hash(obj_qstr(key)); }
    if (obj_is_int(key)) { return rt.profile.word_bytes == 4 ? (uint32_t)obj_int(key) : (size_t)obj_int(key); }
    return map_key_hash_slow(key);
}

static obj_t *set_table_new(size_t slots) {
    if (slots > SIZE_MAX / 64) { raise_no_memory(SIZE_MAX); }
    return heap_new(slots, 0, HEAP_REFS);
}

static struct set *set_new_of(const struct type *type, size_t slots) {
    struct set *s = heap_new(4, 0, HEAP_REFS);
    s->type = type;
    if (slots != 0) {
        s->table = set_table_new(slots);
        s->slots = slots;
    }
    return s;
}

obj_t set_new(size_t n, const obj_t *items) {
    struct set *s = set_new_of(&type_set, n);
    for (size_t i = 0; i < n; i++) { set_add(s, items[i]); }
    return OBJ_PTR(s);
}

static bool obj_is_set(obj_t o) { return obj_is(o, &type_set) || obj_is(o, &type_frozenset); }

static struct set *set_self(obj_t o) {
    if (!obj_is_set(o)) { raise_format(&type_TypeError, "argument should be a '%q' not a '%s'", Q_set, obj_type_name(o)); }
    return (struct set *)o;
}

static struct set *set_self_changeable(obj_t o) {
    struct set *s = set_self(o);
    if (s->type != &type_set) { raise_format(&type_TypeError, "argument should be a '%q' not a '%s'", Q_set, obj_type_name(o)); }
    return s;
}

obj_t *set_next(const struct set *s, size_t *cursor) {
    while (*cursor < s->slots) {
        obj_t *at = &s->table[(*cursor)++];
        if (*at != OBJ_NULL && *at != OBJ_SENTINEL) { return at; }
    }
    return NULL;
}

// ---- the table ------------------------------------------------------------------------------------------------------
// As map_grow: gives up, with nothing changed, when hashing changed the set.
static void set_grow(struct set *s) {
    obj_t *old = s->table;
    size_t n_old = s->slots, n_new = map_grown(n_old), used = s->used;
    obj_t *table = set_table_new(n_new);
    for (size_t i = 0; i < n_old; i++) {
        obj_t item = old[i];
        if (item == OBJ_NULL || item == OBJ_SENTINEL) { continue; }
        size_t at = map_home(set_key_hash(item), n_new);
        if (s->table != old || s->slots != n_old || s->used != used || old[i] != item) {
            heap_free(table);
            return;
        }
        while (table[at] != OBJ_NULL) { at = at + 1 == n_new ? 0 : at + 1; }
        table[at] = item;
    }
    s->table = table;
    s->slots = n_new;
    heap_free(old);
}

// Walks the probe path of item. SET_FOUND, SET_MISSING: *place is where it is, or where it could be put (NULL: no room). SET_CHANGED:
// code that ran meanwhile changed the set.
enum set_walk { SET_FOUND, SET_MISSING, SET_CHANGED };
static enum set_walk set_walk(const struct set *s, obj_t item, size_t hash, obj_t **place) {
    obj_t *table = s->table, *reuse = NULL;
    size_t slots = s->slots;
    size_t at = slots == 0 ? 0 : map_home(hash, slots);
    bool asks = !map_key_plain(item) && (obj_type(item)->flags & TYPE_EQ_NOT_IDENTITY); // a set, unlike a dict, asks even the item itself
    *place = NULL;
    for (size_t i = 0; i < slots; i++) {
        obj_t other = table[at];
        if (other == OBJ_NULL) {
            *place = reuse != NULL ? reuse : &table[at];
            return SET_MISSING;
        }
        if (other == item && !asks) {
            *place = &table[at];
            return SET_FOUND;
        }
        if (i == INDEX_WALK && map_index_serves(item)) {
            struct map_index *x = map_index_make(table, slots, 1);
            if (x) {
                *place = map_index_find(x, item, hash);
                if (*place != NULL) { return SET_FOUND; }
                *place = map_index_room(x, map_home(hash, slots));
                return SET_MISSING;
            }
        }
        if (other == OBJ_SENTINEL) {
            reuse = reuse != NULL ? reuse : &table[at];
        } else if (!(map_key_plain(other) && map_key_plain(item))) {
            bool same = map_key_same_slow(other, item);
            if (s->table != table || s->slots != slots || table[at] != other || (reuse && *reuse != OBJ_SENTINEL)) { return SET_CHANGED; }
            if (same) {
                *place = &table[at];
                return SET_FOUND;
            }
        }
        at = at + 1 == slots ? 0 : at + 1;
    }
    *place = reuse;
    return SET_MISSING;
}

static obj_t *set_find(const struct set *s, obj_t item) {
    if (s->slots == 0) { return NULL; }
    size_t hash = set_key_hash(item);
    obj_t *place;
    enum set_walk found;
    do { found = set_walk(s, item, hash, &place); } while (found == SET_CHANGED);
    return found == SET_FOUND ? place : NULL;
}

bool set_has(const struct set *s, obj_t item) { return set_find(s, item) != NULL; }

bool set_add(struct set *s, obj_t item) {
    if (s->slots == 0) { set_grow(s); }
    size_t hash = set_key_hash(item);
    for (;;) {
        obj_t *place;
        enum set_walk found = set_walk(s, item, hash, &place);
        if (found == SET_FOUND) { return false; }
        if (found == SET_MISSING && place != NULL) {
            *place = item;
            s->used++;
            struct map_index *x = s->slots >= INDEX_LEAST ? map_index_of(s->table) : NULL;
            if (x) { map_index_added(x, place, hash); }
            return true;
        }
        if (found == SET_MISSING) { set_grow(s); }
    }
}

static void set_slot_leaves(const struct set *s, const obj_t *place) {
    struct map_index *x = s->slots >= INDEX_LEAST ? map_index_of(s->table) : NULL;
    if (x) { map_index_removed(x, place, set_key_hash(*place)); }
}

static bool set_remove(struct set *s, obj_t item) {
    obj_t *place = set_find(s, item);
    if (place == NULL) { return false; }
    set_slot_leaves(s, place);
    size_t at = (size_t)(place - s->table);
    size_t next = at + 1 == s->slots ? 0 : at + 1;
    *place = s->table[next] == OBJ_NULL ? OBJ_NULL : OBJ_SENTINEL;
    s->used--;
    return true;
}

static void set_clear(struct set *s) {
    obj_t *table = s->table;
    s->used = 0;
    s->slots = 0;
    s->table = NULL;
    heap_free(table);
}

static struct set *set_copy(const struct set *from, const struct type *type) {
    struct set *s = set_new_of(type, from->slots);
    if (s->slots != 0) { memcpy(s->table, from->table, s->slots * sizeof *s->table); }
    s->used = from->used;
    return s;
}

static void set_update_from(struct set *s, obj_t iterable) {
    obj_t it = iter_begin(iterable, NULL);
    for (obj_t item; (item = iter_next(it)) != OBJ_NULL;) { set_add(s, item); }
}

static obj_t set_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    args_check(n, kw, 0, 1, false);
    struct set *s = set_new_of(type, 0);
    if (n == 1) { set_update_from(s, args[0]); }
    return OBJ_PTR(s);
}

// ---- algebra --------------------------------------------------------------------------------------------------------
static void set_take_away(struct set *s, obj_t iterable) {
    if (iterable == OBJ_PTR(s)) {
        set_clear(s);
        return;
    }
    obj_t it = iter_begin(iterable, NULL);
    for (obj_t item; (item = iter_next(it)) != OBJ_NULL;) { set_remove(s, item); }
}

static struct set *set_common(const struct set *s, obj_t iterable) {
    if (iterable == OBJ_PTR(s)) { return set_copy(s, s->type); }
    struct set *out = set_new_of(&type_set, 0);
    obj_t it = iter_begin(iterable, NULL);
    for (obj_t item; (item = iter_next(it)) != OBJ_NULL;) {
        if (set_has(s, item)) { set_add(out, item); }
    }
    return out;
}

static void set_keep_common(struct set *s, obj_t iterable) {
    if (iterable == OBJ_PTR(s)) { return; }
    struct set *out = set_common(s, iterable);
    heap_free(s->table);
    s->used = out->used;
    s->slots = out->slots;
    s->table = out->table;
    out->used = out->slots = 0;
    out->table = NULL;
}

static void set_toggle(struct set *s, obj_t iterable) {
    obj_t it = iter_begin(iterable, NULL);
    for (obj_t item; (item = iter_next(it)) != OBJ_NULL;) {
        if (!set_remove(s, item)) { set_add(s, item); }
    }
}

static bool set_is_within(const struct set *s, const struct set *other, bool proper) {
    if (s->used > other->used || (proper && s->used == other->used)) { return false; }
    size_t cursor = 0;
    for (obj_t *at; (at = set_next(s, &cursor)) != NULL;) {
        if (!set_has(other, *at)) { return false; }
    }
    return true;
}

static obj_t set_changed_copy(obj_t self, obj_t other, void (*change)(struct set *, obj_t)) {
    struct set *s = (struct set *)self;
    s = set_copy(s, s->type);
    change(s, other);
    return OBJ_PTR(s);
}

static obj_t set_changed(obj_t self, obj_t other, void (*change)(struct set *, obj_t)) {
    if (!obj_is(self, &type_set)) { // frozen: the plain operator makes a new one
        return OBJ_NULL;
    }
    change((struct set *)self, other);
    return self;
}

static obj_t set_binary(enum binary_op op, obj_t left, obj_t right) {
    if (!obj_is_set(left)) { return OBJ_NULL; }
    const struct set *a = (const struct set *)left, *b = (const struct set *)right;
    if (op == OP_CONTAINS) { return obj_bool(set_has(a, right)); }
    if (!obj_is_set(right)) { return OBJ_NULL; }
    switch (op) {
    case OP_OR: return set_changed_copy(left, right, set_update_from);
    case OP_XOR: return set_changed_copy(left, right, set_toggle);
    case OP_SUB: return set_changed_copy(left, right, set_take_away);
    case OP_AND: return OBJ_PTR(set_common(a, right));
    case OP_IOR: return set_changed(left, right, set_update_from);
    case OP_IXOR: return set_changed(left, right, set_toggle);
    case OP_ISUB: return set_changed(left, right, set_take_away);
    case OP_IAND: return set_changed(left, right, set_keep_common);
    case OP_LT: return obj_bool(set_is_within(a, b, true));
    case OP_LE: return obj_bool(set_is_within(a, b, false));
    case OP_GT: return obj_bool(set_is_within(b, a, true));
    case OP_GE: return obj_bool(set_is_within(b, a, false));
    case OP_EQ: return obj_bool(a->used == b->used && set_is_within(a, b, false));
    default: return OBJ_NULL;
    }
}

static obj_t set_unary(enum unary_op op, obj_t self) {
    const struct set *s = (const struct set *)self;
    switch (op) {
    case OP_BOOL: return obj_bool(s->used != 0);
    case OP_LEN: return OBJ_INT(s->used);
    case OP_SIZEOF: return OBJ_INT((4 + s->slots) * rt.profile.word_bytes);
    case OP_HASH: {
        if (s->type != &type_frozenset) { return OBJ_NULL; }
        uintptr_t sum = 97252;
        size_t cursor = 0;
        for (obj_t *at; (at = set_next(s, &cursor)) != NULL;) { sum += (uintptr_t)obj_int(obj_hash(*at)); }
        return seq_hash_result(sum);
    }
    default: return OBJ_NULL;
    }
}

static void set_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    const struct set *s = (const struct set *)self;
    bool frozen = s->type == &type_frozenset;
    if (s->used == 0) {
        print_text(p, frozen ? "frozenset()" : "set()");
        return;
    }
    print_text(p, frozen ? "frozenset({" : "{");
    size_t cursor = 0;
    const char *between = "";
    for (obj_t *at; (at = set_next(s, &cursor)) != NULL;) {
        obj_t item = *at;
        print_text(p, between);
        obj_print(p, item, PRINT_REPR);
        between = ", ";
    }
    print_text(p, frozen ? "})" : "}");
}

static obj_t set_iter_next(obj_t self) {
    struct polymorph_iter *it = (struct polymorph_iter *)self;
    obj_t *at = set_next((struct set *)it->of, &it->cursor);
    return at != NULL ? *at : iter_end();
}

static obj_t set_iter(obj_t self, struct iter_buf *buf) { return iter_build(buf, set_iter_next, self, 0); }

// ---- methods --------------------------------------------------------------------------------------------------------
static obj_t set_add_method(obj_t self, obj_t item) {
    set_add(set_self_changeable(self), item);
    return OBJ_NONE;
}

static obj_t set_clear_method(obj_t self) {
    set_clear(set_self_changeable(self));
    return OBJ_NONE;
}

static obj_t set_copy_method(obj_t self) {
    struct set *s = set_self(self);
    return OBJ_PTR(set_copy(s, s->type));
}

static obj_t set_discard(obj_t self, obj_t item) {
    set_remove(set_self_changeable(self), item);
    return OBJ_NONE;
}

static obj_t set_remove_method(obj_t self, obj_t item) {
    if (!set_remove(set_self_changeable(self), item)) { raise_value(&type_KeyError, item); }
    return OBJ_NONE;
}

static obj_t set_pop(obj_t self) {
    struct set *s = set_self_changeable(self);
    size_t cursor = 0;
    obj_t *at = set_next(s, &cursor);
    if (at == NULL) { raise_message(&type_KeyError, "pop from an empty set"); }
    obj_t item = *at;
    set_slot_leaves(s, at);
    *at = OBJ_SENTINEL;
    s->used--;
    return item;
}

static obj_t set_difference(size_t n, const obj_t *args) {
    struct set *s = set_self(args[0]);
    s = set_copy(s, s->type);
    for (size_t i = 1; i < n; i++) {
        if (args[i] == args[0]) {
            set_clear(s);
        } else {
            set_take_away(s, args[i]);
        }
    }
    return OBJ_PTR(s);
}

static obj_t set_difference_update(size_t n, const obj_t *args) {
    struct set *s = set_self_changeable(args[0]);
    for (size_t i = 1; i < n; i++) { set_take_away(s, args[i]); }
    return OBJ_NONE;
}

static obj_t set_intersection(obj_t self, obj_t other) { return OBJ_PTR(set_common(set_self(self), other)); }

static obj_t set_intersection_update(obj_t self, obj_t other) {
    set_keep_common(set_self_changeable(self), other);
    return OBJ_NONE;
}

static obj_t set_isdisjoint(obj_t self, obj_t other) {
    struct set *s = set_self(self);
    struct iter_buf buf;
    obj_t it = iter_begin(other, &buf);
    for (obj_t item; (item = iter_next(it)) != OBJ_NULL;) {
        if (set_has(s, item)) { return OBJ_FALSE; }
    }
    return OBJ_TRUE;
}

// Compares with any iterable by way of a set of its items, whose table is given back at once.
static obj_t set_compare_iterable(obj_t self, obj_t other, bool within) {
    struct set *s = set_self(self);
    bool made = !obj_is_set(other);
    struct set *t = made ? (struct set *)set_construct(&type_set, 1, 0, &other) : (struct set *)other;
    bool answer = within ? set_is_within(s, t, false) : set_is_within(t, s, false);
    if (made) { set_clear(t); }
    return obj_bool(answer);
}

static obj_t set_issubset(obj_t self, obj_t other) { return set_compare_iterable(self, other, true); }

static obj_t set_issuperset(obj_t self, obj_t other) { return set_compare_iterable(self, other, false); }

static obj_t set_symmetric_difference(obj_t self, obj_t other) {
    set_self(self);
    return set_changed_copy(self, other, set_toggle);
}

static obj_t set_symmetric_difference_update(obj_t self, obj_t other) {
    set_toggle(set_self_changeable(self), other);
    return OBJ_NONE;
}

static obj_t set_union(obj_t self, obj_t other) {
    set_self(self);
    return set_changed_copy(self, other, set_update_from);
}

static obj_t set_update(size_t n, const obj_t *args) {
    struct set *s = set_self_changeable(args[0]);
    for (size_t i = 1; i < n; i++) { set_update_from(s, args[i]); }
    return OBJ_NONE;
}

static obj_t set_contains(obj_t self, obj_t item) { return obj_bool(set_has(set_self(self), item)); }

BUILTIN_2(set_add_fn, set_add_method);
BUILTIN_1(set_clear_fn, set_clear_method);
BUILTIN_1(set_copy_fn, set_copy_method);
BUILTIN_2(set_discard_fn, set_discard);
BUILTIN_VAR(set_difference_fn, 1, 255, set_difference);
BUILTIN_VAR(set_difference_update_fn, 1, 255, set_difference_update);
BUILTIN_2(set_intersection_fn, set_intersection);
BUILTIN_2(set_intersection_update_fn, set_intersection_update);
BUILTIN_2(set_isdisjoint_fn, set_isdisjoint);
BUILTIN_2(set_issubset_fn, set_issubset);
BUILTIN_2(set_issuperset_fn, set_issuperset);
BUILTIN_1(set_pop_fn, set_pop);
BUILTIN_2(set_remove_fn, set_remove_method);
BUILTIN_2(set_symmetric_difference_fn, set_symmetric_difference);
BUILTIN_2(set_symmetric_difference_update_fn, set_symmetric_difference_update);
BUILTIN_2(set_union_fn, set_union);
BUILTIN_VAR(set_update_fn, 1, 255, set_update);
BUILTIN_2(set_contains_fn, set_contains);

static const struct map_slot set_members[] = {
    MEMBER(add, &set_add_fn),
    MEMBER(clear, &set_clear_fn),
    MEMBER(copy, &set_copy_fn),
    MEMBER(discard, &set_discard_fn),
    MEMBER(difference, &set_difference_fn),
    MEMBER(difference_update, &set_difference_update_fn),
    MEMBER(intersection, &set_intersection_fn),
    MEMBER(intersection_update, &set_intersection_update_fn),
    MEMBER(isdisjoint, &set_isdisjoint_fn),
    MEMBER(issubset, &set_issubset_fn),
    MEMBER(issuperset, &set_issuperset_fn),
    MEMBER(pop, &set_pop_fn),
    MEMBER(remove, &set_remove_fn),
    MEMBER(symmetric_difference, &set_symmetric_difference_fn),
    MEMBER(symmetric_difference_update, &set_symmetric_difference_update_fn),
    MEMBER(union, &set_union_fn),
    MEMBER(update, &set_update_fn),
    MEMBER(__contains__, &set_contains_fn),
};
static FIXED_DICT(set_dict, set_members);

static const struct map_slot frozenset_members[] = {
    MEMBER(copy, &set_copy_fn),
    MEMBER(difference, &set_difference_fn),
    MEMBER(intersection, &set_intersection_fn),
    MEMBER(isdisjoint, &set_isdisjoint_fn),
    MEMBER(issubset, &set_issubset_fn),
    MEMBER(issuperset, &set_issuperset_fn),
    MEMBER(symmetric_difference, &set_symmetric_difference_fn),
    MEMBER(union, &set_union_fn),
    MEMBER(__contains__, &set_contains_fn),
};
static FIXED_DICT(frozenset_dict, frozenset_members);

static const struct type_ops set_ops = {
    .print = set_print,
    .construct = set_construct,
    .unary = set_unary,
    .binary = set_binary,
    .iter = set_iter,
};
const struct type type_set = {.type = &type_type, .name = Q_set, .flags = TYPE_EQ_OTHER_TYPES, .ops = &set_ops, .members = &set_dict};
const struct type type_frozenset = {
    .type = &type_type, .name = Q_frozenset, .flags = TYPE_EQ_OTHER_TYPES, .ops = &set_ops, .members = &frozenset_dict};
