// SPDX-License-Identifier: MIT
// Tree to stored code: the two traversals over all code objects, errors, and the end of a compilation.
//
// The order of heap requests is that of a board (spec/heap-model.md 4.1): name map, constant list, record of the outermost scope,
// emitter; scopes as the first traversal meets them; label table; for each scope children table and image; the context's table; frees.
// Everything a compilation owns hangs off struct compiler, which lives on the C stack of compile_tree(), so that an exception can
// land there and give back host memory.
#include "compile/compiler.h"

#include "heap/heap.h"
#include "heap/intern.h"
#include "objects/str.h"
#include "objects/types.h"
#include "rt.h"
#include "run/raise.h"

_Noreturn void compile_error(struct compiler *c, tree_t where, const char *text) {
    uint32_t line = where != TREE_NULL && where->line != 0 ? where->line : c->line;
    obj_t message = str_new_rom(text);
    obj_t e = exception_new(&type_SyntaxError, 1, &message);
    exception_add_traceback(e, c->tree->file, line, c->scope->name);
    raise_object(e);
}

// Scopes join the list before anything can raise, so that they are freed in any case.
static struct scope *compile_scope_new(struct compiler *c, uint8_t kind, qstr_t name, tree_t node, struct scope *parent) {
    struct scope *s = scope_new(kind, name, node, parent);
    if (c->last != NULL) c->last->next = s;
    else c->first = s;
    c->last = s;
    s->record = charges_scope(&c->charges, &s->code);
    return s;
}

// The code object of a construct: made in the first traversal, met again in the same order in the second.
struct scope *compile_child(struct compiler *c, uint8_t kind, qstr_t name, tree_t node) {
    if (!c->emitting) return compile_scope_new(c, kind, name, node, c->scope);
    struct scope *child = c->scope->child_cursor;
    c->scope->child_cursor = child->next_child;
    return child;
}

static void compile_module(struct compiler *c, tree_t root) {
    if (c->scope->eval) {
        expr(c, root);
        put(c, BC_RETURN_VALUE);
        return;
    }
    statement(c, root);
    put_mark_exact(c, 0);
    put(c, BC_LOAD_CONST_NONE);
    put(c, BC_RETURN_VALUE);
}

static void compile_function(struct compiler *c, tree_t t) {
    if (!c->emitting) parameters(c, t->child[0], t->child[2]);
    statement(c, t->child[2]);
    put_mark_exact(c, 0);
    put(c, BC_LOAD_CONST_NONE);
    put(c, BC_RETURN_VALUE);
}

static void compile_lambda(struct compiler *c, tree_t t) {
    if (!c->emitting) parameters(c, t->child[0], TREE_NULL);
    put_mark(c, t->line);
    expr(c, t->child[1]);
    if (c->scope->flags & CODE_GENERATOR) {
        put(c, BC_POP_TOP);
        put(c, BC_LOAD_CONST_NONE);
    }
    put(c, BC_RETURN_VALUE);
}

static void compile_scope_body(struct compiler *c, struct scope *s) {
    c->scope = s;
    c->n_labels = 0;
    c->blocks = 0;
    c->loop = (struct loop){NO_LABEL, NO_LABEL, 0, false};
    c->line = scope_is_comprehension(s) ? s->node->inner : s->node->line;
    s->child_cursor = s->first_child;
    switch (s->kind) {
    case SCOPE_MODULE: compile_module(c, s->node); break;
    case SCOPE_CLASS: class_body(c, s->node); break;
    case SCOPE_FUNCTION: compile_function(c, s->node); break;
    case SCOPE_LAMBDA: compile_lambda(c, s->node); break;
    default: comprehension_body(c, s->node); break;
    }
    if (c->n_labels > c->most_labels) c->most_labels = c->n_labels;
}

// Function name, then parameters in order of local number; places of cells from outside and hidden parameters have no usable name.
static void compile_names(struct compiler *c, const struct scope *s) {
    struct bytes *names = &c->names;
    bytes_varint(names, tables_name(&c->tables, &c->charges, s->name));
    size_t n = s->n_pos + s->n_kwonly;
    for (uint32_t k = 0; k < s->n_free; k++) bytes_varint(names, tables_name(&c->tables, &c->charges, Q_star));
    size_t left = n - s->n_free;
    for (uint32_t k = 0; k < s->n_idents && left > 0; k++) {
        const struct ident *i = &s->idents[k];
        if (!(i->flags & IDENT_PARAM)) continue;
        bytes_varint(names, tables_name(&c->tables, &c->charges, scope_is_comprehension(s) ? Q_star : i->name));
        left--;
    }
}

// Cell numbers are bytes: the reference cuts larger ones, which must not happen to code that runs here.
static void compile_cells(struct compiler *c, const struct scope *s) {
    for (uint32_t k = 0; k < s->n_idents; k++) {
        const struct ident *i = &s->idents[k];
        if (i->kind != ID_CELL) continue;
        if (i->local > UINT8_MAX && !c->options->cross) compile_error(c, TREE_NULL, "too many locals");
        bytes_put(&c->cells, (uint8_t)i->local);
    }
}

static uint32_t compile_first_line(const struct scope *s) {
    return s->kind == SCOPE_MODULE ? 1 : scope_is_comprehension(s) ? s->node->inner : s->node->line;
}

// What sys.settrace() shows besides: the line of the definition, lines that a board's table leaves out, and names of locals.
static void compile_trace_info(const struct emit *e, const struct scope *s, struct code_info *info) {
    info->first_line = compile_first_line(s);
    info->n_line_marks = (uint32_t)e->n_seen;
    info->line_marks = host_alloc((e->n_seen + 1) * sizeof(struct line_mark));
    for (size_t k = 0; k < e->n_seen; k++)
        info->line_marks[k] = (struct line_mark){e->seen[k].position - e->before[e->seen[k].jumps], e->seen[k].lines};
    if (!scope_is_function_like(s)) return;
    info->n_local_names = s->n_locals;
    info->local_names = host_alloc((s->n_locals + 1) * sizeof(qstr_t));
    for (uint32_t k = 0; k < s->n_locals; k++) info->local_names[k] = Q_star;
    for (uint32_t k = 0; k < s->n_idents; k++) {
        const struct ident *i = &s->idents[k];
        if (i->kind == ID_LOCAL || i->kind == ID_CELL || i->kind == ID_FREE) info->local_names[i->local] = i->name;
    }
}

static void compile_image(struct compiler *c, struct scope *s) {
    long most = c->emit.most > 0 ? c->emit.most : 0;
    struct prelude p = {.n_state = s->n_locals + (size_t)most, .n_blocks = s->n_blocks, .flags = s->flags};
    if (p.n_state == 0) p.n_state = 1;
    p.n_pos = s->n_pos;
    p.n_kwonly = s->n_kwonly;
    p.n_defaults = s->n_defaults;
    p.names = &c->names;
    compile_cells(c, s);
    p.n_cells = c->cells.len;
    p.cells = c->cells.data;
    if (!emit_finish(&c->emit, &p) || s->n_children > UINT16_MAX) raise_message(&type_RuntimeError, "bytecode overflow");
    struct code_info probe;
    if (!c->options->cross && code_split(c->emit.image.data, c->emit.image.len, &probe) != NULL)
        raise_message(&type_RuntimeError, "bytecode overflow");
    struct code_record **children = heap_new(s->n_children, 0, HEAP_REFS);
    for (uint32_t k = 0; k < s->n_children; k++) children[k] = s->children[k]->code;
    struct code *code = s->code->code = code_new(c->emit.image.data, c->emit.image.len);
    code->children = children;
    code->info->n_children = (uint16_t)s->n_children;
    code->info->machine = s->machine;
    if (rt.profile.settrace) compile_trace_info(&c->emit, s, code->info);
}

static void compile_second(struct compiler *c, struct scope *s) {
    emit_reset(&c->emit, !c->options->no_lines && c->options->optimise < 3);
    c->emit.trace = rt.profile.settrace;
    emit_mark_seen(&c->emit, compile_first_line(s));
    c->names.len = c->cells.len = 0;
    compile_names(c, s);
    compile_scope_body(c, s);
    compile_image(c, s);
}

static void compile_all(void *arg) {
    struct compiler *c = arg;
    charges_begin(&c->charges);
    tables_name(&c->tables, &c->charges, c->tree->file);
    struct scope *module = compile_scope_new(c, SCOPE_MODULE, Q_angle_module, c->tree->root, NULL);
    module->eval = c->options->eval;
    c->scope = module;
    charges_emitter(&c->charges);
    for (struct scope *s = c->first; s != NULL; s = s->next) {
        tables_name(&c->tables, &c->charges, s->name);
        compile_scope_body(c, s);
        scope_close(s);
    }
    for (struct scope *s = c->first; s != NULL; s = s->next) scope_number(s);
    charges_labels(&c->charges, c->most_labels);
    c->emitting = true;
    for (struct scope *s = c->first; s != NULL; s = s->next) compile_second(c, s);
    context_set_tables(c->context, c->tables.n_names, c->tables.names, c->charges.n_constants, c->charges.constants);
    c->code = c->first->code->code;
    c->code->info->record = c->first->code;
}

static void compile_end(struct compiler *c) {
    charges_end_emitter(&c->charges);
    tree_free(c->tree);
    charges_end_scopes(&c->charges);
    for (struct scope *s = c->first; s != NULL;) {
        struct scope *next = s->next;
        scope_free(s);
        s = next;
    }
    tables_free(&c->tables);
    emit_free(&c->emit);
    bytes_free(&c->names);
    bytes_free(&c->cells);
}

// Leaves no reference to garbage on the C stack: a collection must find what a board finds.
static void compile_forget(struct compiler *c) {
    volatile char *p = (volatile char *)c;
    for (size_t i = 0; i < sizeof(*c); i++) p[i] = 0;
}

struct code *compile_tree(struct tree *tree, struct context *context, const struct compile_options *options) {
    struct compiler c = {.tree = tree, .context = context, .options = options};
    obj_t exception = OBJ_NULL;
    bool ok = protect(compile_all, &c, &exception);
    compile_end(&c);
    struct code *code = c.code;
    compile_forget(&c);
    if (!ok) raise_object(exception);
    return code;
}
