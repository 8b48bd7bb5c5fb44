// SPDX-License-Identifier: MIT
// The table behind the built-in interned texts (names.gen.c, made by tools/names.awk): entry q is text q; entry 0 is unused.
#ifndef SRC_NAMES_TABLE_H
#define SRC_NAMES_TABLE_H

#include <stdbool.h>
#include <stddef.h>

struct builtin_name {
    const char *text;
    size_t len;
    bool cross; // known to the reference cross-compiler
};
extern const struct builtin_name builtin_names[];

#endif
