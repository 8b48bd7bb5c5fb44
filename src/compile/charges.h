// SPDX-License-Identifier: MIT
// What a compilation costs in the Python heap besides its results (spec/heap-model.md 4.1).
//
// The compiler's own tables are host memory. A board keeps them in its heap, so runs of the same size are requested at the same
// moments and freed in the same order. They do real work in one respect: they keep unfinished code and constants alive.
//  - record of a scope: word 0 the next scope's record, 1 its struct code_record, 2 its name table, 3 entries the name table has room for
//  - constant list: the constants found so far
// struct charges must lie on the C stack while a compilation runs: it is the root of all of them.
#ifndef SRC_CHARGES_H
#define SRC_CHARGES_H

#include "code/code.h"

struct charges {
    uintptr_t *first_scope, *last_scope;
    obj_t *constants;        // run of constant_room words; not freed, as on the board
    size_t constant_room, n_constants;
    void *name_map;          // not freed either
    size_t map_slots, map_used;
    void *emitter, *labels;
};

void charges_begin(struct charges *c);
void charges_emitter(struct charges *c);
uintptr_t *charges_scope(struct charges *c, struct code_record **code); // the record; makes the struct code_record too
void charges_name(uintptr_t *record, size_t n);                  // the scope has n names now
void charges_map(struct charges *c);                             // one more name of the unit
void charges_constant(struct charges *c, obj_t value);
void charges_labels(struct charges *c, size_t most);
// The end, in two steps around tree_free()
void charges_end_emitter(struct charges *c);
void charges_end_scopes(struct charges *c);

#endif
