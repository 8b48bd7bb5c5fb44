// SPDX-License-Identifier: MIT
// Importing: sys.modules, the search along sys.path, packages, and running a file as __main__.
//
// A dotted name is imported part by part; each part is looked up in sys.modules, then among the builtin modules, then as
// FOLDER/part (package), FOLDER/part.py, FOLDER/part.mpy for each folder of sys.path, or of the package's __path__. Builtin modules marked
// extensible give way to a file of that name. The entry `.frozen` stands for the modules linked into the program (src/frozen/). A module
// whose body raises leaves sys.modules again. The path is put together in a buffer on the C stack (a board has no heap for it either).
#include "code/code.h"
#include "compile/compile.h"
#include "frozen/frozen.h"
#include "heap/heap.h"
#include "heap/intern.h"
#include "objects/map.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "objects/types.h"
#include "rt.h"
#include "run/call.h"
#include "run/raise.h"
#include "run/vm.h"
#include "vfs/vfs.h"

enum { PATH_ROOM = 512 };
struct path {
    char text[PATH_ROOM];
    size_t len;
};

static bool path_add(struct path *p, const char *text, size_t len) {
    if (len >= PATH_ROOM - p->len) return false;
    memcpy(p->text + p->len, text, len);
    p->len += len;
    p->text[p->len] = 0;
    return true;
}

// A path inside `.frozen` means a file of frozen_files, any other one of the host.
static enum host_kind path_kind(const char *path) { return frozen_path(path) ? (enum host_kind)frozen_kind(path) : vfs_kind(path); }

// ---- running code ----------------------------------------------------------------------------------------------------------
struct source {
    const char *text;
    size_t len;
    qstr_t file;
    struct module *module;
    obj_t function;
};

static void source_compile(void *arg) {
    struct source *s = arg;
    size_t name_len;
    const char *name = qstr_text(s->file, &name_len);
    bool named_mpy = name_len > 4 && memcmp(name + name_len - 4, ".mpy", 4) == 0;
    if (named_mpy || mpy_looks_like((const uint8_t *)s->text, s->len)) {
        dict_set_qstr(s->module->globals, Q___file__, OBJ_QSTR(s->file));
        struct context *context = context_new(s->module->globals);
        struct code *code = mpy_read((const uint8_t *)s->text, s->len, context);
        s->function = function_new(context, code, OBJ_NULL, OBJ_NULL);
    } else {
        s->function = compile_text(s->text, s->len, s->file, PARSE_FILE, s->module->globals, true);
    }
}

// Compiles or loads the file and runs its body in the module.
static void module_run_file(struct module *module, const char *path) {
    const struct frozen_file *frozen = frozen_find(path);
    if (frozen) {
        dict_set_qstr(module->globals, Q___file__, OBJ_QSTR(intern_text(frozen->path)));
        vm_run_body(frozen_function(frozen, module), module->globals, module->globals);
        return;
    }
    size_t len = 0;
    char *text = vfs_read_file(path, &len);
    struct source s = {text, len, intern_text(path), module, OBJ_NULL};
    obj_t exception;
    bool compiled = protect(source_compile, &s, &exception);
    host_free(text);
    if (!compiled) raise_object(exception);
    vm_run_body(s.function, module->globals, module->globals);
}

static struct module *main_module(void) {
    struct map_slot *slot = map_find_qstr(rt.loaded, Q___main__);
    return (struct module *)slot->value;
}

void run_file(const char *path) { module_run_file(main_module(), path); }

void run_text(const char *text, size_t len, const char *name, int input) {
    struct module *module = main_module();
    obj_t function = compile_text(text, len, intern_text(name), (enum parse_input)input, module->globals, false);
    // on a board's C stack the prompt leaves the address of the unit's record behind
    obj_t record = OBJ_PTR(((struct function *)function)->code->info->record);
    vm_run_unit(function, module->globals, module->globals, record);
}

// A board has these records in static memory; only their tables are in the heap.
static struct {
    struct module main;
    struct dict main_globals, loaded;
} boot;

static void boot_mark(void) {
    heap_mark(boot.main_globals.map.table);
    heap_mark(boot.loaded.map.table);
}

void import_start(void) {
    memset(&boot, 0, sizeof boot);
    boot.loaded.type = boot.main_globals.type = &type_dict;
    boot.main.type = &type_module;
    boot.main.globals = &boot.main_globals;
    heap_add_root(boot_mark);
    map_init(&boot.loaded.map, 3);
    map_init(&boot.main_globals.map, 1);
    boot.main_globals.map.flags |= MAP_GLOBALS;
    dict_set_qstr(&boot.main_globals, Q___name__, OBJ_QSTR(Q___main__));
    rt.loaded_dict = &boot.loaded;
    rt.loaded = &boot.loaded.map;
    rt.main_dict = rt.globals = rt.locals = &boot.main_globals;
    map_add(rt.loaded, OBJ_QSTR(Q___main__))->value = OBJ_PTR(&boot.main);
}

// ---- builtin modules --------------------------------------------------------------------------------------------------------
static const struct builtin_module *builtin_find(qstr_t name) {
    for (const struct builtin_module *b = builtin_modules; b->name; b++)
        if (b->name == name && builtin_module_is_here(b)) return b;
    return NULL;
}

static obj_t builtin_enter(const struct builtin_module *b) {
    size_t n = (size_t)(b - builtin_modules);
    uint64_t *started = &rt.modules_started[n / 64], bit = (uint64_t)1 << n % 64;
    if (b->start && !(*started & bit)) { // once for each runtime
        *started |= bit;
        b->start();
    }
    return OBJ_PTR(b->module);
}

// The name without the u of old times (utime, uos ...), or 0.
static qstr_t name_without_u(qstr_t name) {
    size_t len;
    const char *text = qstr_text(name, &len);
    if (len < 2 || text[0] != 'u') return 0;
    return intern_find(text + 1, len - 1);
}

obj_t import_builtin(qstr_t name) {
    const struct builtin_module *b = builtin_find(name);
    if (!b) {
        qstr_t plain = name_without_u(name);
        if (plain) b = builtin_find(plain);
    }
    return b ? builtin_enter(b) : OBJ_NULL;
}

// ---- finding files ------------------------------------------------------------------------------------------------------------
enum found { FOUND_NOTHING, FOUND_PACKAGE, FOUND_FILE };

// p: folder and name without suffix; a suffix is added when a file is found.
static enum found path_probe(struct path *p) {
    if (path_kind(p->text) == HOST_FOLDER) return FOUND_PACKAGE;
    size_t len = p->len;
    if (path_add(p, ".py", 3) && path_kind(p->text) == HOST_FILE) return FOUND_FILE;
    p->len = len;
    if (path_add(p, ".mpy", 4) && path_kind(p->text) == HOST_FILE) return FOUND_FILE;
    p->text[p->len = len] = 0;
    return FOUND_NOTHING;
}

static enum found path_search_in(struct path *p, obj_t folder, const char *name, size_t name_len) {
    size_t len;
    const char *text = str_data_maybe(folder, &len);
    p->len = 0;
    p->text[0] = 0;
    if (!text) return FOUND_NOTHING;
    if (len && (!path_add(p, text, len) || !path_add(p, "/", 1))) return FOUND_NOTHING;
    if (!path_add(p, name, name_len)) return FOUND_NOTHING;
    return path_probe(p);
}

static enum found path_search(struct path *p, obj_t package_path, const char *name, size_t name_len) {
    if (package_path != OBJ_NULL) return path_search_in(p, package_path, name, name_len);
    size_t n = 0;
    obj_t *items;
    if (rt.sys_path == OBJ_NULL) return path_search_in(p, OBJ_QSTR(Q_empty), name, name_len);
    seq_items(rt.sys_path, &n, &items);
    for (size_t i = 0; i < n; i++) {
        enum found found = path_search_in(p, items[i], name, name_len);
        if (found != FOUND_NOTHING) return found;
    }
    return FOUND_NOTHING;
}

// ---- loading --------------------------------------------------------------------------------------------------------------------
struct loading {
    struct module *module;
    struct path *path;
    enum found found;
};

static void module_load(void *arg) {
    struct loading *l = arg;
    if (l->found == FOUND_FILE) {
        module_run_file(l->module, l->path->text);
        return;
    }
    dict_set_qstr(l->module->globals, Q___path__, str_new(l->path->text, l->path->len));
    size_t len = l->path->len;
    if (!path_add(l->path, "/__init__.py", 12) || path_kind(l->path->text) != HOST_FILE) {
        l->path->len = len;
        if (!path_add(l->path, "/__init__.mpy", 13) || path_kind(l->path->text) != HOST_FILE) return; // a folder is enough
    }
    module_run_file(l->module, l->path->text);
}

static obj_t module_import_file(qstr_t full_name, struct path *p, enum found found) {
    struct module *module = module_new(full_name);
    map_add(rt.loaded, OBJ_QSTR(full_name))->value = OBJ_PTR(module);
    struct loading l = {module, p, found};
    obj_t exception;
    if (!protect(module_load, &l, &exception)) {
        map_remove(rt.loaded, OBJ_QSTR(full_name), NULL);
        raise_object(exception);
    }
    // a module may have replaced itself
    struct map_slot *slot = map_find_qstr(rt.loaded, full_name);
    return slot ? slot->value : OBJ_PTR(module);
}

static obj_t module_path(obj_t module) {
    if (!obj_is(module, &type_module)) return OBJ_NULL;
    struct map_slot *slot = map_find_qstr(&((struct module *)module)->globals->map, Q___path__);
    return slot ? slot->value : OBJ_NULL;
}

static bool path_is_empty(void) {
    size_t n = 1;
    obj_t *items;
    if (rt.sys_path != OBJ_NULL && (obj_is(rt.sys_path, &type_tuple) || obj_is(rt.sys_path, &type_list))) seq_items(rt.sys_path, &n,
        &items);
    return n == 0;
}

// One part of a dotted name. parent OBJ_NULL: top level. *loaded: it was not in sys.modules before.
static obj_t import_part(obj_t parent, qstr_t full_name, const char *part, size_t part_len, bool *loaded) {
    *loaded = false;
    if (parent == OBJ_NULL && path_is_empty()) { // the way a file can ask for the builtin module of its own name
        obj_t builtin = import_builtin(full_name);
        if (builtin != OBJ_NULL) return builtin;
    }
    struct map_slot *slot = map_find_qstr(rt.loaded, full_name);
    if (slot) return slot->value;
    *loaded = true;
    struct path p;
    obj_t package_path = OBJ_NULL;
    if (parent == OBJ_NULL) {
        const struct builtin_module *b = builtin_find(full_name);
        if (b && !b->extensible) return builtin_enter(b);
        if (!b && import_builtin(full_name) != OBJ_NULL) return import_builtin(full_name); // an old u-name is never a file
    } else {
        package_path = module_path(parent);
        if (package_path == OBJ_NULL) return OBJ_NULL;
    }
    enum found found = path_search(&p, package_path, part, part_len);
    if (found != FOUND_NOTHING) return module_import_file(full_name, &p, found);
    return import_builtin(full_name);
}

_Noreturn static void import_relative_error(void) { raise_message(&type_ImportError, "can't perform relative import"); }

static obj_t importing_global(qstr_t name) {
    struct map_slot *slot = rt.globals ? map_find_qstr(&rt.globals->map, name) : NULL;
    return slot ? slot->value : OBJ_NULL;
}

// The absolute name that `level` dots and `name` mean in the running module.
static qstr_t import_absolute(qstr_t name, intptr_t level) {
    obj_t own = importing_global(Q___name__);
    if (own == OBJ_NULL || !obj_is_str(own)) import_relative_error();
    size_t len;
    const char *text = str_data(own, &len);
    if (importing_global(Q___path__) != OBJ_NULL) level--;
    while (level > 0) {
        while (len && text[len - 1] != '.') len--;
        if (len == 0) import_relative_error();
        len--;
        level--;
    }
    if (len == 0) import_relative_error();
    struct path p = {.len = 0};
    size_t name_len;
    const char *name_text = qstr_text(name, &name_len);
    if (!path_add(&p, text, len) || (name_len && (!path_add(&p, ".", 1) || !path_add(&p, name_text, name_len))))
        raise_message(&type_ValueError, "name too long");
    return intern(p.text, p.len);
}

obj_t import_module(qstr_t name, obj_t from_list, intptr_t level) {
    stack_check();
    if (level > 0) name = import_absolute(name, level);
    size_t len;
    const char *text = qstr_text(name, &len);
    if (len == 0) raise_message(&type_ValueError, "");
    obj_t module = OBJ_NULL, top = OBJ_NULL;
    for (size_t at = 0; at <= len;) {
        size_t end = at;
        while (end < len && text[end] != '.') end++;
        qstr_t full = end == len ? name : intern(text, end);
        obj_t parent = module;
        bool loaded;
        module = import_part(parent, full, text + at, end - at, &loaded);
        if (module == OBJ_NULL) raise_format(&type_ImportError, "no module named '%q'", full);
        if (loaded && parent != OBJ_NULL && obj_is(parent, &type_module)) {
            qstr_t part = intern(text + at, end - at);
            struct map *members = &((struct module *)parent)->globals->map;
            if (!(members->flags & MAP_FIXED)) dict_set_qstr(((struct module *)parent)->globals, part, module);
        }
        if (top == OBJ_NULL) top = module;
        at = end + 1;
    }
    return from_list == OBJ_NONE ? top : module;
}
