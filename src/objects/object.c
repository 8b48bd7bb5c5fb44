// SPDX-License-Identifier: MIT
// object: the base of all. Its methods reach classes only through super() and by name; `object()` itself is one word without attributes.
#include "heap/heap.h"
#include "objects/instance.h"
#include "objects/map.h"
#include "objects/str.h"
#include "run/call.h"
#include "run/raise.h"

static obj_t object_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    (void)args;
    args_check(n, kw, 0, 0, false);
    struct object *o = heap_new(1, 0, HEAP_REFS);
    o->type = type;
    return OBJ_PTR(o);
}

static obj_t object_init(obj_t self) {
    (void)self;
    return OBJ_NONE;
}
BUILTIN_1(object_init_fn, object_init);

static obj_t object_make(obj_t cls) {
    if (!obj_is(cls, &type_type) || !(((const struct type *)cls)->flags & TYPE_CLASS))
        raise_message(&type_TypeError, "arg must be user-type");
    return instance_alloc((const struct type *)cls);
}
BUILTIN_1(object_make_fn, object_make);
static const struct wrapped object_new_static = {&type_staticmethod, (obj_t)&object_make_fn};

static struct instance *object_instance(obj_t self, obj_t name) {
    if (!obj_is_instance(self)) raise_message(&type_TypeError, "arg must be user-type");
    if (!obj_is_str(name)) raise_type(&type_TypeError);
    return (struct instance *)self;
}

static obj_t object_setattr(obj_t self, obj_t name, obj_t value) {
    struct instance *i = object_instance(self, name);
    qstr_t key = str_qstr(name);
    ((struct type *)(uintptr_t)i->type)->attr_filter |= (uint64_t)1 << (key & 63);
    map_add(&i->members, OBJ_QSTR(key))->value = value;
    return OBJ_NONE;
}
BUILTIN_3(object_setattr_fn, object_setattr);

static obj_t object_delattr(obj_t self, obj_t name) {
    struct instance *i = object_instance(self, name);
    if (!map_remove(&i->members, OBJ_QSTR(str_qstr(name)), NULL)) raise_message(&type_AttributeError, "no such attribute");
    return OBJ_NONE;
}
BUILTIN_2(object_delattr_fn, object_delattr);

static const struct map_slot object_members[] = {
    MEMBER(__init__, &object_init_fn),
    MEMBER(__new__, &object_new_static),
    MEMBER(__setattr__, &object_setattr_fn),
    MEMBER(__delattr__, &object_delattr_fn),
};
static FIXED_DICT(object_dict, object_members);
static const struct type_ops object_ops = {.construct = object_construct};
const struct type type_object = {.type = &type_type, .name = Q_object, .flags = TYPE_TRUE, .ops = &object_ops, .members = &object_dict};
