// SPDX-License-Identifier: MIT
// The two tables of a unit under construction: names and constants, numbered by first use (spec/bytecode.md 9.6).
#ifndef SRC_TABLES_H
#define SRC_TABLES_H

#include "compile/charges.h"
#include "compile/lookup.h"

struct tables {
    qstr_t *names;
    size_t n_names, name_room;
    struct lookup find_name, find_constant; // constants themselves are in charges.constants
};

size_t tables_name(struct tables *t, struct charges *c, qstr_t name);
size_t tables_constant(struct tables *t, struct charges *c, obj_t value);
void tables_free(struct tables *t);
// Same type and equal, element by element in tuples; 0.0 is not -0.0, NaN is only itself.
bool constant_same(obj_t a, obj_t b);

#endif
