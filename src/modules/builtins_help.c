// SPDX-License-Identifier: MIT
// dir() and help(). MicroPython keeps no list of attributes: dir(x) tries every interned name.
#include "frozen/frozen.h"
#include "heap/intern.h"
#include "modules/builtins.h"
#include "objects/map.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "rt.h"
#include "run/raise.h"
#include "run/vm.h"

static obj_t dir_do(size_t n, const obj_t *args) {
    obj_t list = list_new(0, NULL), out[2];
    if (n == 0) {
        size_t cursor = 0;
        struct map_slot *slot;
        while ((slot = map_next(&rt.locals->map, &cursor))) list_append(list, slot->key);
        return list;
    }
    if (obj_is_instance(args[0]) && attr_find(args[0], Q___dir__, out)) return call_method(0, 0, out);
    size_t names = intern_count();
    for (qstr_t name = 1; name <= names; name++) {
        poll_keyboard();
        if (attr_find(args[0], name, out)) list_append(list, OBJ_QSTR(name));
    }
    return list;
}
const struct builtin builtin_dir = {BUILTIN_TYPE(FORM_VAR), FORM_VAR, 0, 1, 0, {.var = dir_do}};

// ---- help -----------------------------------------------------------------------------------------------------------------------
static const struct { char key; const char *use; } help_keys[] = {
    {'A', "on a blank line, enter raw REPL mode"},
    {'B', "on a blank line, enter normal REPL mode"},
    {'C', "interrupt a running program"},
    {'D', "on a blank line, exit or do a soft reset"},
    {'E', "on a blank line, enter paste mode"},
};

static void help_general(struct printer *p) {
    print_text(p, "Welcome to MicroPython!\n\nFor online docs please visit http://docs.micropython.org/\n\n");
    print_text(p, "Control commands:\n");
    for (size_t i = 0; i < sizeof help_keys / sizeof help_keys[0]; i++)
        print_format(p, "  CTRL-%-9c-- %s\n", help_keys[i].key, help_keys[i].use);
    print_text(p, "\nFor further help on a specific object, type help(obj)\n");
}

enum { HELP_COLUMNS = 4, HELP_WIDTH = 18 };

// The names of the builtin modules in columns, sorted down the columns.
static void help_modules(struct printer *p) {
    obj_t list = list_new(0, NULL);
    list_append(list, OBJ_QSTR(Q___main__));
    for (const struct builtin_module *b = builtin_modules; b->name; b++)
        if (builtin_module_is_here(b)) list_append(list, OBJ_QSTR(b->name));
    for (const struct frozen_file *f = frozen_files; f->path; f++)
        list_append(list, str_new(f->path, strlen(f->path) - 3)); // without .py
    list_sort(list, OBJ_NONE, false);
    size_t n = ((struct list *)list)->len, rows = (n + HELP_COLUMNS - 1) / HELP_COLUMNS;
    for (size_t row = 0; row < rows; row++) {
        for (size_t i = row; i < n; i += rows) {
            size_t len;
            print_text(p, str_data(((struct list *)list)->items[i], &len));
            if (i + rows >= n) break;
            do print_text(p, " ");
            while (++len % HELP_WIDTH);
        }
        print_text(p, "\n");
    }
    print_text(p, "Plus any modules on the filesystem\n");
}

static void help_members(struct printer *p, const struct map *m) {
    size_t cursor = 0;
    struct map_slot *slot;
    while ((slot = map_next(m, &cursor))) {
        obj_t value = slot->value;
        print_text(p, "  ");
        obj_print(p, slot->key, PRINT_STR);
        print_text(p, " -- ");
        obj_print(p, value == OBJ_SENTINEL ? OBJ_QSTR(Q_empty) : value, PRINT_STR);
        print_text(p, "\n");
    }
}

static void help_object(struct printer *p, obj_t o) {
    const struct type *type = obj_type(o);
    print_text(p, "object ");
    obj_print(p, o, PRINT_STR);
    print_format(p, " is of type %q\n", type->name);
    if (type == &type_module) help_members(p, &((struct module *)o)->globals->map);
    else if (type == &type_type) type = (const struct type *)o;
    if (type != &type_module && type->members) help_members(p, &type->members->map);
}

static obj_t help_do(size_t n, const obj_t *args) {
    struct printer p = printer_stdout;
    if (n == 0) help_general(&p);
    else if (args[0] == OBJ_QSTR(Q_modules)) help_modules(&p);
    else help_object(&p, args[0]);
    return OBJ_NONE;
}
const struct builtin builtin_help = {BUILTIN_TYPE(FORM_VAR), FORM_VAR, 0, 1, 0, {.var = help_do}};
