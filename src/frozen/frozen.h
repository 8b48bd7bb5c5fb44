// SPDX-License-Identifier: MIT
// Frozen modules: Python files of this folder, compiled when the program is built and linked into it.
#ifndef SRC_FROZEN_H
#define SRC_FROZEN_H

#include "code/code.h"
#include "heap/names_table.h"

struct module;
struct frozen_file {
    const char *path; // below src/frozen: `asyncio/__init__.py`
    const uint8_t *data; // a .mpy file
    size_t len;
};
// Written by tools/freeze (frozen.gen.c), or empty (frozen_none.c). Both lists end with a NULL.
extern const struct frozen_file frozen_files[];
extern const struct builtin_name frozen_names[]; // every text that the files want interned

enum { FROZEN_FOLDER_LEN = 7 }; // ".frozen" is the entry of sys.path that means these files
bool frozen_path(const char *path);                           // .frozen, or something in it
int frozen_kind(const char *path);                            // enum host_kind of `.frozen/...`
const struct frozen_file *frozen_find(const char *path);      // NULL: no such file
// The body of the file, to be run in the module. Code and constants are in the board's program memory, and stay there for the next
// import: the heap pays for the function object alone.
obj_t frozen_function(const struct frozen_file *file, struct module *module);

#endif
