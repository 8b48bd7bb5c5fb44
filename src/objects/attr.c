// SPDX-License-Identifier: MIT
// Attribute access of any value.
//
// Loading asks, in this order: the type's own hook (ops->attr), __class__, __next__ of native iterators, the members of the type and its
// bases. The result is a pair: out[0] the value; out[1] the object that becomes the first argument when out[0] is called, or OBJ_NULL.
// A member found on a type becomes such a pair in obj_bind_member():
//   Python function      bound to the object; as it is when taken from the type
//   builtin function     bound when it is a member of a native type; a plain value in a class written in Python
//   staticmethod         its function;  classmethod: its function, bound to the type
//   anything else        as it is
#include "heap/heap.h"
#include "heap/intern.h"
#include "objects/instance.h"
#include "objects/map.h"
#include "objects/str.h"
#include "rt.h"
#include "run/call.h"
#include "run/raise.h"

void obj_bind_member(obj_t self, const struct type *type, obj_t member, obj_t out[2]) {
    const struct type *kind = obj_type(member);
    out[0] = member;
    out[1] = OBJ_NULL;
    if (type_is_builtin(kind)) {
        if (type->flags & TYPE_CLASS) return;
        if (self != OBJ_NULL) out[1] = self;
        else if (type != &type_object) out[0] = checked_builtin_new(member, type);
    } else if (kind->flags & TYPE_BINDS) {
        out[1] = self;
    } else if (kind == &type_staticmethod) {
        out[0] = ((struct wrapped *)member)->function;
    } else if (kind == &type_classmethod) {
        out[0] = ((struct wrapped *)member)->function;
        out[1] = OBJ_PTR(type);
    }
}

static obj_t attr_next(obj_t self) {
    obj_t item = iter_next(self);
    if (item == OBJ_NULL) raise_stop(rt.stop_value);
    return item;
}
BUILTIN_1(attr_next_fn, attr_next);

void obj_load_method_maybe(obj_t o, qstr_t name, obj_t out[2]) {
    const struct type *type = obj_type(o);
    out[0] = out[1] = OBJ_NULL;
    if (type->ops && type->ops->attr) {
        type->ops->attr(o, name, OBJ_NULL, out);
        if (out[0] == OBJ_SENTINEL) out[0] = OBJ_NULL;
        else if (out[0] == OBJ_NULL) goto further;
        return;
    }
further:
    if (name == Q___class__) {
        out[0] = OBJ_PTR(type);
        return;
    }
    obj_t member = type_lookup(type, name, NULL);
    if (member != OBJ_NULL) {
        obj_bind_member(o, type, member, out);
    } else if (name == Q___next__ && type->ops && type->ops->next && !(type->flags & TYPE_CLASS)) {
        out[0] = OBJ_PTR(&attr_next_fn);
        out[1] = o;
    }
}

_Noreturn static void attr_missing(obj_t o, qstr_t name) {
    if (obj_is(o, &type_type))
        raise_format(&type_AttributeError, "type object '%q' has no attribute '%q'", ((const struct type *)o)->name, name);
    if (obj_is(o, &type_module)) {
        struct map_slot *slot = map_find_qstr(&((struct module *)o)->globals->map, Q___name__);
        qstr_t module = slot && obj_is_str(slot->value) ? str_qstr(slot->value) : Q_empty;
        raise_format(&type_AttributeError, "module '%q' has no attribute '%q'", module, name);
    }
    raise_format(&type_AttributeError, "'%s' object has no attribute '%q'", obj_type_name(o), name);
}

void obj_load_method(obj_t o, qstr_t name, obj_t out[2]) {
    obj_load_method_maybe(o, name, out);
    if (out[0] == OBJ_NULL) attr_missing(o, name);
}

obj_t obj_load_attr(obj_t o, qstr_t name) {
    obj_t out[2];
    obj_load_method(o, name, out);
    return out[1] == OBJ_NULL ? out[0] : bound_method_new(out[0], out[1]);
}

void obj_store_attr(obj_t o, qstr_t name, obj_t value) {
    const struct type *type = obj_type(o);
    if (type->ops && type->ops->attr) {
        obj_t out[2] = {OBJ_SENTINEL, value};
        type->ops->attr(o, name, value == OBJ_NULL ? OBJ_SENTINEL : value, out);
        if (out[0] == OBJ_NULL) return;
    }
    raise_format(&type_AttributeError, "'%q' object has no attribute '%q'", type->name, name);
}

// A copy of the members of a class or an instance, which cannot be changed.
obj_t members_view(struct map *m) {
    struct dict *copy = (struct dict *)dict_new(0);
    map_copy(&copy->map, m);
    copy->map.flags |= MAP_READ_ONLY;
    return OBJ_PTR(copy);
}
