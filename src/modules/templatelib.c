// SPDX-License-Identifier: MIT
// t-strings: modules string and string.templatelib with the types Template and Interpolation, and __template__, which compiled code
// calls for t"...".
//
// A Template has a tuple of n + 1 texts and a tuple of n interpolations that lie between them. Neither type has members; their
// attributes cannot be assigned.
#include "heap/heap.h"
#include "heap/intern.h"
#include "modules/builtins.h"
#include "objects/map.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "rt.h"
#include "run/raise.h"

struct interpolation { // 5 words
    const struct type *type;
    obj_t value, expression, conversion, format_spec;
};
struct template { // 3 words
    const struct type *type;
    obj_t strings, interpolations;
};

// ---- Interpolation ------------------------------------------------------------------------------------------------------------
static obj_t interpolation_new(const obj_t four[4]) {
    struct interpolation *i = heap_new(5, 0, HEAP_REFS);
    *i = (struct interpolation){&type_interpolation, four[0], four[1], four[2], four[3]};
    return OBJ_PTR(i);
}

static obj_t interpolation_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    (void)type;
    static const struct arg_spec spec[] = {
        {Q_value, ARG_OBJ, ARG_REQUIRED, {.obj = OBJ_NULL}},
        {Q_expression, ARG_OBJ, 0, {.obj = OBJ_QSTR(Q_empty)}},
        {Q_conversion, ARG_OBJ, 0, {.obj = OBJ_NONE}},
        {Q_format_spec, ARG_OBJ, 0, {.obj = OBJ_QSTR(Q_empty)}},
    };
    union arg_value v[4];
    args_parse(n, kw, args, 4, spec, v);
    obj_t four[4] = {v[0].obj, v[1].obj, v[2].obj, v[3].obj};
    return interpolation_new(four);
}

static void interpolation_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    const struct interpolation *i = (const struct interpolation *)self;
    const obj_t parts[4] = {i->value, i->expression, i->conversion, i->format_spec};
    print_text(p, "Interpolation(");
    for (size_t k = 0; k < 4; k++) {
        if (k) print_text(p, ", ");
        obj_print(p, parts[k], PRINT_REPR);
    }
    print_text(p, ")");
}

static void interpolation_attr(obj_t self, qstr_t name, obj_t value, obj_t out[2]) {
    const struct interpolation *i = (const struct interpolation *)self;
    if (value != OBJ_NULL) return;
    if (name == Q_value) out[0] = i->value;
    else if (name == Q_expression) out[0] = i->expression;
    else if (name == Q_conversion) out[0] = i->conversion;
    else if (name == Q_format_spec) out[0] = i->format_spec;
}

static const struct type_ops interpolation_ops = {
    .print = interpolation_print, .construct = interpolation_construct, .attr = interpolation_attr};
const struct type type_interpolation = {.type = &type_type, .name = Q_Interpolation, .flags = TYPE_TRUE, .ops = &interpolation_ops};

// ---- Template -----------------------------------------------------------------------------------------------------------------
static obj_t template_new(obj_t strings, obj_t interpolations) {
    struct template *t = heap_new(3, 0, HEAP_REFS);
    *t = (struct template){&type_template, strings, interpolations};
    return OBJ_PTR(t);
}

static obj_t text_join(obj_t a, obj_t b) {
    size_t len;
    str_data(a, &len);
    if (len == 0) return b;
    return obj_binary(OP_ADD, a, b);
}

// From texts and interpolations in any order: neighbouring texts are joined, missing ones are empty.
static obj_t template_from_parts(size_t n, const obj_t *parts) {
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        if (obj_is(parts[i], &type_interpolation)) count++;
        else if (!obj_is_str(parts[i])) raise_message(&type_TypeError, "expected str or Interpolation");
    }
    struct tuple *strings = (struct tuple *)tuple_new(count + 1, NULL);
    for (size_t i = 0; i <= count; i++) strings->items[i] = OBJ_QSTR(Q_empty);
    obj_t interpolations = tuple_new(count, NULL);
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        if (obj_is(parts[i], &type_interpolation)) ((struct tuple *)interpolations)->items[at++] = parts[i];
        else strings->items[at] = text_join(strings->items[at], parts[i]);
    }
    return template_new(OBJ_PTR(strings), interpolations);
}

static obj_t template_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    (void)type;
    args_no_keywords(kw);
    return template_from_parts(n, args);
}

static void template_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    const struct template *t = (const struct template *)self;
    print_text(p, "Template(strings=");
    obj_print(p, t->strings, PRINT_REPR);
    print_text(p, ", interpolations=");
    obj_print(p, t->interpolations, PRINT_REPR);
    print_text(p, ")");
}

static obj_t template_values(const struct template *t) {
    size_t n;
    obj_t *items;
    seq_items(t->interpolations, &n, &items);
    obj_t values = tuple_new(n, NULL);
    for (size_t i = 0; i < n; i++)
        ((struct tuple *)values)->items[i] =
            obj_is(items[i], &type_interpolation) ? ((struct interpolation *)items[i])->value : OBJ_NONE;
    return values;
}

static void template_attr(obj_t self, qstr_t name, obj_t value, obj_t out[2]) {
    const struct template *t = (const struct template *)self;
    if (value != OBJ_NULL) return;
    if (name == Q_strings) out[0] = t->strings;
    else if (name == Q_interpolations) out[0] = t->interpolations;
    else if (name == Q_values) out[0] = template_values(t);
}

// Texts and interpolations in the order of the source, without empty texts, as a tuple.
static obj_t template_parts(const struct template *t) {
    size_t n_strings, n;
    obj_t *strings, *items, list = list_new(0, NULL);
    seq_items(t->strings, &n_strings, &strings);
    seq_items(t->interpolations, &n, &items);
    for (size_t i = 0; i < n_strings; i++) {
        if (obj_true(strings[i])) list_append(list, strings[i]);
        if (i < n) list_append(list, items[i]);
    }
    return list;
}

static obj_t template_iter(obj_t self, struct iter_buf *buf) { return iter_begin(template_parts((struct template *)self), buf); }

static obj_t template_binary(enum binary_op op, obj_t left, obj_t right) {
    if (op != OP_ADD || !obj_is(right, &type_template)) return OBJ_NULL;
    obj_t both = template_parts((struct template *)left);
    list_extend(both, template_parts((struct template *)right));
    return template_from_parts(((struct list *)both)->len, ((struct list *)both)->items);
}

static const struct type_ops template_ops = {.print = template_print, .construct = template_construct, .attr = template_attr,
                                             .iter = template_iter, .binary = template_binary};
const struct type type_template = {.type = &type_type, .name = Q_Template, .flags = TYPE_TRUE, .ops = &template_ops};

// __template__(strings, value, expression, conversion, format, value, ...); the values may also come as one tuple
static obj_t template_do(size_t n, const obj_t *args) {
    size_t words = n - 1;
    const obj_t *flat = args + 1;
    if (n == 2) {
        obj_t *items;
        seq_items(args[1], &words, &items);
        flat = items;
    }
    struct tuple *interpolations = (struct tuple *)tuple_new(words / 4, NULL);
    for (size_t i = 0; i < words / 4; i++) interpolations->items[i] = OBJ_NONE;
    for (size_t i = 0; i < words / 4; i++) interpolations->items[i] = interpolation_new(flat + 4 * i);
    return template_new(args[0], OBJ_PTR(interpolations));
}
const struct builtin builtin_template = {BUILTIN_TYPE(FORM_VAR), FORM_VAR, 1, 255, 0, {.var = template_do}};

// ---- the modules ------------------------------------------------------------------------------------------------------------------
static const struct map_slot templatelib_members[] = {
    MEMBER(__name__, OBJ_QSTR(Q_string_templatelib)),
    MEMBER(Template, &type_template),
    MEMBER(Interpolation, &type_interpolation),
};
static FIXED_DICT(templatelib_dict, templatelib_members);
const struct module module_string_templatelib = {&type_module, &templatelib_dict, {OBJ_NULL, OBJ_NULL}};
MODULE(string_templatelib, true, NULL, "");

static const struct map_slot string_members[] = {
    MEMBER(__name__, OBJ_QSTR(Q_string)),
    MEMBER(__path__, OBJ_QSTR(Q_string)),
    MEMBER(templatelib, &module_string_templatelib),
};
static FIXED_DICT(string_dict, string_members);
const struct module module_string = {&type_module, &string_dict, {OBJ_NULL, OBJ_NULL}};
MODULE(string, true, NULL, "");
