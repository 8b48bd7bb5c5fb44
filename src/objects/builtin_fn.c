// SPDX-License-Identifier: MIT
// Functions written in C (struct builtin of run/call.h), and builtin methods taken from a type by name.
//
// list.append is such a method: its first argument must be a list. What `list.append` evaluates to is a small object (3 words) that
// remembers the type it was taken from and checks each call. Taken from a Python subclass, it accepts the subclass's objects and
// works on their native part.
#include "heap/heap.h"
#include "objects/instance.h"
#include "run/call.h"
#include "run/raise.h"

static obj_t builtin_call(obj_t self, size_t n, size_t kw, const obj_t *args) {
    const struct builtin *b = (const struct builtin *)self;
    switch (b->form) {
    case FORM_0: args_check(n, kw, 0, 0, false); return b->f.f0();
    case FORM_1: args_check(n, kw, 1, 1, false); return b->f.f1(args[0]);
    case FORM_2: args_check(n, kw, 2, 2, false); return b->f.f2(args[0], args[1]);
    case FORM_3: args_check(n, kw, 3, 3, false); return b->f.f3(args[0], args[1], args[2]);
    default: break;
    }
    size_t most = b->max == 255 ? SIZE_MAX : b->max;
    args_check(n, kw, b->min, most, b->form == FORM_KW);
    return b->form == FORM_KW ? b->f.kw(n, kw, args) : b->f.var(n, args);
}

static void builtin_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)self, (void)kind;
    print_text(p, "<function>");
}

static const struct type_ops builtin_ops = {.print = builtin_print, .call = builtin_call};
#define BUILTIN_TYPE_OF {.type = &type_type, .name = Q_function, .flags = TYPE_BINDS | TYPE_BUILTIN_METHOD | TYPE_TRUE, .ops = &builtin_ops}
const struct type builtin_types[] = {BUILTIN_TYPE_OF, BUILTIN_TYPE_OF, BUILTIN_TYPE_OF, BUILTIN_TYPE_OF, BUILTIN_TYPE_OF};

struct checked_builtin {
    const struct type *type;
    obj_t builtin;
    const struct type *of;
};

obj_t checked_builtin_new(obj_t builtin, const struct type *type) {
    struct checked_builtin *c = heap_new(3, 0, HEAP_REFS);
    c->type = &type_checked_builtin;
    c->builtin = builtin;
    c->of = type;
    return OBJ_PTR(c);
}

static obj_t checked_builtin_call(obj_t self, size_t n, size_t kw, const obj_t *args) {
    struct checked_builtin *c = (struct checked_builtin *)self;
    if (n == 0) return builtin_call(c->builtin, n, kw, args);
    const struct type *given = obj_type(args[0]), *native = c->of->flags & TYPE_CLASS ? c->of->native : c->of;
    if (!(given->flags & TYPE_CLASS) && type_is_subtype(given, native)) return builtin_call(c->builtin, n, kw, args);
    if ((c->of->flags & TYPE_CLASS) && type_is_subtype(given, c->of))
        return call_with_self(c->builtin, instance_native_part(args[0]), n - 1, kw, args + 1);
    raise_format(&type_TypeError, "argument should be a '%q' not a '%q'", native->name, given->name);
}

static const struct type_ops checked_builtin_ops = {.print = builtin_print, .call = checked_builtin_call};
const struct type type_checked_builtin = {.type = &type_type, .name = Q_function, .flags = TYPE_TRUE, .ops = &checked_builtin_ops};
