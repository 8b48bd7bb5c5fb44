// SPDX-License-Identifier: MIT
// Cells: the place of a variable that a function shares with the functions inside it. value is OBJ_NULL while it is unset.
#include "heap/heap.h"
#include "objects/types.h"

obj_t cell_new(obj_t value) {
    struct cell *c = heap_new(2, 0, HEAP_REFS);
    c->type = &type_cell;
    c->value = value;
    return OBJ_PTR(c);
}

const struct type type_cell = {.type = &type_type, .name = Q_cell, .flags = TYPE_TRUE};
