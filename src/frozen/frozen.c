// SPDX-License-Identifier: MIT
// Looking up and loading frozen modules.
//
// The data of a file is a .mpy file like any other, read by the same reader and verified, but once only and into flash (heap/flash.c).
// What was read is kept in `shelves`, one for each file. An import then needs what a board's needs: the module object, which serves as
// the context of its code, its dictionary, and function objects.
// The texts that the files want interned are built-in names: intern_start() has entered frozen_names.
#include "frozen/frozen.h"

#include "heap/heap.h"
#include "host.h"
#include "objects/types.h"
#include "rt.h"
#include "run/raise.h"

struct shelf {
    struct context context; // `table` and its counts; the rest is the importing module's
    struct code *code;      // NULL: not read yet
};
static struct shelf *shelves; // a run in flash

static const char folder[] = ".frozen";

bool frozen_path(const char *path) {
    return strncmp(path, folder, FROZEN_FOLDER_LEN) == 0 && (path[FROZEN_FOLDER_LEN] == '/' || path[FROZEN_FOLDER_LEN] == 0);
}

const struct frozen_file *frozen_find(const char *path) {
    if (!frozen_path(path) || path[FROZEN_FOLDER_LEN] == 0) return NULL;
    for (const struct frozen_file *f = frozen_files; f->path; f++)
        if (strcmp(f->path, path + FROZEN_FOLDER_LEN + 1) == 0) return f;
    return NULL;
}

int frozen_kind(const char *path) {
    if (frozen_find(path)) return HOST_FILE;
    if (!frozen_path(path)) return HOST_MISSING;
    if (path[FROZEN_FOLDER_LEN] == 0) return HOST_FOLDER;
    const char *name = path + FROZEN_FOLDER_LEN + 1;
    size_t len = strlen(name);
    for (const struct frozen_file *f = frozen_files; f->path; f++)
        if (strncmp(f->path, name, len) == 0 && f->path[len] == '/') return HOST_FOLDER;
    return HOST_MISSING;
}

struct reading {
    const struct frozen_file *file;
    struct shelf *shelf;
};

static void shelf_fill(void *arg) {
    struct reading *r = arg;
    r->shelf->code = mpy_read(r->file->data, r->file->len, &r->shelf->context);
}

// Room for all files at the first import after each start: flash is empty then.
static void shelves_make(void) {
    size_t n = 0;
    while (frozen_files[n].path) n++;
    shelves = heap_new(n * sizeof *shelves / sizeof(obj_t), 0, HEAP_DATA);
}

obj_t frozen_function(const struct frozen_file *file, struct module *module) {
    if (!rt.frozen_ready) {
        heap_flash_begin();
        shelves_make();
        heap_flash_end();
        rt.frozen_ready = true;
    }
    struct shelf *shelf = &shelves[file - frozen_files];
    if (!shelf->code) {
        struct reading r = {file, shelf};
        obj_t exception;
        heap_flash_begin();
        bool ok = protect(shelf_fill, &r, &exception);
        heap_flash_end();
        if (!ok) raise_object(exception);
    }
    struct context *context = (struct context *)module; // the two are one record
    context->table = shelf->context.table;
    context->n_names = shelf->context.n_names;
    context->n_constants = shelf->context.n_constants;
    return function_new(context, shelf->code, OBJ_NULL, OBJ_NULL);
}
