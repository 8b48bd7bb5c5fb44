// SPDX-License-Identifier: MIT
// super(): looks a name up in the bases of a class, on behalf of an object or of a class (in class methods).
//
// Every base is searched depth first, left to right. A native base answers with its members and attributes, seen on the native part
// of the object, and with __init__, which makes that part. Last come the methods of object. Properties found this way are not run.
#include "heap/heap.h"
#include "objects/instance.h"
#include "objects/map.h"
#include "objects/seq.h"
#include "rt.h"
#include "run/call.h"
#include "run/raise.h"

static void super_bind(obj_t self, obj_t member, obj_t out[2]) {
    const struct type *kind = obj_type(member);
    out[0] = member;
    out[1] = OBJ_NULL;
    if (kind->flags & TYPE_BINDS) {
        out[1] = self;
    } else if (kind == &type_staticmethod) {
        out[0] = ((struct wrapped *)member)->function;
    } else if (kind == &type_classmethod) {
        out[0] = ((struct wrapped *)member)->function;
        out[1] = obj_is(self, &type_type) ? self : OBJ_PTR(obj_type(self));
    }
}

static bool super_native(const struct type *base, obj_t self, qstr_t name, obj_t out[2]) {
    if (!obj_is_instance(self) || !((struct instance *)self)->type->native) return false;
    if (name == Q___init__) {
        out[0] = OBJ_PTR(&instance_native_init);
        out[1] = self;
        return true;
    }
    obj_t member = type_lookup(base, name, NULL);
    if (member != OBJ_NULL) {
        obj_bind_member(instance_native_part(self), base, member, out);
        return true;
    }
    if (!base->ops->attr || !instance_native_made(self)) return false;
    out[0] = out[1] = OBJ_NULL;
    base->ops->attr(instance_native(self), name, OBJ_NULL, out);
    if (out[0] == OBJ_SENTINEL) out[0] = OBJ_NULL;
    return out[0] != OBJ_NULL;
}

static bool super_search_bases(const struct type *type, obj_t self, qstr_t name, obj_t out[2]);

static bool super_search(const struct type *base, obj_t self, qstr_t name, obj_t out[2]) {
    if (base == &type_object) return false;
    if (!(base->flags & TYPE_CLASS)) return super_native(base, self, name, out);
    struct map_slot *slot = base->members ? map_find_qstr(&base->members->map, name) : NULL;
    if (slot) {
        super_bind(self, slot->value, out);
        return true;
    }
    return super_search_bases(base, self, name, out);
}

static bool super_search_bases(const struct type *type, obj_t self, qstr_t name, obj_t out[2]) {
    if (type->bases == OBJ_NULL) return false;
    stack_check();
    if (!obj_is(type->bases, &type_tuple)) return super_search((const struct type *)type->bases, self, name, out);
    const struct tuple *bases = (const struct tuple *)type->bases;
    for (size_t i = 0; i < bases->len; i++)
        if (super_search((const struct type *)bases->items[i], self, name, out)) return true;
    return false;
}

static bool super_find(const struct type *cls, obj_t self, qstr_t name, obj_t out[2]) {
    if (super_search_bases(cls, self, name, out)) return true;
    obj_t member = type_lookup(&type_object, name, NULL);
    if (member == OBJ_NULL) return false;
    super_bind(self, member, out);
    return true;
}

_Noreturn static void super_missing(qstr_t name) {
    raise_format(&type_AttributeError, "'super' object has no attribute '%q'", name);
}

void obj_load_super_method(qstr_t name, obj_t out[3]) {
    obj_t cls = out[1], self = out[2];
    if (!obj_is(cls, &type_type)) raise_type(&type_TypeError);
    if (name == Q___class__) {
        out[0] = OBJ_PTR(&type_super);
        out[1] = OBJ_NULL;
        return;
    }
    if (!super_find((const struct type *)cls, self, name, out)) super_missing(name);
}

obj_t super_new(obj_t cls, obj_t self) {
    struct super *s = heap_new(3, 0, HEAP_REFS);
    s->type = &type_super;
    s->cls = cls;
    s->self = self;
    return OBJ_PTR(s);
}

static obj_t super_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    (void)type;
    args_check(n, kw, 2, 2, false);
    if (!obj_is(args[0], &type_type))
        raise_message(&type_TypeError, "issubclass() arg 2 must be a class or a tuple of classes");
    const struct type *cls = (const struct type *)args[0];
    bool fits = obj_isinstance(args[1], cls) || (obj_is(args[1], &type_type) && type_is_subtype((const struct type *)args[1], cls));
    if (!fits) raise_type(&type_TypeError);
    return super_new(args[0], args[1]);
}

static void super_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    struct super *s = (struct super *)self;
    print_text(p, "<super: ");
    obj_print(p, s->cls, PRINT_STR);
    print_text(p, ", ");
    obj_print(p, s->self, PRINT_STR);
    print_text(p, ">");
}

static void super_attr(obj_t self, qstr_t name, obj_t value, obj_t out[2]) {
    if (value != OBJ_NULL) return;
    if (name == Q___class__) {
        out[0] = OBJ_PTR(&type_super);
        return;
    }
    struct super *s = (struct super *)self;
    if (!super_find((const struct type *)s->cls, s->self, name, out)) out[0] = OBJ_SENTINEL;
}

static const struct type_ops super_ops = {.print = super_print, .construct = super_construct, .attr = super_attr};
const struct type type_super = {.type = &type_type, .name = Q_super, .flags = TYPE_TRUE, .ops = &super_ops};
