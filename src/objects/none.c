// SPDX-License-Identifier: MIT
// The other singletons: None, Ellipsis, NotImplemented, and the two marks that Python never sees (sentinel, deleted).
// They are static objects, compared by address; none of their types can be called. The types of Ellipsis and NotImplemented have no
// name, as in MicroPython.
#include "obj.h"

static const struct type type_mark;

const struct object obj_none_object = {&type_none}, obj_ellipsis_object = {&type_ellipsis},
                    obj_notimplemented_object = {&type_notimplemented}, obj_sentinel_object = {&type_mark},
                        obj_deleted_object = {&type_mark};

enum { NONE_HASH = 6 }; // of every MicroPython that stores None in the handle

static void none_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)self;
    print_text(p, kind == PRINT_JSON ? "null" : "None");
}

static obj_t none_unary(enum unary_op op, obj_t self) {
    (void)self;
    switch (op) {
    case OP_NOT: return OBJ_TRUE;
    case OP_BOOL: return OBJ_FALSE;
    case OP_HASH: return OBJ_INT(NONE_HASH);
    default: return OBJ_NULL;
    }
}

static void ellipsis_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)self, (void)kind;
    print_text(p, "Ellipsis");
}
static void notimplemented_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)self, (void)kind;
    print_text(p, "NotImplemented");
}
static void mark_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)self, (void)kind;
    print_text(p, "<mark>");
}

static const struct type_ops none_ops = {.print = none_print, .unary = none_unary};
static const struct type_ops ellipsis_ops = {.print = ellipsis_print};
static const struct type_ops notimplemented_ops = {.print = notimplemented_print};
static const struct type_ops mark_ops = {.print = mark_print};

const struct type type_none = {.type = &type_type, .name = Q_NoneType, .ops = &none_ops};
const struct type type_ellipsis = {.type = &type_type, .name = Q_empty, .flags = TYPE_TRUE, .ops = &ellipsis_ops};
const struct type type_notimplemented = {.type = &type_type, .name = Q_empty, .flags = TYPE_TRUE, .ops = &notimplemented_ops};
static const struct type type_mark = {.type = &type_type, .name = Q_empty, .flags = TYPE_TRUE, .ops = &mark_ops};
