// SPDX-License-Identifier: MIT
// property, staticmethod, classmethod: values that stand in a class and change how its attributes are reached. What they do to an
// access is in instance.c (property) and attr.c (the other two).
#include "heap/heap.h"
#include "objects/instance.h"
#include "objects/map.h"
#include "run/call.h"
#include "run/raise.h"

obj_t property_new(size_t n, size_t kw, const obj_t *args) {
    if (n > 4) raise_message(&type_TypeError, "extra positional arguments given");
    // a text about the property may be given by name; the functions only by position
    if (kw > 1 || (kw == 1 && (n == 4 || args[n] != OBJ_QSTR(Q_doc)))) raise_message(&type_TypeError, "extra keyword arguments given");
    struct property *p = heap_new(4, 0, HEAP_REFS);
    p->type = &type_property;
    p->get = n > 0 ? args[0] : OBJ_NONE;
    p->set = n > 1 ? args[1] : OBJ_NONE;
    p->delete = n > 2 ? args[2] : OBJ_NONE;
    return OBJ_PTR(p);
}

static obj_t property_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    (void)type;
    return property_new(n, kw, args);
}

static struct property *property_copy(obj_t self) {
    struct property *p = (struct property *)self;
    obj_t three[3] = {p->get, p->set, p->delete};
    return (struct property *)property_new(3, 0, three);
}

static obj_t property_getter(obj_t self, obj_t function) {
    struct property *p = property_copy(self);
    p->get = function;
    return OBJ_PTR(p);
}
BUILTIN_2(property_getter_fn, property_getter);

static obj_t property_setter(obj_t self, obj_t function) {
    struct property *p = property_copy(self);
    p->set = function;
    return OBJ_PTR(p);
}
BUILTIN_2(property_setter_fn, property_setter);

static obj_t property_deleter(obj_t self, obj_t function) {
    struct property *p = property_copy(self);
    p->delete = function;
    return OBJ_PTR(p);
}
BUILTIN_2(property_deleter_fn, property_deleter);

static const struct map_slot property_members[] = {
    MEMBER(getter, &property_getter_fn),
    MEMBER(setter, &property_setter_fn),
    MEMBER(deleter, &property_deleter_fn),
};
static FIXED_DICT(property_dict, property_members);
static const struct type_ops property_ops = {.construct = property_construct};
const struct type type_property = {
    .type = &type_type, .name = Q_property, .flags = TYPE_TRUE, .ops = &property_ops, .members = &property_dict};

static obj_t wrapped_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    args_check(n, kw, 1, 1, false);
    struct wrapped *w = heap_new(2, 0, HEAP_REFS);
    w->type = type;
    w->function = args[0];
    return OBJ_PTR(w);
}

static const struct type_ops wrapped_ops = {.construct = wrapped_construct};
const struct type type_staticmethod = {.type = &type_type, .name = Q_staticmethod, .flags = TYPE_TRUE, .ops = &wrapped_ops};
const struct type type_classmethod = {.type = &type_type, .name = Q_classmethod, .flags = TYPE_TRUE, .ops = &wrapped_ops};
