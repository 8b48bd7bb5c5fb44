// SPDX-License-Identifier: MIT
// Trailers, calls, functions, comprehensions (spec/bytecode.md 12.4 to 12.6).
#include "compile/compiler.h"

#include "rt.h"

// ---- arguments ------------------------------------------------------------------------------------------------------

struct call_count {
    uint32_t positional, keywords;
    bool star, dstar;
    intptr_t map; // bit i: written argument i is unpacked
};

static void call_star(struct compiler *c, tree_t t, uint32_t index, struct call_count *n) {
    if (n->dstar) compile_error(c, t, "* arg after **");
    if (n->keywords > 0) compile_error(c, t, "* arg after kwarg");
    int bits = c->options->small_bits ? c->options->small_bits : rt.profile.small_int_bits;
    if (index >= (uint32_t)bits - 1) compile_error(c, t, "too many args");
    n->star = true;
    n->map |= (intptr_t)1 << index;
    n->positional++;
    expr(c, t->child[0]);
}

static void call_argument(struct compiler *c, tree_t t, uint32_t index, struct call_count *n) {
    switch (t->kind) {
    case N_STAR: call_star(c, t, index, n); return;
    case N_DSTAR:
        n->dstar = true;
        n->keywords++;
        put(c, BC_LOAD_NULL);
        expr(c, t->child[0]);
        return;
    case N_KWARG:
        if (t->name == 0) compile_error(c, t, "LHS of keyword arg must be an id");
        n->keywords++;
        put_string(c, BC_LOAD_CONST_STRING, t->name);
        expr(c, t->child[0]);
        return;
    default:
        if (n->dstar) compile_error(c, t, "positional arg after **");
        if (n->keywords > 0) compile_error(c, t, "positional arg after keyword arg");
        n->positional++;
        expr(c, t);
    }
}

void call_with(struct compiler *c, const tree_t *args, uint32_t n_args, unsigned before, uint8_t op) {
    struct call_count n = {.positional = before};
    for (uint32_t i = 0; i < n_args; i++) call_argument(c, args[i], i, &n);
    if (n.star || n.dstar) {
        put_int(c, n.map);
        op = op == BC_CALL_METHOD ? BC_CALL_METHOD_VAR_KW : BC_CALL_FUNCTION_VAR_KW;
    }
    if (n.positional <= 255 && n.keywords <= 255) {
        put_number(c, op, (size_t)n.keywords << 8 | n.positional);
        return;
    }
    // the reference writes nonsense here; only a file that is to be the same may have it
    if (!c->options->cross) compile_error(c, TREE_NULL, "too many args");
    size_t written = (size_t)n.keywords << 8 | n.positional;
    put_number(c, op, written);
    put_adjust(c, (long)opcode_effect(op, written, 0).pops - (long)(opcode_effect(op, 0, 0).pops + n.positional + 2 * n.keywords));
}

// ---- trailers -------------------------------------------------------------------------------------------------------

static void trailer(struct compiler *c, tree_t t) {
    put_mark(c, t->line);
    switch (t->kind) {
    case N_ATTR: put_string(c, BC_LOAD_ATTR, t->name); break;
    case N_CALL: call_with(c, t->child, t->n, 0, BC_CALL_FUNCTION); break;
    default:
        expr(c, t->child[0]);
        put(c, BC_LOAD_SUBSCR);
        break;
    }
}

static bool trailers_fuse(tree_t t, uint32_t i) { return i + 1 < t->n && t->child[i]->kind == N_ATTR && t->child[i + 1]->kind == N_CALL; }

static void call_method_fused(struct compiler *c, tree_t t, uint32_t i, uint8_t op) {
    put_string(c, op, t->child[i]->name);
    call_with(c, t->child[i + 1]->child, t->child[i + 1]->n, 0, BC_CALL_METHOD);
}

// super(): the class from its cell, the first parameter as self. Returns the number of the next trailer.
static uint32_t trailers_super(struct compiler *c, tree_t t) {
    struct scope *s = c->scope;
    uint32_t k = 0;
    while (k < s->n_idents && !(s->idents[k].flags & IDENT_PARAM)) k++;
    if (k == s->n_idents) compile_error(c, t, "super() can't find self");
    qstr_t self = s->idents[k].name;
    name_load(c, Q_super);
    name_load(c, Q___class__);
    name_load(c, self);
    if (trailers_fuse(t, 2)) {
        call_method_fused(c, t, 2, BC_LOAD_SUPER_METHOD);
        return 4;
    }
    put_number(c, BC_CALL_FUNCTION, 2);
    return 2;
}

// OrderedDict({...}): the pairs go straight into the new object.
static bool trailers_ordered(struct compiler *c, tree_t t) {
    if (c->options->cross || t->child[0]->kind != N_NAME || t->child[0]->name != Q_OrderedDict || t->n < 2) return false;
    tree_t call = t->child[1];
    if (call->kind != N_CALL || call->n != 1 || call->child[0]->kind != N_DICT) return false;
    expr(c, t->child[0]);
    put_number(c, BC_CALL_FUNCTION, 0);
    tree_t dict = call->child[0];
    for (uint32_t i = 0; i < dict->n; i++) {
        if (dict->child[i]->kind != N_PAIR) compile_error(c, dict, "expecting key:value for dict");
        expr(c, dict->child[i]);
        put(c, BC_STORE_MAP);
    }
    return true;
}

void trailers_plain(struct compiler *c, tree_t t, uint32_t end) {
    expr(c, t->child[0]);
    for (uint32_t i = 1; i < end; i++) trailer(c, t->child[i]);
}

void trailers(struct compiler *c, tree_t t) {
    uint32_t i = 1;
    tree_t base = t->child[0];
    if (c->scope->kind == SCOPE_FUNCTION && base->kind == N_NAME && base->name == Q_super && t->n > 1 && t->child[1]->kind == N_CALL &&
        t->child[1]->n == 0)
        i = trailers_super(c, t);
    else if (trailers_ordered(c, t)) i = 2;
    else expr(c, base);
    while (i < t->n) {
        if (trailers_fuse(t, i)) {
            call_method_fused(c, t, i, BC_LOAD_METHOD);
            i += 2;
        } else {
            trailer(c, t->child[i++]);
        }
    }
}

// ---- functions ------------------------------------------------------------------------------------------------------

// Where an error about a parameter is reported: a plain name has no line of its own.
static tree_t parameter_place(tree_t t) {
    return t->op == PARAM_PLAIN && t->child[0] == TREE_NULL && t->child[1] == TREE_NULL ? TREE_NULL : t;
}

// A bare name has no line: blamed is the line where a body of several statements begins, otherwise that of the function.
static tree_t parameter_blame(tree_t t, tree_t body) {
    tree_t place = parameter_place(t);
    return place == TREE_NULL && body != TREE_NULL && body->kind == N_SUITE ? body : place;
}

static void parameter(struct compiler *c, tree_t t, tree_t body, bool *starred, bool *dstarred) {
    struct scope *s = c->scope;
    if (*dstarred || (*starred && (t->op == PARAM_STAR || t->op == PARAM_BARE_STAR)))
        compile_error(c, parameter_blame(t, body), "invalid syntax");
    if (t->op == PARAM_BARE_STAR) {
        *starred = true;
        return;
    }
    bool is_new;
    struct ident *i = scope_add(s, t->name, ID_LOCAL, &is_new);
    if (!is_new) compile_error(c, parameter_blame(t, body), "argument name reused");
    i->flags = IDENT_PARAM;
    bool has_default = t->child[0] != TREE_NULL;
    if (t->op == PARAM_STAR) {
        *starred = true;
        i->flags |= IDENT_STAR;
        s->flags |= CODE_VARARGS;
    } else if (t->op == PARAM_DSTAR) {
        *dstarred = true;
        i->flags |= IDENT_DSTAR;
        s->flags |= CODE_KWARGS;
    } else if (*starred) {
        s->n_kwonly++;
        if (has_default) s->flags |= CODE_KW_DEFAULTS;
    } else {
        s->n_pos++;
        if (has_default) s->n_defaults++;
    }
}

void parameters(struct compiler *c, tree_t params, tree_t body) {
    bool starred = false, dstarred = false;
    for (uint32_t i = 0; params != TREE_NULL && i < params->n; i++) parameter(c, params->child[i], body, &starred, &dstarred);
}

void function_make(struct compiler *c, struct scope *child, tree_t params) {
    uint32_t positional = 0;
    bool starred = false, named = false;
    for (uint32_t i = 0; params != TREE_NULL && i < params->n; i++) {
        tree_t p = params->child[i];
        if (p->op != PARAM_PLAIN) {
            starred = true;
            continue;
        }
        tree_t value = p->child[0];
        if (value == TREE_NULL) {
            if (!starred && positional > 0) compile_error(c, parameter_place(p), "non-default argument follows default argument");
            continue;
        }
        if (!starred) {
            positional++;
            expr(c, value);
            continue;
        }
        if (!named) {
            if (positional > 0) put_number(c, BC_BUILD_TUPLE, positional);
            else put(c, BC_LOAD_NULL);
            put_number(c, BC_BUILD_MAP, 0);
            named = true;
        }
        expr(c, value);
        put_string(c, BC_LOAD_CONST_STRING, p->name);
        put(c, BC_STORE_MAP);
    }
    if (positional > 0 && !named) {
        put_number(c, BC_BUILD_TUPLE, positional);
        put(c, BC_LOAD_NULL);
    }
    put_make(c, child, positional > 0 || named);
}

void lambda(struct compiler *c, tree_t t) {
    struct scope *child = compile_child(c, SCOPE_LAMBDA, Q_angle_lambda, t);
    function_make(c, child, t->child[0]);
}

// ---- comprehensions -------------------------------------------------------------------------------------------------

void comprehension(struct compiler *c, tree_t t) {
    static const struct {
        uint8_t kind;
        qstr_t name;
    } of[] = {{SCOPE_LISTCOMP, Q_angle_listcomp}, {SCOPE_SETCOMP, Q_angle_setcomp}, {SCOPE_DICTCOMP, Q_angle_dictcomp},
              {SCOPE_GENEXP, Q_angle_genexpr}};
    unsigned which = t->kind - N_LISTCOMP;
    struct scope *child = compile_child(c, of[which].kind, of[which].name, t);
    put_make(c, child, false);
    expr(c, t->child[1]->child[1]);
    if (t->kind == N_GENEXP) put(c, BC_GET_ITER);
    put_number(c, BC_CALL_FUNCTION, 1);
}

static void comprehension_element(struct compiler *c, tree_t t, unsigned level) {
    expr(c, t->child[0]);
    switch (t->kind) {
    case N_LISTCOMP: put_number(c, BC_STORE_COMP, (4 * (size_t)level + 5) << 2 | 0); break;
    case N_DICTCOMP: put_number(c, BC_STORE_COMP, (4 * (size_t)level + 6) << 2 | 1); break;
    case N_SETCOMP: put_number(c, BC_STORE_COMP, (4 * (size_t)level + 5) << 2 | 2); break;
    default:
        label_reserve(c, 1);
        put(c, BC_YIELD_VALUE);
        put(c, BC_POP_TOP);
        break;
    }
}

// One `for` with its conditions; the iterator is on the stack. i: number of the clause.
static void comprehension_level(struct compiler *c, tree_t t, uint32_t i, unsigned level) {
    stack_check_compiler();
    uint32_t end = label_new(c), top = label_new(c);
    label_put(c, top);
    put_jump(c, BC_FOR_ITER, end);
    assign(c, t->child[i]->child[0]);
    for (i++; i < t->n && t->child[i]->kind == N_COMP_IF; i++) condition(c, t->child[i]->child[0], false, top);
    if (i < t->n) {
        expr(c, t->child[i]->child[1]);
        put(c, BC_GET_ITER_STACK);
        comprehension_level(c, t, i, level + 1);
    } else {
        comprehension_element(c, t, level);
    }
    put_jump(c, BC_JUMP, top);
    label_put(c, end);
    put_adjust(c, -4);
}

void comprehension_body(struct compiler *c, tree_t t) {
    struct scope *s = c->scope;
    if (!c->emitting) {
        bool is_new;
        struct ident *hidden = scope_add(s, Q_empty, ID_LOCAL, &is_new);
        hidden->flags = IDENT_PARAM;
        s->n_pos = 1;
        if (t->kind == N_GENEXP) s->flags |= CODE_GENERATOR;
    }
    put_mark(c, t->inner);
    if (t->kind == N_GENEXP) {
        put(c, BC_LOAD_NULL);
        name_load(c, Q_empty);
        put(c, BC_LOAD_NULL);
        put(c, BC_LOAD_NULL);
    } else {
        put_number(c, t->kind == N_LISTCOMP ? BC_BUILD_LIST : t->kind == N_SETCOMP ? BC_BUILD_SET : BC_BUILD_MAP, 0);
        name_load(c, Q_empty);
        put(c, BC_GET_ITER_STACK);
    }
    comprehension_level(c, t, 1, 0);
    if (t->kind == N_GENEXP) put(c, BC_LOAD_CONST_NONE);
    put(c, BC_RETURN_VALUE);
}
