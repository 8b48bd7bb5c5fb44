// SPDX-License-Identifier: MIT
// Viper functions: types, locals, parameters, and the nodes that the other half puts into the tree. See viper.h.
#include "compile/viper.h"

#include "heap/heap.h"
#include "heap/intern.h"
#include "objects/str.h"
#include "objects/types.h"
#include "rt.h"
#include "run/raise.h"
#include "syntax/builder.h"

// ---- types and errors -------------------------------------------------------------------------------------------------------
static const struct {
    qstr_t name;
    const char *text;
} viper_types[] = {
    [VIPER_NONE] = {0, "None"},         [VIPER_BOOL] = {Q_bool, "bool"},    [VIPER_INT] = {Q_int, "int"},
    [VIPER_UINT] = {Q_uint, "uint"},    [VIPER_PTR] = {Q_ptr, "ptr"},       [VIPER_PTR8] = {Q_ptr8, "ptr8"},
    [VIPER_PTR16] = {Q_ptr16, "ptr16"}, [VIPER_PTR32] = {Q_ptr32, "ptr32"}, [VIPER_OBJECT] = {Q_object, "object"},
};

const char *viper_type_name(enum viper_type t) { return viper_types[t].text; }

bool viper_type_find(qstr_t name, enum viper_type *out) {
    for (unsigned t = VIPER_BOOL; t <= VIPER_OBJECT; t++) {
        if (viper_types[t].name != name) continue;
        *out = (enum viper_type)t;
        return true;
    }
    return false;
}

_Noreturn void viper_raise(struct viper *v, const struct type *type, const char *format, const char *a, const char *b, const char *c) {
    struct text_buffer text;
    text_buffer_init(&text, 16);
    struct printer p = text_buffer_printer(&text);
    print_format(&p, format, a, b, c);
    obj_t message = text_buffer_str(&text);
    obj_t e = exception_new(type, 1, &message);
    exception_add_traceback(e, v->c->tree->file, v->line, v->def->name);
    raise_object(e);
}

_Noreturn void viper_raise_type(struct viper *v, const char *format, enum viper_type a, enum viper_type b) {
    viper_raise(v, &type_ViperTypeError, format, viper_type_name(a), viper_type_name(b), "");
}

// ---- nodes ------------------------------------------------------------------------------------------------------------------
tree_t viper_node(struct viper *v, enum tree_kind kind, uint32_t n) {
    tree_t t = arena_take(v->c->tree->arena, sizeof(struct node) + n * sizeof(tree_t));
    t->kind = (uint8_t)kind;
    t->n = n;
    return t;
}

tree_t viper_name(struct viper *v, qstr_t name) {
    tree_t t = viper_node(v, N_NAME, 0);
    t->leaf = true;
    t->name = name;
    return t;
}

tree_t viper_call(struct viper *v, const struct builtin *f, uint32_t n, const tree_t *args) {
    tree_t t = viper_node(v, N_TRAILERS, 2), function = viper_node(v, N_CONST, 0), list = viper_node(v, N_CALL, n);
    function->value = OBJ_PTR(f);
    function->leaf = true;
    for (uint32_t i = 0; i < n; i++) list->child[i] = args[i];
    t->child[0] = function;
    t->child[1] = list;
    return t;
}

tree_t viper_assign(struct viper *v, qstr_t name, tree_t value) {
    tree_t t = viper_node(v, N_ASSIGN, 2);
    t->child[0] = viper_name(v, name);
    t->child[1] = value;
    return t;
}

// ---- locals -----------------------------------------------------------------------------------------------------------------
struct viper_local *viper_find(struct viper *v, qstr_t name) {
    for (uint32_t i = 0; i < v->n; i++)
        if (v->locals[i].name == name) return &v->locals[i];
    return NULL;
}

static struct viper_local *viper_add(struct viper *v, qstr_t name, enum viper_type type) {
    struct viper_local *found = viper_find(v, name);
    if (found != NULL) return found;
    if (v->n == v->room) {
        v->room = v->room ? 2 * v->room : 16;
        struct viper_local *more = arena_take(v->c->tree->arena, v->room * sizeof(*more));
        if (v->n > 0) memcpy(more, v->locals, v->n * sizeof(*more));
        v->locals = more;
    }
    v->locals[v->n] = (struct viper_local){.name = name, .type = (uint8_t)type};
    return &v->locals[v->n++];
}

qstr_t viper_hide(struct viper *v) {
    char text[16] = "*", digits[12];
    size_t n = 0, at = 1;
    for (unsigned k = ++v->hidden; k > 0; k /= 10) digits[n++] = (char)('0' + k % 10);
    while (n > 0) text[at++] = digits[--n];
    return intern(text, at);
}

void viper_store(struct viper *v, qstr_t name, enum viper_type type) {
    struct viper_local *l = viper_find(v, name);
    if (l == NULL || l->outside) {
        if (viper_is_pointer(type)) viper_raise(v, &type_NotImplementedError, "conversion to object", "", "", "");
        return;
    }
    if (type == VIPER_NONE) type = VIPER_OBJECT;
    if (l->type == VIPER_UNBOUND) l->type = (uint8_t)type;
    if (l->type == type) return;
    viper_raise(v, &type_ViperTypeError, "local '%s' has type '%s' but source is '%s'", qstr_text(name, NULL), viper_type_name(l->type),
                viper_type_name(type));
}

static void names_of_target(struct viper *v, tree_t t) {
    stack_check_compiler();
    if (t->kind == N_NAME) viper_add(v, t->name, VIPER_UNBOUND);
    if (t->kind != N_TUPLE && t->kind != N_LIST && t->kind != N_STAR) return;
    for (uint32_t i = 0; i < t->n; i++) names_of_target(v, t->child[i]);
}

// import a.b binds a
static qstr_t alias_name(tree_t alias, bool dotted) {
    if (alias->n > 0 && alias->child[0] != TREE_NULL) return alias->child[0]->name;
    size_t len, n = 0;
    const char *text = qstr_text(alias->name, &len);
    while (n < len && !(dotted && text[n] == '.')) n++;
    return n == len ? alias->name : intern(text, n);
}

// Every name that the function binds becomes a local without a type.
static void names_of(struct viper *v, tree_t t) {
    if (t == TREE_NULL || t->n == 0) return;
    stack_check_compiler();
    uint32_t from = 0;
    switch (t->kind) {
    case N_LAMBDA: return;
    case N_DEF:
    case N_CLASS: viper_add(v, t->name, VIPER_UNBOUND); return;
    case N_DECORATED: names_of(v, t->child[0]); return;
    case N_GLOBAL:
    case N_NONLOCAL:
        for (uint32_t i = 0; i < t->n; i++) viper_add(v, t->child[i]->name, VIPER_OBJECT)->outside = true;
        return;
    case N_IMPORT:
    case N_FROM:
        for (uint32_t i = 0; i < t->n; i++) viper_add(v, alias_name(t->child[i], t->kind == N_IMPORT), VIPER_OBJECT);
        return;
    case N_ASSIGN:
        for (uint32_t i = 0; i + 1 < t->n; i++) names_of_target(v, t->child[i]);
        break;
    case N_DEL:
        for (uint32_t i = 0; i < t->n; i++) names_of_target(v, t->child[i]);
        break;
    case N_AUGMENT:
    case N_ANNOTATE:
    case N_WALRUS:
    case N_FOR: names_of_target(v, t->child[0]); break;
    case N_COMP_FOR: from = 1; break;
    case N_WITH_ITEM:
        if (t->child[1] != TREE_NULL) names_of_target(v, t->child[1]);
        break;
    case N_EXCEPT:
        if (t->name != 0) viper_add(v, t->name, VIPER_OBJECT);
        break;
    default: break;
    }
    for (uint32_t i = from; i < t->n; i++) names_of(v, t->child[i]);
}

// ---- the function -----------------------------------------------------------------------------------------------------------
static enum viper_type annotation_type(struct viper *v, tree_t annotation) {
    if (annotation == TREE_NULL) return VIPER_OBJECT;
    enum viper_type type = VIPER_OBJECT;
    if (annotation->kind != N_NAME) compile_error(v->c, annotation, "annotation must be an identifier");
    if (!viper_type_find(annotation->name, &type))
        viper_raise(v, &type_ViperTypeError, "unknown type '%s'", qstr_text(annotation->name, NULL), "", "");
    return type;
}

// The conversions of arguments that stand before the body; returns how many. before: room for them, or NULL to count only.
static uint32_t viper_parameters(struct viper *v, tree_t *before) {
    uint32_t n = 0;
    tree_t params = v->def->child[0];
    for (uint32_t i = 0; params != TREE_NULL && i < params->n; i++) {
        tree_t p = params->child[i];
        if (p->op == PARAM_BARE_STAR) continue;
        enum viper_type type = annotation_type(v, p->child[1]);
        if (p->op != PARAM_PLAIN) type = VIPER_OBJECT;
        if (before == NULL) viper_add(v, p->name, type);
        if (type == VIPER_OBJECT) continue;
        if (before != NULL) before[n] = viper_assign(v, p->name, viper_convert(v, viper_name(v, p->name), VIPER_OBJECT, type));
        n++;
    }
    return n;
}

void viper_function(struct compiler *c, tree_t def) {
    struct viper v = {.c = c, .def = def, .line = def->line};
    v.result = annotation_type(&v, def->child[1]);
    uint32_t n = viper_parameters(&v, NULL);
    names_of(&v, def->child[2]);
    viper_statement(&v, &def->child[2]);
    bool falls = v.result != VIPER_OBJECT; // off the end: the result is a 0 of that type
    if (n == 0 && !falls) return;
    tree_t body = viper_node(&v, N_SUITE, n + 1 + falls);
    viper_parameters(&v, body->child);
    body->child[n] = def->child[2];
    if (falls) {
        tree_t none = viper_node(&v, N_NONE, 0);
        none->leaf = true;
        body->child[n + 1] = viper_node(&v, N_RETURN, 1);
        body->child[n + 1]->child[0] = viper_convert(&v, none, VIPER_NONE, v.result);
    }
    def->child[2] = body;
}
