// SPDX-License-Identifier: MIT
// dict and OrderedDict: one structure, one set of methods; they differ in the layout of the map and in how they print and compare.
//
//  - The header is 4 words; the table is a run of its own, 2 words for each slot, absent while there are 0 slots.
//  - A dictionary around a fixed map (members of builtin types and modules) answers questions and refuses changes with a bare TypeError.
//  - Methods do not keep pointers into the table while code of a program may run (hashing, comparing, iterating).
#include "heap/heap.h"
#include "objects/map.h"
#include "objects/seq.h"
#include "objects/types.h"
#include "rt.h"
#include "run/call.h"
#include "run/patience.h"
#include "run/raise.h"

static obj_t dict_new_of(const struct type *type, size_t slots) {
    struct dict *d = heap_new(4, 0, HEAP_REFS);
    d->type = type;
    map_init(&d->map, slots);
    return OBJ_PTR(d);
}

obj_t dict_new(size_t slots) { return dict_new_of(&type_dict, slots); }

obj_t ordereddict_new(void) {
    obj_t d = dict_new_of(&type_ordereddict, 0);
    dict_map(d)->flags |= MAP_ORDERED;
    return d;
}

bool obj_is_dict(obj_t o) { return obj_is(o, &type_dict) || obj_is(o, &type_ordereddict); }

static struct map *dict_self(obj_t o) {
    if (!obj_is_dict(o)) { raise_format(&type_TypeError, "argument should be a '%q' not a '%s'", Q_dict, obj_type_name(o)); }
    return dict_map(o);
}

static struct map *dict_self_changeable(obj_t o) {
    struct map *m = dict_self(o);
    map_check_changeable(m);
    return m;
}

obj_t dict_get(obj_t dict, obj_t key) {
    struct map_slot *s = map_find(dict_map(dict), key);
    if (s == NULL) { raise_value(&type_KeyError, key); }
    return s->value;
}

void dict_set(obj_t dict, obj_t key, obj_t value) { map_add(dict_map(dict), key)->value = value; }

void dict_set_qstr(struct dict *d, qstr_t name, obj_t value) { map_add(&d->map, OBJ_QSTR(name))->value = value; }

obj_t dict_copy(obj_t dict) {
    struct dict *d = heap_new(4, 0, HEAP_REFS);
    d->type = ((struct dict *)dict)->type;
    map_copy(&d->map, dict_map(dict));
    return OBJ_PTR(d);
}

// ---- printing -------------------------------------------------------------------------------------------------------
// The keys of JSON are texts: others are written inside quotes.
static void dict_print_key(struct printer *p, obj_t key, enum print_kind kind) {
    bool quote = kind == PRINT_JSON && !obj_is_qstr(key) && !obj_is(key, &type_str);
    if (quote) { print_text(p, "\""); }
    obj_print(p, key, kind);
    if (quote) { print_text(p, "\""); }
}

static void dict_print(struct printer *p, obj_t self, enum print_kind kind) {
    const struct map *m = dict_map(self);
    bool named = kind != PRINT_JSON && obj_is(self, &type_ordereddict);
    if (kind != PRINT_JSON) { kind = PRINT_REPR; }
    print_text(p, named ? "OrderedDict({" : "{");
    size_t cursor = 0;
    const char *between = "";
    for (struct map_slot *s; (s = map_next(m, &cursor)) != NULL;) {
        obj_t value = s->value;
        print_text(p, between);
        dict_print_key(p, s->key, kind);
        print_text(p, ": ");
        obj_print(p, value, kind);
        between = ", ";
    }
    print_text(p, named ? "})" : "}");
}

// ---- filling --------------------------------------------------------------------------------------------------------
static void dict_update_pair(obj_t dict, obj_t pair) {
    obj_t it = iter_begin(pair, NULL);
    obj_t key = iter_next(it);
    obj_t value = key == OBJ_NULL ? OBJ_NULL : iter_next(it);
    if (value == OBJ_NULL || iter_next(it) != OBJ_NULL) { raise_message(&type_ValueError, "dict update sequence has wrong length"); }
    dict_set(dict, key, value);
}

void dict_update(obj_t dict, obj_t source) {
    if (source == dict) { return; }
    if (obj_is_dict(source)) {
        size_t cursor = 0;
        for (struct map_slot *s; (s = map_next(dict_map(source), &cursor)) != NULL;) {
            obj_t value = s->value;
            poll_keyboard();
            dict_set(dict, s->key, value);
        }
        return;
    }
    obj_t it = iter_begin(source, NULL);
    for (obj_t pair; (pair = iter_next(it)) != OBJ_NULL;) { dict_update_pair(dict, pair); }
}

// args: the dictionary, at most one source, keywords
static obj_t dict_update_args(size_t n, size_t kw, const obj_t *args) {
    args_check(n, kw, 1, 2, true);
    dict_self_changeable(args[0]);
    if (n == 2) { dict_update(args[0], args[1]); }
    for (size_t i = 0; i < kw; i++) { dict_set(args[0], args[n + 2 * i], args[n + 2 * i + 1]); }
    return OBJ_NONE;
}

static obj_t dict_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    args_check(n + 1, kw, 1, 2, true);
    obj_t d = type == &type_ordereddict ? ordereddict_new() : dict_new_of(type, 0);
    if (n == 1) { dict_update(d, args[0]); }
    for (size_t i = 0; i < kw; i++) { dict_set(d, args[n + 2 * i], args[n + 2 * i + 1]); }
    return d;
}

// args: the class (not asked: the result is always a dict), keys, value
static obj_t dict_fromkeys(size_t n, const obj_t *args) {
    obj_t value = n > 2 ? args[2] : OBJ_NONE;
    obj_t it = iter_begin(args[1], NULL);
    obj_t len = obj_len_maybe(args[1]);
    obj_t d = dict_new(obj_is_int(len) && obj_int(len) > 0 ? (size_t)obj_int(len) : 0);
    for (obj_t key; (key = iter_next(it)) != OBJ_NULL;) { dict_set(d, key, value); }
    return d;
}

// ---- operators ------------------------------------------------------------------------------------------------------
static bool dict_equal_ordered(const struct map *a, const struct map *b) {
    size_t i = 0, j = 0;
    for (;;) {
        struct map_slot *s = map_next(a, &i), *t = map_next(b, &j);
        if (s == NULL || t == NULL) { return s == t; }
        obj_t left = s->value, right = t->value;
        if (!obj_equal(s->key, t->key) || !obj_equal(left, right)) { return false; }
    }
}

static bool dict_equal(obj_t left, obj_t right) {
    const struct map *a = dict_map(left), *b = dict_map(right);
    if (left == right) { return true; }
    stack_check();
    if (a->used != b->used || obj_type(left) != obj_type(right)) { return false; }
    if (a->flags & b->flags & MAP_ORDERED) { return dict_equal_ordered(a, b); }
    size_t cursor = 0;
    for (struct map_slot *s; (s = map_next(a, &cursor)) != NULL;) {
        obj_t value = s->value;
        struct map_slot *other = map_find(b, s->key);
        if (other == NULL || !obj_equal(value, other->value)) { return false; }
    }
    return true;
}

static obj_t dict_binary(enum binary_op op, obj_t left, obj_t right) {
    if (!obj_is_dict(left)) { return OBJ_NULL; }
    switch (op) {
    case OP_EQ: return obj_is_dict(right) ? obj_bool(dict_equal(left, right)) : OBJ_NULL;
    case OP_CONTAINS: return obj_bool(map_find(dict_map(left), right) != NULL);
    case OP_OR: {
        obj_t d = dict_copy(left);
        dict_update(d, right);
        return d;
    }
    case OP_IOR:
        dict_self_changeable(left);
        dict_update(left, right);
        return left;
    default: return OBJ_NULL;
    }
}

static obj_t dict_unary(enum unary_op op, obj_t self) {
    const struct map *m = dict_map(self);
    switch (op) {
    case OP_BOOL: return obj_bool(m->used != 0);
    case OP_LEN: return OBJ_INT(m->used);
    case OP_SIZEOF: return OBJ_INT((4 + 2 * m->slots) * rt.profile.word_bytes);
    default: return OBJ_NULL;
    }
}

static obj_t dict_remove(obj_t dict, obj_t key) {
    obj_t value;
    if (!map_remove(dict_map(dict), key, &value)) { raise_value(&type_KeyError, key); }
    return value;
}

static obj_t dict_subscr(obj_t self, obj_t index, obj_t value) {
    if (value == OBJ_SENTINEL) { return dict_get(self, index); }
    if (value == OBJ_NULL) {
        dict_remove(self, index);
    } else {
        dict_set(self, index, value);
    }
    return OBJ_NONE;
}

static obj_t dict_next(obj_t self) {
    struct polymorph_iter *it = (struct polymorph_iter *)self;
    struct map_slot *s = map_next(dict_map(it->of), &it->cursor);
    return s != NULL ? s->key : iter_end();
}

obj_t dict_iter(obj_t self, struct iter_buf *buf) { return iter_build(buf, dict_next, self, 0); }

// ---- methods --------------------------------------------------------------------------------------------------------
static obj_t dict_clear_method(obj_t self) {
    map_clear(dict_self_changeable(self));
    return OBJ_NONE;
}

static obj_t dict_copy_method(obj_t self) {
    dict_self(self);
    return dict_copy(self);
}

static obj_t dict_get_method(size_t n, const obj_t *args) {
    struct map_slot *s = map_find(dict_self(args[0]), args[1]);
    return s != NULL ? s->value : n > 2 ? args[2] : OBJ_NONE;
}

static obj_t dict_pop(size_t n, const obj_t *args) {
    obj_t value;
    if (map_remove(dict_self_changeable(args[0]), args[1], &value)) { return value; }
    if (n < 3) { raise_value(&type_KeyError, args[1]); }
    return args[2];
}

static obj_t dict_setdefault(size_t n, const obj_t *args) {
    struct map_slot *s = map_add(dict_self_changeable(args[0]), args[1]);
    if (s->value == OBJ_NULL) { s->value = n > 2 ? args[2] : OBJ_NONE; }
    return s->value;
}

// The first entry of a hashed table, the last of an ordered one. Taken out without asking the key for its hash.
static obj_t dict_popitem(obj_t self) {
    struct map *m = dict_self_changeable(self);
    if (m->used == 0) { raise_message(&type_KeyError, "popitem(): dictionary is empty"); }
    size_t cursor = m->flags & MAP_ORDERED ? m->used - 1 : 0;
    obj_t pair = tuple_new(2, NULL);
    struct map_slot *s = map_next(m, &cursor);
    obj_t *items = ((struct tuple *)pair)->items;
    items[0] = s->key;
    items[1] = s->value;
    m->used--;
    map_slot_leaves(m, s);
    *s = (struct map_slot){m->flags & MAP_ORDERED ? OBJ_NULL : OBJ_SENTINEL, OBJ_NULL};
    if (m->flags & (MAP_GLOBALS | MAP_CLASS)) { rt.globals_version++; }
    return pair;
}

static obj_t dict_items(obj_t self) {
    dict_self(self);
    return dict_view_new(self, DICT_ITEMS);
}

static obj_t dict_keys(obj_t self) {
    dict_self(self);
    return dict_view_new(self, DICT_KEYS);
}

static obj_t dict_values(obj_t self) {
    dict_self(self);
    return dict_view_new(self, DICT_VALUES);
}

static obj_t dict_getitem(obj_t self, obj_t key) {
    dict_self(self);
    return dict_get(self, key);
}

static obj_t dict_setitem(obj_t self, obj_t key, obj_t value) {
    dict_self_changeable(self);
    dict_set(self, key, value);
    return OBJ_NONE;
}

static obj_t dict_delitem(obj_t self, obj_t key) {
    dict_self_changeable(self);
    dict_remove(self, key);
    return OBJ_NONE;
}

BUILTIN_1(dict_clear_fn, dict_clear_method);
BUILTIN_1(dict_copy_fn, dict_copy_method);
BUILTIN_VAR(dict_fromkeys_fn, 2, 3, dict_fromkeys);
static const struct wrapped dict_fromkeys_class = {&type_classmethod, OBJ_PTR(&dict_fromkeys_fn)};
BUILTIN_VAR(dict_get_fn, 2, 3, dict_get_method);
BUILTIN_1(dict_items_fn, dict_items);
BUILTIN_1(dict_keys_fn, dict_keys);
BUILTIN_VAR(dict_pop_fn, 2, 3, dict_pop);
BUILTIN_1(dict_popitem_fn, dict_popitem);
BUILTIN_VAR(dict_setdefault_fn, 2, 3, dict_setdefault);
BUILTIN_KW(dict_update_fn, 1, 2, dict_update_args);
BUILTIN_1(dict_values_fn, dict_values);
BUILTIN_2(dict_getitem_fn, dict_getitem);
BUILTIN_3(dict_setitem_fn, dict_setitem);
BUILTIN_2(dict_delitem_fn, dict_delitem);

static const struct map_slot dict_members[] = {
    MEMBER(clear, &dict_clear_fn),
    MEMBER(copy, &dict_copy_fn),
    MEMBER(fromkeys, &dict_fromkeys_class),
    MEMBER(get, &dict_get_fn),
    MEMBER(items, &dict_items_fn),
    MEMBER(keys, &dict_keys_fn),
    MEMBER(pop, &dict_pop_fn),
    MEMBER(popitem, &dict_popitem_fn),
    MEMBER(setdefault, &dict_setdefault_fn),
    MEMBER(update, &dict_update_fn),
    MEMBER(values, &dict_values_fn),
    MEMBER(__getitem__, &dict_getitem_fn),
    MEMBER(__setitem__, &dict_setitem_fn),
    MEMBER(__delitem__, &dict_delitem_fn),
};
static FIXED_DICT(dict_dict, dict_members);

static const struct type_ops dict_ops = {
    .print = dict_print,
    .construct = dict_construct,
    .unary = dict_unary,
    .binary = dict_binary,
    .subscr = dict_subscr,
    .iter = dict_iter,
};
const struct type type_dict = {.type = &type_type, .name = Q_dict, .ops = &dict_ops, .members = &dict_dict};
const struct type type_ordereddict = {
    .type = &type_type, .name = Q_OrderedDict, .ops = &dict_ops, .members = &dict_dict, .bases = OBJ_PTR(&type_dict)};
