// SPDX-License-Identifier: MIT
// A host-memory index beside a large hash table (of dict or set), so that looking up stays fast although the table may be completely full
// (spec/heap-model.md 2.6 lets it grow only then). The table itself, and with it the order of iteration and the heap, stays as the board
// has it.
//
// Invariants
//  - An index exists only for tables of INDEX_LEAST slots and more, all of whose keys are of kinds that compare without running Python
// code.
//  - It is made when a search has walked INDEX_WALK slots in vain, and told of each key that comes or goes. It ends with its table.
#ifndef SRC_MAP_INDEX_H
#define SRC_MAP_INDEX_H

#include "obj.h"

enum { INDEX_LEAST = 64, INDEX_WALK = 12 };

struct map_index;
// The index of a table, made if there is none; NULL: not possible. `stride` words from key to key (2 dict, 1 set).
struct map_index *map_index_make(obj_t *table, size_t slots, size_t stride);
struct map_index *map_index_of(const obj_t *table); // NULL when it has none
bool map_index_serves(obj_t key);                   // can such a key be looked up in an index?
obj_t *map_index_find(const struct map_index *x, obj_t key, size_t hash); // place of the key in the table, or NULL
// first place from home (with wrap-around) without a live key, or NULL
obj_t *map_index_room(const struct map_index *x, size_t home);
void map_index_added(struct map_index *x, const obj_t *place, size_t hash); // key is in place; an unfit key ends the index
void map_index_removed(struct map_index *x, const obj_t *place, size_t hash);
bool map_index_drop(const void *table);             // the table is no more; true: it had an index

#endif
