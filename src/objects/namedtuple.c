// SPDX-License-Identifier: MIT
// collections.namedtuple, and the attribute tuples of sys and os.
//
//  - A namedtuple class is a run of 14 + n words: a struct type, the number of fields, their names. Its instances are laid out as tuples
//    and use the operators of tuple.c; the type word tells the names.
//  - An attribute tuple is laid out as a tuple of its n items, with one word behind them: the (static) array of names.
//  - Both refuse the methods of tuple: their attributes are their fields and nothing else.
#include "heap/heap.h"
#include "objects/map.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "rt.h"
#include "run/call.h"
#include "run/raise.h"

struct namedtuple_class {
    struct type base;
    size_t n;
    qstr_t fields[];
};

void attrtuple_print(struct printer *p, size_t n, const qstr_t *fields, const obj_t *items) {
    print_text(p, "(");
    for (size_t i = 0; i < n; i++) {
        print_format(p, i == 0 ? "%q=" : ", %q=", fields[i]);
        obj_print(p, items[i], PRINT_REPR);
    }
    print_text(p, ")");
}

static void attrtuple_load(size_t n, const qstr_t *fields, const obj_t *items, qstr_t name, obj_t out[2]) {
    for (size_t i = 0; i < n; i++) {
        if (fields[i] == name) {
            out[0] = items[i];
            return;
        }
    }
    if (name != Q___class__) { out[0] = OBJ_SENTINEL; }
}

// ---- classes ----------------------------------------------------------------------------------------------------------
static const struct namedtuple_class *namedtuple_class_of(obj_t self) {
    return (const struct namedtuple_class *)(const void *)((const struct object *)self)->type;
}

static void namedtuple_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    const struct namedtuple_class *c = namedtuple_class_of(self);
    print_format(p, "%q", c->base.name);
    attrtuple_print(p, c->n, c->fields, ((struct tuple *)self)->items);
}

static void namedtuple_attr(obj_t self, qstr_t name, obj_t value, obj_t out[2]) {
    if (value != OBJ_NULL) { raise_message(&type_AttributeError, "can't set attribute"); }
    const struct namedtuple_class *c = namedtuple_class_of(self);
    attrtuple_load(c->n, c->fields, ((struct tuple *)self)->items, name, out);
}

static size_t namedtuple_field(const struct namedtuple_class *c, qstr_t name) {
    size_t i = 0;
    while (i < c->n && c->fields[i] != name) { i++; }
    return i;
}

static obj_t namedtuple_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    const struct namedtuple_class *c = (const struct namedtuple_class *)(const void *)type;
    if (n + kw != c->n) {
        raise_format(&type_TypeError, "%q() takes %u positional arguments but %u were given", type->name, (unsigned)c->n,
                     (unsigned)(n + kw));
    }
    // even without fields it is an object of its own: the empty tuple has another type
    struct tuple *t = heap_new(2 + c->n, 0, HEAP_REFS);
    t->type = type;
    t->len = c->n;
    if (n != 0) { memcpy(t->items, args, n * sizeof *args); }
    for (const obj_t *pair = args + n, *end = pair + 2 * kw; pair < end; pair += 2) {
        qstr_t name = str_qstr(pair[0]);
        size_t i = namedtuple_field(c, name);
        if (i == c->n) { raise_format(&type_TypeError, "unexpected keyword argument '%q'", name); }
        if (t->items[i] != OBJ_NULL) { raise_format(&type_TypeError, "function got multiple values for argument '%q'", name); }
        t->items[i] = pair[1];
    }
    return OBJ_PTR(t);
}

static const struct type_ops namedtuple_ops = {
    .print = namedtuple_print,
    .construct = namedtuple_construct,
    .unary = tuple_unary,
    .binary = tuple_binary,
    .attr = namedtuple_attr,
    .subscr = tuple_subscr,
    .iter = tuple_iter,
};
// Stands for all of these classes where one type object is wanted; no object has it.
const struct type type_namedtuple_base = {
    .type = &type_type, .name = Q_namedtuple, .flags = TYPE_EQ_OTHER_TYPES, .ops = &namedtuple_ops, .bases = OBJ_PTR(&type_tuple)};

static obj_t namedtuple_new(obj_t name, obj_t fields) {
    qstr_t class_name = str_qstr(name);
    if (obj_is_str(fields)) { fields = call_method_0(fields, Q_split); }
    size_t n;
    obj_t *names;
    seq_items(fields, &n, &names);
    struct namedtuple_class *c = heap_new(14 + n, 0, HEAP_REFS);
    c->base = type_namedtuple_base;
    c->base.name = class_name;
    c->n = n;
    for (size_t i = 0; i < n; i++) { c->fields[i] = str_qstr(names[i]); }
    return OBJ_PTR(c);
}
const struct builtin collections_namedtuple = {BUILTIN_TYPE(FORM_2), FORM_2, 2, 2, Q_namedtuple, {.f2 = namedtuple_new}};

// ---- attribute tuples ---------------------------------------------------------------------------------------------------
static const qstr_t *attrtuple_fields(obj_t self) {
    const struct tuple *t = (const struct tuple *)self;
    return (const qstr_t *)t->items[t->len];
}

obj_t attrtuple_new(size_t n, const obj_t *items, const qstr_t *fields) {
    struct tuple *t = heap_new(3 + n, 0, HEAP_REFS);
    t->type = &type_attrtuple;
    t->len = n;
    if (n != 0) { memcpy(t->items, items, n * sizeof *items); }
    t->items[n] = (obj_t)fields;
    return OBJ_PTR(t);
}

static void attrtuple_print_self(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    const struct tuple *t = (const struct tuple *)self;
    attrtuple_print(p, t->len, attrtuple_fields(self), t->items);
}

static void attrtuple_attr(obj_t self, qstr_t name, obj_t value, obj_t out[2]) {
    if (value == OBJ_NULL) {
        const struct tuple *t = (const struct tuple *)self;
        if (name == Q_mpy) name = Q__mpy; // of sys.implementation: as Pycopy and older MicroPython call it
        attrtuple_load(t->len, attrtuple_fields(self), t->items, name, out);
    }
}

static const struct type_ops attrtuple_ops = {
    .print = attrtuple_print_self,
    .unary = tuple_unary,
    .binary = tuple_binary,
    .attr = attrtuple_attr,
    .subscr = tuple_subscr,
    .iter = tuple_iter,
};
const struct type type_attrtuple = {
    .type = &type_type, .name = Q_tuple, .flags = TYPE_EQ_OTHER_TYPES, .ops = &attrtuple_ops, .bases = OBJ_PTR(&type_tuple)};
