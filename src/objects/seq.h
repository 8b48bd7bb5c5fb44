// SPDX-License-Identifier: MIT
// tuple, list, range, slice. Growth and shrinking of lists follow spec/heap-model.md 2.5.
#ifndef SRC_SEQ_H
#define SRC_SEQ_H

#include "obj.h"

struct tuple { // 2 + n words
    const struct type *type; // type_tuple, or a namedtuple class
    size_t len;
    obj_t items[];
};
struct list { // 4 words + a run of `room` words (at least 4)
    const struct type *type;
    size_t room, len;
    obj_t *items;
};
struct range {
    const struct type *type;
    intptr_t start, stop, step;
};
struct slice {
    const struct type *type;
    obj_t start, stop, step;
};
extern const struct tuple tuple_empty;

// The iterator that most containers share: `next` is called with the iterator itself and finds its object and its place here.
struct polymorph_iter { // type_polymorph_iter, fits struct iter_buf
    const struct type *type;
    obj_t (*next)(obj_t self); // OBJ_NULL at the end
    obj_t of;
    size_t cursor;
};
// Makes one in *buf, or in the heap (4 words) when buf is NULL. Returns it.
obj_t iter_build(struct iter_buf *buf, obj_t (*next)(obj_t), obj_t of, size_t cursor);
// The room for an iterator of own type: buf, or 4 words of the heap.
void *iter_room(struct iter_buf *buf);
// End of an iteration: sets rt.stop_value to OBJ_NONE, returns OBJ_NULL.
obj_t iter_end(void);
// An iterator over an object that has only __getitem__; OBJ_NULL when it has none.
obj_t iter_build_getitem(struct iter_buf *buf, obj_t of);

#define OBJ_EMPTY_TUPLE ((obj_t)&tuple_empty)

obj_t tuple_iter(obj_t self, struct iter_buf *buf); // ops->iter of every kind of tuple; obj_is_tuple() knows them by it
obj_t tuple_unary(enum unary_op op, obj_t self);
obj_t tuple_binary(enum binary_op op, obj_t left, obj_t right);
obj_t tuple_subscr(obj_t self, obj_t index, obj_t value);
void tuple_print(struct printer *p, obj_t self, enum print_kind kind);
obj_t list_iter(obj_t self, struct iter_buf *buf);
extern const struct type type_attrtuple; // of attrtuple_new()
extern const struct builtin collections_namedtuple; // namedtuple(name, fields), objects/namedtuple.c
void attrtuple_print(struct printer *p, size_t n, const qstr_t *fields, const obj_t *items); // (a=1, b=2)

obj_t tuple_new(size_t n, const obj_t *items); // items NULL: all OBJ_NULL, to be filled in at once
// A tuple whose items also have names: (name=value, ...). fields: static array of n names. 3 + n words
obj_t attrtuple_new(size_t n, const obj_t *items, const qstr_t *fields);
obj_t list_new(size_t n, const obj_t *items);  // items NULL: all OBJ_NONE
obj_t list_from_iterable(obj_t iterable);
obj_t tuple_from_iterable(obj_t iterable);
void list_append(obj_t list, obj_t item);
void list_extend(obj_t list, obj_t iterable);
obj_t list_remove_at(struct list *l, size_t index);
void list_sort(obj_t list, obj_t key, bool reverse);
obj_t range_new(intptr_t start, intptr_t stop, intptr_t step);
obj_t slice_new(obj_t start, obj_t stop, obj_t step);
bool obj_is_tuple(obj_t o); // tuple, or namedtuple, or another whose ops are tuple's
// Items of a tuple or list (TypeError for others); the array is the object's own.
void seq_items(obj_t o, size_t *len, obj_t **items);
void seq_items_of_length(obj_t o, size_t len, obj_t **items); // ValueError `requested length N but object has length M`
// Slice bounds as Python cuts them to `len`; true when step is 1.
struct slice_bounds {
    size_t start, stop;
    intptr_t step;
    size_t count; // items selected
};
bool slice_indices(size_t len, obj_t slice, struct slice_bounds *out);
// For containers that can change: an index or slice whose __int__ methods have run, so that looking at it runs no code any more.
obj_t index_plain(obj_t index);
obj_t slice_plain(obj_t slice, struct slice *plain); // the same slice, or one made in *plain
bool seq_compare(enum binary_op op, size_t an, const obj_t *a, size_t bn, const obj_t *b);
obj_t seq_hash_result(uintptr_t sum); // small integer of the profile, from a sum of hashes
// The count in a repetition (`seq * count`); false when it is no integer. Negative counts are 0.
bool seq_repeat_count(obj_t o, size_t *count);
obj_t seq_index(const obj_t *items, size_t n, size_t n_args, const obj_t *args); // list.index / tuple.index
obj_t seq_count(const obj_t *items, size_t n, obj_t item);

#endif
