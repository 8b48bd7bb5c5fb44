// SPDX-License-Identifier: MIT
// Entry points of the parser, its errors, and the building of nodes.
//
// parse() runs the grammar under protect(): the tree belongs to the caller only when it is complete; otherwise everything is given
// back and the exception goes on. A syntax error is reported at the current token, which is always the first one that does not fit.

#include "builder.h"
#include "heap/heap.h"
#include "heap/intern.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/str.h"
#include "objects/types.h"
#include "rt.h"
#include "run/raise.h"

// ---- errors ---------------------------------------------------------------------------------------------------------

_Noreturn static void raise_at(struct parser *p, const struct type *type, uint32_t line, obj_t message) {
    obj_t e = exception_new(type, 1, &message);
    exception_add_traceback(e, p->options->file, line, 0);
    raise_object(e);
}

_Noreturn void parser_raise(struct parser *p, uint32_t line, obj_t message) {
    raise_at(p, &type_SyntaxError, line, message);
}

_Noreturn void parser_fail(struct parser *p) {
    const struct type *type = &type_SyntaxError;
    const char *message = "invalid syntax";
    switch (token(p)) {
        case T_INDENT:
            type = &type_IndentationError;
            message = "unexpected indent";
            break;
        case T_MISMATCH:
            type = &type_IndentationError;
            message = "unindent doesn't match any outer indent level";
            break;
        case T_MALFORMED:
            message = "malformed f-string";
            break;
        default:
            break;
    }
    raise_at(p, type, token_line(p), str_new_rom(message));
}

// ---- tokens ---------------------------------------------------------------------------------------------------------

void parser_next(struct parser *p) {
    lexer_next(&p->lex);
}

bool parser_accept(struct parser *p, enum token_kind kind) {
    if (token(p) != kind) {
        return false;
    }
    parser_next(p);
    return true;
}

void parser_expect(struct parser *p, enum token_kind kind) {
    if (!parser_accept(p, kind)) {
        parser_fail(p);
    }
}

static size_t seen_place(const struct parser *p, qstr_t name) {
    size_t i = (name * 2654435761u) & (p->seen_room - 1);
    while (p->seen[i] != 0 && p->seen[i] != name) {
        i = (i + 1) & (p->seen_room - 1);
    }
    return i;
}

bool parser_has_seen(const struct parser *p, qstr_t name) {
    return p->seen_room > 0 && p->seen[seen_place(p, name)] == name;
}

static void seen_add(struct parser *p, qstr_t name) {
    if (2 * p->n_seen >= p->seen_room) {
        size_t old_room = p->seen_room;
        qstr_t *old = p->seen;
        p->seen_room = old_room ? 2 * old_room : 64;
        p->seen = host_alloc(p->seen_room * sizeof(p->seen[0]));
        memset(p->seen, 0, p->seen_room * sizeof(p->seen[0]));
        for (size_t i = 0; i < old_room; i++) {
            if (old[i]) {
                p->seen[seen_place(p, old[i])] = old[i];
            }
        }
        host_free(old);
    }
    size_t at = seen_place(p, name);
    if (p->seen[at] == 0) {
        p->seen[at] = name;
        p->n_seen++;
    }
}

qstr_t parser_name(struct parser *p) {
    if (token(p) != T_NAME) {
        parser_fail(p);
    }
    const struct token *t = &p->lex.token;
    if (!p->options->cross && !utf8_valid(t->text, t->len)) {
        parser_raise(p, t->line, str_new_rom("invalid syntax"));
    }
    qstr_t name = intern(t->text, t->len);
    if (p->options->cross) {
        seen_add(p, name);
    }
    parser_next(p);
    return name;
}

// ---- building -------------------------------------------------------------------------------------------------------

void parser_cost(struct parser *p, size_t n) {
    ledger_node(p->tree->ledger, n);
}

void parser_push(struct parser *p, tree_t t, uint32_t line) {
    if (p->n == p->room) {
        p->room = p->room ? 2 * p->room : 64;
        p->stack = host_resize(p->stack, p->room * sizeof(p->stack[0]));
    }
    p->stack[p->n++] = (struct entry){t, line};
    ledger_depth(p->tree->ledger, 0, p->n + p->blank + 1); // what is being read is there too
}

void parser_depth(struct parser *p, int rules) {
    ledger_depth(p->tree->ledger, (size_t)(p->rules + rules), 0);
}

tree_t parse_deeper(struct parser *p, int rules, tree_t (*part)(struct parser *)) {
    stack_check_compiler();
    p->rules += rules;
    tree_t t = part(p);
    p->rules -= rules;
    return t;
}

tree_t node_new(struct parser *p, enum tree_kind kind, uint32_t line, size_t n) {
    if (n > UINT32_MAX) {
        raise_no_memory(n);
    }
    tree_t t = arena_take(p->tree->arena, sizeof(struct node) + n * sizeof(tree_t));
    t->kind = (uint8_t)kind;
    t->line = line;
    t->n = (uint32_t)n;
    return t;
}

tree_t node_collect(struct parser *p, enum tree_kind kind, uint32_t line, size_t mark) {
    tree_t t = node_new(p, kind, line, p->n - mark);
    for (size_t i = mark; i < p->n; i++) {
        t->child[i - mark] = p->stack[i].tree;
    }
    p->n = mark;
    return t;
}

tree_t leaf_new(struct parser *p, enum tree_kind kind) {
    tree_t t = node_new(p, kind, 0, 0);
    t->leaf = true;
    return t;
}

tree_t leaf_name(struct parser *p, qstr_t name) {
    tree_t t = leaf_new(p, N_NAME);
    t->name = name;
    return t;
}

tree_t leaf_op(struct parser *p, unsigned op) {
    tree_t t = leaf_new(p, N_OP);
    t->op = (uint8_t)op;
    return t;
}

tree_t const_new(struct parser *p, obj_t value, uint32_t line) {
    arena_keep(p->tree->arena, value);
    tree_t t = node_new(p, N_CONST, line, 0);
    t->value = value;
    return t;
}

tree_t leaf_int(struct parser *p, obj_t value) {
    if (obj_is_int(value)) {
        intptr_t limit = (intptr_t)1 << (p->options->small_bits - 1);
        if (obj_int(value) >= -limit && obj_int(value) < limit) {
            tree_t t = leaf_new(p, N_INT);
            t->value = value;
            return t;
        }
    }
    return const_new(p, value, 0);
}

// ---- entry points ---------------------------------------------------------------------------------------------------

static void parse_body(void *arg) {
    struct parser *p = arg;
    ledger_begin(p->tree->ledger, p->options->from_file);
    lexer_open(&p->lex, p->text, p->text_len, p->tree->ledger);
    lexer_start(&p->lex);
    if (p->options->tell) {
        dict_set_qstr(p->options->tell, Q___file__, OBJ_QSTR(p->options->file));
    }
    ledger_stacks(p->tree->ledger);
    switch (p->options->input) {
        case PARSE_FILE:
        case PARSE_RAW:
            p->tree->root = parse_file(p);
            break;
        case PARSE_SINGLE:
            p->tree->root = parse_single(p);
            break;
        case PARSE_EVAL:
            p->tree->root = parse_eval(p);
            break;
    }
    ledger_finish(p->tree->ledger);
}

struct tree *parse(const char *text, size_t len, const struct parse_options *options) {
    struct parser *p = host_alloc(sizeof(*p));
    *p = (struct parser){.text = text, .text_len = len, .options = options};
    struct tree *t = host_alloc(sizeof(*t));
    *t = (struct tree){.file = options->file, .arena = arena_new(), .ledger = ledger_new()};
    p->tree = t;
    obj_t exception = OBJ_NULL;
    bool ok = protect(parse_body, p, &exception);
    lexer_close(&p->lex);
    host_free(p->stack);
    host_free(p->named);
    host_free(p->seen);
    host_free(p);
    if (!ok) {
        ledger_abandon(t->ledger);
        tree_free(t);
        raise_object(exception);
    }
    return t;
}

// ---- the prompt -----------------------------------------------------------------------------------------------------

static bool starts_with_word(const char *text, size_t len, const char *word) {
    size_t n = strlen(word);
    if (len < n || memcmp(text, word, n) != 0) {
        return false;
    }
    char c = len > n ? text[n] : ' ';
    return !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || (unsigned char)c >= 0x80);
}

static bool starts_block(const char *text, size_t len) {
    static const char *const words[] = {"if", "for", "while", "try", "with", "def", "class", "async"};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (starts_with_word(text, len, words[i])) {
            return true;
        }
    }
    return len > 0 && text[0] == '@';
}

// Place behind the string literal whose quotes begin at i. *open: a triple-quoted one has no end yet.
static size_t skip_literal(const char *text, size_t len, size_t i, bool *open) {
    char quote = text[i];
    bool triple = i + 2 < len && text[i + 1] == quote && text[i + 2] == quote;
    i += triple ? 3 : 1;
    while (i < len) {
        if (text[i] == '\\') {
            i += 2;
        } else if (text[i] == quote && (!triple || (i + 2 < len && text[i + 1] == quote && text[i + 2] == quote))) {
            return i + (triple ? 3 : 1);
        } else if (text[i] == '\n' && !triple) {
            return i;
        } else {
            i++;
        }
    }
    *open = triple;
    return len;
}

bool parse_needs_more(const char *text, size_t len) {
    if (len == 0) {
        return false;
    }
    long nesting = 0;
    bool open = false;
    size_t i = 0;
    while (i < len && !open) {
        char c = text[i];
        if (c == '"' || c == '\'') {
            i = skip_literal(text, len, i, &open);
            continue;
        }
        nesting += c == '(' || c == '[' || c == '{';
        nesting -= c == ')' || c == ']' || c == '}';
        i++;
    }
    if (open || nesting > 0 || text[len - 1] == '\\') {
        return true;
    }
    return starts_block(text, len) && text[len - 1] != '\n';
}
