// SPDX-License-Identifier: MIT
// From a 32-bit key to small numbers, in host memory: finds names and constants while compiling.
//
// Open addressing with linear probing, never more than half full. A key may be present several times; nothing is ever removed.
// A cell holds value + 1; 0 is an empty cell.
#ifndef SRC_LOOKUP_H
#define SRC_LOOKUP_H

#include <stddef.h>
#include <stdint.h>

struct lookup_cell {
    uint32_t key, value;
};
struct lookup {
    struct lookup_cell *cell;
    size_t room, used; // room is 0 or a power of two
};
enum { LOOKUP_NONE = UINT32_MAX };

void lookup_add(struct lookup *l, uint32_t key, uint32_t value);
void lookup_free(struct lookup *l);
// The next value stored for key. *cursor starts as SIZE_MAX. LOOKUP_NONE: no more.
uint32_t lookup_next(const struct lookup *l, uint32_t key, size_t *cursor);

#endif
