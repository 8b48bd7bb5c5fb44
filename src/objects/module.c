// SPDX-License-Identifier: MIT
// Module objects: a dictionary of globals with attribute syntax. Modules written in C have a fixed dictionary that cannot be changed,
// except that sys computes some attributes (modules/sys.h) and that names stored in builtins are kept apart, in front of it.
#include "objects/instance.h"
#include "heap/heap.h"
#include "heap/intern.h"
#include "modules/sys.h"
#include "objects/map.h"
#include "objects/str.h"
#include "rt.h"
#include "run/call.h"
#include "run/raise.h"

struct module *module_new(qstr_t name) {
    struct module *m = heap_new(4, 0, HEAP_REFS);
    m->type = &type_module;
    m->globals = (struct dict *)dict_new(1);
    m->globals->map.flags |= MAP_GLOBALS;
    dict_set_qstr(m->globals, Q___name__, OBJ_QSTR(name));
    return m;
}

static void module_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    const struct map *m = &((struct module *)self)->globals->map;
    struct map_slot *name = map_find_qstr(m, Q___name__), *file = map_find_qstr(m, Q___file__);
    print_text(p, "<module ");
    obj_print(p, name ? name->value : OBJ_QSTR(Q_empty), PRINT_REPR);
    if (file) {
        print_text(p, " from ");
        obj_print(p, file->value, PRINT_REPR);
    }
    print_text(p, ">");
}

static void module_load(struct module *m, qstr_t name, obj_t out[2]) {
    if (m == &module_sys) {
        sys_attr(name, OBJ_NULL, out);
        if (out[0] != OBJ_NULL) return;
    }
    struct map_slot *slot = map_find_qstr(&m->globals->map, name);
    if (slot && slot->value != OBJ_SENTINEL) {
        out[0] = slot->value;
    } else if (name == Q___dict__) {
        out[0] = OBJ_PTR(m->globals);
    } else if (!(m->globals->map.flags & MAP_FIXED) && name != Q___class__ && (slot = map_find_qstr(&m->globals->map, Q___getattr__))) {
        out[0] = call_1(slot->value, OBJ_QSTR(name));
    }
}

void builtins_override_set(qstr_t name, obj_t value) {
    if (value == OBJ_NULL) {
        if (!rt.builtins_override || !map_remove(&rt.builtins_override->map, OBJ_QSTR(name), NULL))
            raise_value(&type_KeyError, OBJ_QSTR(name));
        return;
    }
    if (!rt.builtins_override) {
        rt.builtins_override = (struct dict *)dict_new(1);
        rt.builtins_override->map.flags |= MAP_GLOBALS;
    }
    dict_set_qstr(rt.builtins_override, name, value);
}

static void module_store(struct module *m, qstr_t name, obj_t value, obj_t out[2]) {
    if (m == &module_sys) {
        sys_attr(name, value, out);
        return;
    }
    if (m == &module_builtins) {
        builtins_override_set(name, value == OBJ_SENTINEL ? OBJ_NULL : value);
        out[0] = OBJ_NULL;
        return;
    }
    if (m->globals->map.flags & (MAP_FIXED | MAP_READ_ONLY)) return;
    if (value == OBJ_SENTINEL) {
        if (map_remove(&m->globals->map, OBJ_QSTR(name), NULL)) out[0] = OBJ_NULL;
        return;
    }
    dict_set_qstr(m->globals, name, value);
    out[0] = OBJ_NULL;
}

static void module_attr(obj_t self, qstr_t name, obj_t value, obj_t out[2]) {
    if (value == OBJ_NULL) module_load((struct module *)self, name, out);
    else module_store((struct module *)self, name, value, out);
}

static const struct type_ops module_ops = {.print = module_print, .attr = module_attr};
const struct type type_module = {.type = &type_type, .name = Q_module, .flags = TYPE_TRUE, .ops = &module_ops};
