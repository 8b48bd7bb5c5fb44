// SPDX-License-Identifier: MIT
// What keys(), values() and items() give: a window on a dictionary, 3 words. It holds the dictionary, so it always shows
// the present contents. All three kinds have one type, dict_view. Iterating over items makes a tuple for each.
#include "heap/heap.h"
#include "objects/map.h"
#include "objects/seq.h"
#include "run/raise.h"

struct dict_view {
    const struct type *type;
    obj_t dict;
    size_t kind; // enum dict_view_kind
};

obj_t dict_view_new(obj_t dict, enum dict_view_kind kind) {
    struct dict_view *v = heap_new(3, 0, HEAP_REFS);
    *v = (struct dict_view){&type_dict_view, dict, kind};
    return OBJ_PTR(v);
}

static obj_t dict_view_next_value(obj_t self) {
    struct polymorph_iter *it = (struct polymorph_iter *)self;
    struct map_slot *s = map_next(dict_map(it->of), &it->cursor);
    return s != NULL ? s->value : iter_end();
}

static obj_t dict_view_next_item(obj_t self) {
    struct polymorph_iter *it = (struct polymorph_iter *)self;
    struct map_slot *s = map_next(dict_map(it->of), &it->cursor);
    return s != NULL ? tuple_new(2, (obj_t[]){s->key, s->value}) : iter_end();
}

static obj_t dict_view_iter(obj_t self, struct iter_buf *buf) {
    struct dict_view *v = (struct dict_view *)self;
    switch (v->kind) {
    case DICT_KEYS: return dict_iter(v->dict, buf);
    case DICT_VALUES: return iter_build(buf, dict_view_next_value, v->dict, 0);
    default: return iter_build(buf, dict_view_next_item, v->dict, 0);
    }
}

static void dict_view_print_entry(struct printer *p, size_t kind, obj_t key, obj_t value) {
    if (kind == DICT_ITEMS) {
        obj_t pair[2] = {key, value};
        obj_print(p, tuple_new(2, pair), PRINT_REPR);
    } else {
        obj_print(p, kind == DICT_KEYS ? key : value, PRINT_REPR);
    }
}

static void dict_view_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    static const char *const opening[] = {"dict_items([", "dict_keys([", "dict_values(["};
    struct dict_view *v = (struct dict_view *)self;
    print_text(p, opening[v->kind]);
    size_t cursor = 0;
    const char *between = "";
    for (struct map_slot *s; (s = map_next(dict_map(v->dict), &cursor)) != NULL;) {
        obj_t key = s->key, value = s->value;
        print_text(p, between);
        dict_view_print_entry(p, v->kind, key, value);
        between = ", ";
    }
    print_text(p, "])");
}

static obj_t dict_view_unary(enum unary_op op, obj_t self) {
    const struct dict_view *v = (const struct dict_view *)self;
    size_t used = dict_map(v->dict)->used;
    switch (op) {
    case OP_BOOL: return obj_bool(used != 0);
    case OP_LEN: return OBJ_INT(used);
    case OP_HASH: // by identity; the other kinds are compared by contents elsewhere, and have none
        return v->kind == DICT_VALUES ? seq_hash_result(heap_address(v)) : OBJ_NULL;
    default: return OBJ_NULL;
    }
}

static obj_t dict_view_binary(enum binary_op op, obj_t left, obj_t right) {
    if (op == OP_CONTAINS && obj_is(left, &type_dict_view) && ((struct dict_view *)left)->kind == DICT_KEYS) {
        return obj_bool(map_find(dict_map(((struct dict_view *)left)->dict), right) != NULL);
    }
    return OBJ_NULL;
}

static const struct type_ops dict_view_ops = {
    .print = dict_view_print,
    .unary = dict_view_unary,
    .binary = dict_view_binary,
    .iter = dict_view_iter,
};
const struct type type_dict_view = {.type = &type_type, .name = Q_dict_view, .ops = &dict_view_ops};
