// SPDX-License-Identifier: MIT
// Walks over the items of a tuple or list that stay right when the items change on the way (seq.c). Shared by tuple.c and list.c only.
#ifndef SRC_SEQ_LIVE_H
#define SRC_SEQ_LIVE_H

#include "obj.h"

bool seq_compare_live(enum binary_op op, const size_t *an, obj_t *const *a, const size_t *bn, obj_t *const *b);
obj_t seq_index_live(const size_t *len, obj_t *const *items, size_t n_args, const obj_t *args);
obj_t seq_count_live(const size_t *len, obj_t *const *items, obj_t item);
bool seq_contains_live(const size_t *len, obj_t *const *items, obj_t item);
size_t seq_repeat_length(size_t n, size_t count);                             // MemoryError when no memory could hold it
void seq_repeat(obj_t *to, const obj_t *from, size_t n, size_t total);        // total is a multiple of n
void seq_print(struct printer *p, const size_t *len, obj_t *const *items, enum print_kind kind); // a, b, c

#endif
