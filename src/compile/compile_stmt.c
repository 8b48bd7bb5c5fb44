// SPDX-License-Identifier: MIT
// Statements without block records: simple ones, if, definitions (spec/bytecode.md 13.1, 13.2, 13.9 to 13.11).
//
// statement() marks the line of the statement and leaves the stack as it was.
#include "compile/viper.h"
#include "native/native.h"

#include "heap/intern.h"
#include "rt.h"
#include "run/vm.h"

static void statement_expression(struct compiler *c, tree_t t) {
    bool shown = c->options->repl && c->scope->kind == SCOPE_MODULE;
    if (shown) name_load(c, Q___repl_print__);
    expr(c, t->child[0]);
    if (shown) put_number(c, BC_CALL_FUNCTION, 1);
    put(c, BC_POP_TOP);
}

static void statement_return(struct compiler *c, tree_t t) {
    if (c->scope->kind != SCOPE_FUNCTION) compile_error(c, t, "'return' outside function");
    tree_t value = t->n > 0 ? t->child[0] : TREE_NULL;
    if (value != TREE_NULL && value->kind == N_IF_EXP) {
        uint32_t otherwise = label_new(c);
        condition(c, value->child[0], false, otherwise);
        expr(c, value->child[1]);
        put(c, BC_RETURN_VALUE);
        label_put(c, otherwise);
        expr(c, value->child[2]);
    } else {
        expr_or_none(c, value);
    }
    put(c, BC_RETURN_VALUE);
}

static void statement_raise(struct compiler *c, tree_t t) {
    tree_t exception = t->n > 0 ? t->child[0] : TREE_NULL, cause = t->n > 1 ? t->child[1] : TREE_NULL;
    if (exception != TREE_NULL) expr(c, exception);
    if (cause != TREE_NULL) expr(c, cause);
    put(c, cause != TREE_NULL ? BC_RAISE_FROM : exception != TREE_NULL ? BC_RAISE_OBJ : BC_RAISE_LAST);
}

static void statement_assert(struct compiler *c, tree_t t) {
    if (c->options->optimise > 0) return;
    uint32_t end = label_new(c);
    condition(c, t->child[0], true, end);
    put_string(c, BC_LOAD_GLOBAL, Q_AssertionError);
    if (t->n > 1 && t->child[1] != TREE_NULL) {
        expr(c, t->child[1]);
        put_number(c, BC_CALL_FUNCTION, 1);
    }
    put(c, BC_RAISE_OBJ);
    label_put(c, end);
}

static void statement_declare(struct compiler *c, tree_t t) {
    for (uint32_t i = 0; !c->emitting && i < t->n; i++) {
        qstr_t name = t->child[i]->name;
        const char *wrong = t->kind == N_GLOBAL ? scope_declare_global(c->scope, name) : scope_declare_nonlocal(c->scope, name, false);
        if (wrong != NULL) compile_error(c, t, wrong);
    }
}

// ---- import ---------------------------------------------------------------------------------------------------------

static void import_one(struct compiler *c, tree_t alias) {
    size_t len;
    const char *text = qstr_text(alias->name, &len);
    const char *dot = memchr(text, '.', len);
    put_int(c, 0);
    put(c, BC_LOAD_CONST_NONE);
    put_string(c, BC_IMPORT_NAME, alias->name);
    tree_t as = alias->n > 0 ? alias->child[0] : TREE_NULL;
    if (as == TREE_NULL) {
        name_store(c, dot == NULL ? alias->name : intern(text, (size_t)(dot - text)));
        return;
    }
    for (const char *end = text + len; dot != NULL;) {
        const char *part = dot + 1;
        dot = memchr(part, '.', (size_t)(end - part));
        put_string(c, BC_LOAD_ATTR, intern(part, (size_t)((dot == NULL ? end : dot) - part)));
    }
    name_store(c, as->name);
}

static void statement_from(struct compiler *c, tree_t t) {
    qstr_t module = t->name != 0 ? t->name : Q_empty;
    put_int(c, t->op);
    if (t->n == 0) {
        if (c->scope->kind != SCOPE_MODULE) compile_error(c, t, "import * not at module level");
        put_string(c, BC_LOAD_CONST_STRING, Q_star);
        put_number(c, BC_BUILD_TUPLE, 1);
        put_string(c, BC_IMPORT_NAME, module);
        put(c, BC_IMPORT_STAR);
        return;
    }
    for (uint32_t i = 0; i < t->n; i++) put_string(c, BC_LOAD_CONST_STRING, t->child[i]->name);
    put_number(c, BC_BUILD_TUPLE, t->n);
    put_string(c, BC_IMPORT_NAME, module);
    for (uint32_t i = 0; i < t->n; i++) {
        tree_t alias = t->child[i], as = alias->n > 0 ? alias->child[0] : TREE_NULL;
        put_string(c, BC_IMPORT_FROM, alias->name);
        name_store(c, as != TREE_NULL ? as->name : alias->name);
    }
    put(c, BC_POP_TOP);
}

// ---- if -------------------------------------------------------------------------------------------------------------

static void statement_if(struct compiler *c, tree_t t) {
    uint32_t end = label_new(c);
    tree_t otherwise = t->n % 2 == 1 ? t->child[t->n - 1] : TREE_NULL;
    for (uint32_t i = 0; i + 1 < t->n; i += 2) {
        int truth = tree_truth(t->child[i]);
        if (truth == 0) continue;
        uint32_t next = label_new(c);
        if (i > 0) put_mark_seen(c, t->child[i]->line); // `elif`
        condition(c, t->child[i], false, next);
        statement(c, t->child[i + 1]);
        if (truth == 1) {
            label_put(c, end);
            return;
        }
        bool last = t->n <= 3 && otherwise == TREE_NULL;
        if (!last) put_mark_exact(c, 0);
        if (!last) put_jump(c, BC_JUMP, end);
        label_put(c, next);
    }
    if (otherwise != TREE_NULL) statement(c, otherwise);
    label_put(c, end);
}

// ---- definitions ----------------------------------------------------------------------------------------------------

static bool dotted(tree_t decorator, uint32_t i, qstr_t name) { return decorator->n > i && decorator->child[i]->name == name; }

// What a decorator of the micropython module asks for. True: there is nothing to call.
static bool decorator_special(struct compiler *c, tree_t d) {
    if (d->name != Q_micropython) return false;
    if (d->n == 2 && dotted(d, 1, Q_bytecode)) return true;
    bool machine = d->n == 2 && (dotted(d, 1, Q_native) || dotted(d, 1, Q_viper));
    bool assembler = d->n == 2 && (dotted(d, 1, Q_asm_thumb) || dotted(d, 1, Q_asm_xtensa) || dotted(d, 1, Q_asm_rv32));
    if (c->options->cross && (machine || assembler)) compile_error(c, TREE_NULL, "invalid arch");
    if (assembler && dotted(d, 1, Q_asm_thumb) && asm_is_here()) return true;
    if (!machine) compile_error(c, TREE_NULL, "invalid micropython decorator");
    return true; // there is no machine code here: it runs as bytecode, with the same results. Viper functions: viper.h;
                 // the inline assembler: native/native.h
}

static void define_function(struct compiler *c, tree_t t, bool generator, bool machine) {
    struct scope *child = compile_child(c, SCOPE_FUNCTION, t->name, t);
    if (generator) child->flags |= CODE_GENERATOR;
    child->machine = machine;
    function_make(c, child, t->child[0]);
}

static void define_class(struct compiler *c, tree_t t) {
    struct scope *child = compile_child(c, SCOPE_CLASS, t->name, t);
    put(c, BC_LOAD_BUILD_CLASS);
    put_make(c, child, false);
    put_string(c, BC_LOAD_CONST_STRING, t->name);
    call_with(c, t->child + 1, t->n - 1, 2, BC_CALL_FUNCTION);
}

// Leaves the object on the stack; returns the name to store it under.
static qstr_t define(struct compiler *c, tree_t t, bool machine) {
    tree_t body = t->kind == N_ASYNC ? t->child[0] : t;
    if (body->kind == N_CLASS) define_class(c, body);
    else define_function(c, body, t->kind == N_ASYNC, machine);
    return body->name;
}

// A function of the inline assembler is assembled in the first traversal: a constant, and a call of it to make the function.
static qstr_t define_assembled(struct compiler *c, tree_t t) {
    if (!c->emitting) t->value = asm_assemble(c, t);
    put_constant(c, t->value);
    put_number(c, BC_CALL_FUNCTION, 0);
    return t->kind == N_ASYNC ? t->child[0]->name : t->name;
}

static void statement_decorated(struct compiler *c, tree_t t) {
    uint32_t calls = 0;
    bool machine = false, assembled = false;
    for (uint32_t i = 1; i < t->n; i++) {
        tree_t d = t->child[i];
        if (decorator_special(c, d)) {
            machine |= !dotted(d, 1, Q_bytecode);
            if (!c->emitting && t->child[0]->kind == N_DEF && d->n == 2 && dotted(d, 1, Q_viper)) viper_function(c, t->child[0]);
            if (d->n == 2 && dotted(d, 1, Q_asm_thumb)) assembled = true;
            continue;
        }
        calls++;
        name_load(c, d->name);
        for (uint32_t k = 1; k < d->n; k++) put_string(c, BC_LOAD_ATTR, d->child[k]->name);
        if (d->n == 0 || d->child[0] == TREE_NULL) continue;
        put_mark(c, d->child[0]->line);
        call_with(c, d->child[0]->child, d->child[0]->n, 0, BC_CALL_FUNCTION);
    }
    qstr_t name = assembled ? define_assembled(c, t->child[0]) : define(c, t->child[0], machine);
    while (calls-- > 0) put_number(c, BC_CALL_FUNCTION, 1);
    name_store(c, name);
}

void class_body(struct compiler *c, tree_t t) {
    struct scope *s = c->scope;
    if (!c->emitting) {
        bool is_new;
        scope_add(s, Q___class__, ID_LOCAL, &is_new);
    }
    name_load(c, Q___name__);
    name_store(c, Q___module__);
    put_string(c, BC_LOAD_CONST_STRING, t->name);
    name_store(c, Q___qualname__);
    statement(c, t->child[0]);
    const struct ident *cell = scope_find(s, Q___class__);
    if (c->emitting && cell->kind == ID_CELL) {
        if (cell->local < 16) put(c, (uint8_t)(BC_LOAD_FAST_MULTI + cell->local));
        else put_number(c, BC_LOAD_FAST_N, cell->local);
    } else {
        put(c, BC_LOAD_CONST_NONE);
    }
    put(c, BC_RETURN_VALUE);
}

static void statement_async(struct compiler *c, tree_t t) {
    tree_t inner = t->child[0];
    if (inner->kind == N_DEF) {
        name_store(c, define(c, t, false));
        return;
    }
    if (c->scope->kind != SCOPE_FUNCTION || !(c->scope->flags & CODE_GENERATOR))
        compile_error(c, t, "async for/with outside async function");
    if (inner->kind == N_FOR) statement_async_for(c, inner);
    else statement_async_with(c, inner);
}

// ---- all ------------------------------------------------------------------------------------------------------------

static void statement_group(struct compiler *c, tree_t t) {
    uint32_t line = c->line;
    for (uint32_t i = 0; i < t->n; i++) {
        if (t->child[i]->line != 0) c->line = t->child[i]->line;
        statement(c, t->child[i]);
    }
    c->line = line;
}

static void statement_kind(struct compiler *c, tree_t t) {
    switch (t->kind) {
    case N_SUITE: statement_group(c, t); break;
    case N_EXPR: statement_expression(c, t); break;
    case N_ASSIGN: statement_assign(c, t); break;
    case N_AUGMENT: statement_augment(c, t); break;
    case N_ANNOTATE: statement_annotate(c, t); break;
    case N_DEL:
        for (uint32_t i = 0; i < t->n; i++) delete_target(c, t->child[i]);
        break;
    case N_BREAK:
    case N_CONTINUE: statement_jump(c, t); break;
    case N_RETURN: statement_return(c, t); break;
    case N_RAISE: statement_raise(c, t); break;
    case N_GLOBAL:
    case N_NONLOCAL: statement_declare(c, t); break;
    case N_ASSERT: statement_assert(c, t); break;
    case N_IMPORT:
        for (uint32_t i = 0; i < t->n; i++) import_one(c, t->child[i]);
        break;
    case N_FROM: statement_from(c, t); break;
    case N_IF: statement_if(c, t); break;
    case N_WHILE: statement_while(c, t); break;
    case N_FOR: statement_for(c, t); break;
    case N_TRY: statement_try(c, t); break;
    case N_WITH: statement_with(c, t); break;
    case N_DEF:
    case N_CLASS: name_store(c, define(c, t, false)); break;
    case N_DECORATED: statement_decorated(c, t); break;
    case N_ASYNC: statement_async(c, t); break;
    default: break; // N_PASS, N_EMPTY
    }
}

void statement(struct compiler *c, tree_t t) {
    if (t == TREE_NULL) return;
    stack_check_compiler();
    poll_keyboard();
    put_mark(c, t->line);
    statement_kind(c, t);
}
