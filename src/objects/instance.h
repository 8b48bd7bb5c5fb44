// SPDX-License-Identifier: MIT
// Between the files that make classes work: obj.c, attr.c, type.c, instance*.c, super.c, bound_method.c, builtin_fn.c.
#ifndef SRC_INSTANCE_H
#define SRC_INSTANCE_H

#include "objects/types.h"
#include "run/call.h"

// Names of the special methods of operators; 0 or the empty text: none (obj.c).
qstr_t unary_name(enum unary_op op);
qstr_t binary_name(enum binary_op op);
// The TypeError when `left` (the right operand as written) does not know a reflected operator.
_Noreturn void binary_reflected_refused(enum binary_op op, obj_t left, obj_t right);

// Finds a special method that a Python class in the ancestry of self's class defines; false: none, or only a native base has it.
bool instance_special(obj_t self, qstr_t name, obj_t pair[2]);
obj_t instance_alloc(const struct type *type); // an instance whose native part is not made yet
// The native part of an instance, or OBJ_NULL when its class has no native base.
static inline obj_t instance_native(obj_t self) {
    const struct instance *i = (const struct instance *)self;
    return i->type->native ? i->native : OBJ_NULL;
}
// Lies in `native` until the native part is made, and is the __init__ that super() finds there: self, then constructor arguments.
extern const struct builtin instance_native_init;
bool instance_native_made(obj_t self);
// The native part; AttributeError `call super().__init__() first`
obj_t instance_native_part(obj_t self);
// The operations of classes (instance_ops.c)
obj_t instance_unary(enum unary_op op, obj_t self);
obj_t instance_binary(enum binary_op op, obj_t left, obj_t right);
obj_t instance_subscr(obj_t self, obj_t index, obj_t value);
obj_t instance_call(obj_t self, size_t n, size_t kw, const obj_t *args);
obj_t instance_iter(obj_t self, struct iter_buf *buf);
obj_t instance_next(obj_t self);
bool instance_buffer(obj_t self, struct buffer *out, unsigned flags);
void instance_print(struct printer *p, obj_t self, enum print_kind kind);
obj_t instance_next_raising(obj_t self); // next(x): StopIteration comes through

// Does this class member make attribute access of instances special (property, descriptor)?
bool member_is_special(qstr_t name, obj_t value);
// A dict object that shows the members without letting them be changed
obj_t members_view(struct map *m);

// f(self, args...)
obj_t call_with_self(obj_t f, obj_t self, size_t n, size_t kw, const obj_t *args);
// A builtin method taken from a type: checks its first argument when called
obj_t checked_builtin_new(obj_t builtin, const struct type *type);
extern const struct type type_checked_builtin;
// Adds (or, with OBJ_NULL, removes) a name that covers the builtin of that name
void builtins_override_set(qstr_t name, obj_t value);

// print one exception's body: name and arguments as `kind` wants (exception.c)
void exception_print_as(struct printer *p, obj_t native, qstr_t name, enum print_kind kind);

#endif
