// SPDX-License-Identifier: MIT
// Arguments of a star call, laid out flat: n positional values, then kw pairs, in one heap run that the caller frees after the call.
#ifndef SRC_CALL_UNPACK_H
#define SRC_CALL_UNPACK_H

#include "obj.h"

struct unpacked {
    obj_t *keep;       // the place of the star map, on the stack of the frame: keeps args alive from when the map has been read
    obj_t *args;
    size_t room, used; // words
    size_t n, kw;
};
// args: n written positionals, kw pairs (name OBJ_NULL: a mapping), then the star map. self, when not OBJ_NULL, goes first. May raise.
void unpack_args(struct unpacked *u, obj_t self, size_t n, size_t kw, obj_t *args);

#endif
