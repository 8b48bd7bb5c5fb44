// SPDX-License-Identifier: MIT
// The grammar of statements (spec/bytecode.md 10, 13, 15).
//
// A body or file of one statement is that statement; two or more, or one followed by `;`, are an N_SUITE with the line of its first token.
// Parts that may be missing are TREE_NULL. parser_cost(): as in parser_expr.c.

#include "builder.h"
#include "heap/heap.h"
#include "heap/intern.h"
#include "run/raise.h"
#include "run/vm.h"

// Height of the reference's rule stack at the expression that begins a statement of a file, and how it differs elsewhere; measured.
enum { RULES_FILE = 20, RULES_BLOCK = 6, RULES_LINE_BODY = 3, RULES_VALUE = 2, RULES_ANNOTATION = 1, RULES_ANNOTATED = 3, RULES_CAUSE = 3,
    RULES_MESSAGE = 1, RULES_DEL = -3, RULES_FOR_TARGET = -4, RULES_WITH = 1, RULES_WITH_TARGET = -2, RULES_LATER_BODY = 1, RULES_ELIF = 2,
    RULES_EXCEPT = 4, RULES_BASES = 2, RULES_DECORATOR = 4, RULES_ASYNC = 1, RULES_DECORATED = 2 };

static tree_t parse_statement(struct parser *p);
static tree_t parse_simple_line(struct parser *p);

// ---- simple statements ----------------------------------------------------------------------------------------------

static const struct {
    uint8_t kind, op;
} augments[] = {
    {T_ADD_ASSIGN, OP_IADD},       {T_SUB_ASSIGN, OP_ISUB},       {T_MUL_ASSIGN, OP_IMUL},   {T_MATMUL_ASSIGN, OP_IMATMUL},
    {T_DIV_ASSIGN, OP_ITRUEDIV},   {T_MOD_ASSIGN, OP_IMOD},       {T_AND_ASSIGN, OP_IAND},   {T_OR_ASSIGN, OP_IOR},
    {T_XOR_ASSIGN, OP_IXOR},       {T_LSHIFT_ASSIGN, OP_ILSHIFT}, {T_RSHIFT_ASSIGN, OP_IRSHIFT}, {T_POW_ASSIGN, OP_IPOW},
    {T_FLOORDIV_ASSIGN, OP_IFLOORDIV},
};

static tree_t parse_value(struct parser *p) {
    return token(p) == T_YIELD ? parse_yield(p) : parse_testlist(p, true);
}

// What follows the first expression, which is on the stack at mark. TREE_NULL: nothing does.
static tree_t parse_assignment(struct parser *p, uint32_t line, size_t mark) {
    for (size_t i = 0; i < sizeof(augments) / sizeof(augments[0]); i++) {
        if (token(p) == augments[i].kind) {
            parser_next(p);
            parser_push(p, leaf_op(p, augments[i].op), line);
            parser_push(p, parse_deeper(p, RULES_VALUE, token(p) == T_YIELD ? parse_yield : parse_tests), line);
            parser_cost(p, 2);
            return node_collect(p, N_AUGMENT, line, mark);
        }
    }
    if (parser_accept(p, T_COLON)) {
        parser_push(p, parse_deeper(p, RULES_ANNOTATION, parse_test), line);
        bool value = parser_accept(p, T_ASSIGN);
        parser_push(p, value ? parse_deeper(p, RULES_ANNOTATED, parse_value) : TREE_NULL, line);
        parser_cost(p, 2);
        return fold_assign(p, node_collect(p, N_ANNOTATE, line, mark));
    }
    if (token(p) != T_ASSIGN) {
        return TREE_NULL;
    }
    while (parser_accept(p, T_ASSIGN)) {
        parser_push(p, parse_deeper(p, RULES_VALUE, parse_value), line);
    }
    if (p->n - mark > 2) {
        parser_cost(p, p->n - mark - 1);
    }
    return fold_assign(p, node_collect(p, N_ASSIGN, line, mark));
}

static tree_t parse_expression_statement(struct parser *p) {
    uint32_t line = token_line(p);
    size_t mark = p->n;
    parser_push(p, parse_testlist(p, true), line);
    tree_t t = parse_assignment(p, line, mark);
    if (t) {
        parser_cost(p, 2);
        return t;
    }
    tree_t e = p->stack[p->n - 1].tree;
    if ((e->leaf && e->kind != N_NAME) || e->kind == N_CONST) {
        if (p->options->input != PARSE_SINGLE) {
            p->n = mark;
            parser_cost(p, 0);
            return node_new(p, N_PASS, line, 0);
        }
    }
    parser_cost(p, 2);
    return node_collect(p, N_EXPR, line, mark);
}

static tree_t parse_yield_statement(struct parser *p) {
    uint32_t line = token_line(p);
    size_t mark = p->n;
    parser_push(p, parse_yield(p), line);
    parser_cost(p, 1);
    return node_collect(p, N_EXPR, line, mark);
}

static tree_t parse_word_statement(struct parser *p, enum tree_kind kind) {
    tree_t t = node_new(p, kind, token_line(p), 0);
    parser_next(p);
    parser_cost(p, 0);
    return t;
}

static tree_t parse_targets(struct parser *p) {
    return parse_exprlist(p, true);
}

static tree_t parse_target(struct parser *p) {
    return parse_exprlist(p, false);
}

static tree_t parse_del(struct parser *p) {
    uint32_t line = token_line(p);
    size_t mark = p->n;
    parser_next(p);
    parse_deeper(p, RULES_DEL, parse_targets);
    parser_cost(p, 1);
    return node_collect(p, N_DEL, line, mark);
}

static tree_t parse_return(struct parser *p) {
    uint32_t line = token_line(p);
    size_t mark = p->n;
    parser_next(p);
    parser_push(p, at_expression(p) ? parse_deeper(p, RULES_VALUE, parse_tests) : TREE_NULL, line);
    parser_cost(p, 1);
    return node_collect(p, N_RETURN, line, mark);
}

static tree_t parse_raise(struct parser *p) {
    uint32_t line = token_line(p);
    size_t mark = p->n;
    parser_next(p);
    bool value = at_expression(p);
    parser_push(p, value ? parse_deeper(p, RULES_VALUE, parse_test) : TREE_NULL, line);
    bool cause = value && parser_accept(p, T_FROM);
    parser_push(p, cause ? parse_deeper(p, RULES_CAUSE, parse_test) : TREE_NULL, line);
    if (cause) {
        parser_cost(p, 2);
    }
    parser_cost(p, 1);
    return node_collect(p, N_RAISE, line, mark);
}

static tree_t parse_assert(struct parser *p) {
    uint32_t line = token_line(p);
    size_t mark = p->n;
    parser_next(p);
    parser_push(p, parse_test(p), line);
    parser_push(p, parser_accept(p, T_COMMA) ? parse_deeper(p, RULES_MESSAGE, parse_test) : TREE_NULL, line);
    parser_cost(p, 2);
    return node_collect(p, N_ASSERT, line, mark);
}

static tree_t parse_declaration(struct parser *p, enum tree_kind kind) {
    uint32_t line = token_line(p);
    size_t mark = p->n;
    parser_next(p);
    do {
        parser_push(p, leaf_name(p, parser_name(p)), line);
    } while (parser_accept(p, T_COMMA));
    if (p->n - mark > 1) {
        parser_cost(p, p->n - mark);
    }
    parser_cost(p, 1);
    return node_collect(p, kind, line, mark);
}

// ---- imports --------------------------------------------------------------------------------------------------------

// NAME ('.' NAME)*: the whole text. Each part is interned on its own first, as identifiers are.
static qstr_t parse_dotted(struct parser *p) {
    size_t parts = 0;
    size_t mark = p->n;
    uint32_t line = token_line(p);
    do {
        parser_push(p, leaf_name(p, parser_name(p)), line);
        parts++;
    } while (parser_accept(p, T_DOT));
    qstr_t first = p->stack[mark].tree->name;
    if (parts == 1) {
        p->n = mark;
        return first;
    }
    parser_cost(p, parts);
    size_t len = parts - 1;
    for (size_t i = mark; i < p->n; i++) {
        len += qstr_len(p->stack[i].tree->name);
    }
    char *joined = arena_take(p->tree->arena, len + 1);
    size_t at = 0;
    for (size_t i = mark; i < p->n; i++) {
        size_t n;
        const char *part = qstr_text(p->stack[i].tree->name, &n);
        if (i > mark) {
            joined[at++] = '.';
        }
        memcpy(joined + at, part, n);
        at += n;
    }
    p->n = mark;
    return intern(joined, len);
}

// Pushes an N_ALIAS
static void push_alias(struct parser *p, bool dotted) {
    uint32_t line = token_line(p);
    tree_t t = node_new(p, N_ALIAS, line, 1);
    t->name = dotted ? parse_dotted(p) : parser_name(p);
    parser_push(p, t, line);
    if (parser_accept(p, T_AS)) {
        t->child[0] = leaf_name(p, parser_name(p));
    }
    if (!dotted || t->child[0]) {
        parser_cost(p, 2);
    }
}

static tree_t parse_import(struct parser *p) {
    uint32_t line = token_line(p);
    size_t mark = p->n;
    parser_next(p);
    do {
        push_alias(p, true);
    } while (parser_accept(p, T_COMMA));
    if (p->n - mark > 1) {
        parser_cost(p, p->n - mark);
    }
    parser_cost(p, 1);
    return node_collect(p, N_IMPORT, line, mark);
}

// Leading dots; more than 255 are refused
static unsigned parse_dots(struct parser *p) {
    unsigned dots = 0;
    size_t tokens = 0;
    while (token(p) == T_DOT || token(p) == T_ELLIPSIS) {
        dots += token(p) == T_DOT ? 1 : 3;
        tokens++;
        if (dots > 255) {
            parser_fail(p);
        }
        parser_next(p);
    }
    if (tokens > 1) {
        parser_cost(p, tokens);
    }
    return dots;
}

static tree_t parse_from(struct parser *p) {
    uint32_t line = token_line(p);
    size_t mark = p->n;
    parser_next(p);
    unsigned dots = parse_dots(p);
    qstr_t name = Q_empty;
    if (dots == 0 || token(p) != T_IMPORT) {
        name = parse_dotted(p);
        if (dots > 0) {
            parser_cost(p, 2);
        }
    }
    parser_expect(p, T_IMPORT);
    if (!parser_accept(p, T_STAR)) {
        bool parens = parser_accept(p, T_LPAREN);
        bool comma = false;
        push_alias(p, false);
        while (parser_accept(p, T_COMMA)) {
            comma = token(p) != T_NAME;
            if (comma) {
                break;
            }
            push_alias(p, false);
        }
        if (p->n - mark > 1 || comma) {
            parser_cost(p, p->n - mark);
        }
        if (parens) {
            parser_expect(p, T_RPAREN);
        }
    }
    parser_cost(p, 2);
    tree_t t = node_collect(p, N_FROM, line, mark);
    t->name = name;
    t->op = (uint8_t)dots;
    return t;
}

static tree_t parse_small(struct parser *p) {
    switch (token(p)) {
        case T_PASS:
            return parse_word_statement(p, N_PASS);
        case T_BREAK:
            return parse_word_statement(p, N_BREAK);
        case T_CONTINUE:
            return parse_word_statement(p, N_CONTINUE);
        case T_DEL:
            return parse_del(p);
        case T_RETURN:
            return parse_return(p);
        case T_RAISE:
            return parse_raise(p);
        case T_YIELD:
            return parse_yield_statement(p);
        case T_GLOBAL:
            return parse_declaration(p, N_GLOBAL);
        case T_NONLOCAL:
            return parse_declaration(p, N_NONLOCAL);
        case T_ASSERT:
            return parse_assert(p);
        case T_IMPORT:
            return parse_import(p);
        case T_FROM:
            return parse_from(p);
        default:
            return parse_expression_statement(p);
    }
}

static tree_t parse_simple_line(struct parser *p) {
    uint32_t line = token_line(p);
    size_t mark = p->n;
    parser_push(p, parse_small(p), line);
    bool group = false;
    while (parser_accept(p, T_SEMICOLON)) {
        group = true;
        if (token(p) == T_NEWLINE) {
            break;
        }
        uint32_t next = token_line(p);
        parser_push(p, parse_small(p), next);
    }
    parser_expect(p, T_NEWLINE);
    if (!group) {
        return p->stack[--p->n].tree;
    }
    parser_cost(p, p->n - mark);
    return node_collect(p, N_SUITE, line, mark);
}

// ---- compound statements --------------------------------------------------------------------------------------------

// A group of the statements on the stack, or the only one.
static tree_t collect_suite(struct parser *p, uint32_t line, size_t mark, size_t blank) {
    if (p->n - mark + blank > 1) {
        parser_cost(p, p->n - mark + blank);
    }
    if (p->n - mark == 1) {
        return p->stack[--p->n].tree;
    }
    return node_collect(p, N_SUITE, line, mark);
}

static tree_t parse_block(struct parser *p) {
    uint32_t line = token_line(p);
    size_t mark = p->n;
    do {
        uint32_t at = token_line(p);
        parser_push(p, parse_statement(p), at);
    } while (!parser_accept(p, T_DEDENT));
    return collect_suite(p, line, mark, 0);
}

// ':' and what belongs to it
static tree_t parse_body(struct parser *p) {
    parser_expect(p, T_COLON);
    if (!parser_accept(p, T_NEWLINE)) {
        return parse_deeper(p, RULES_LINE_BODY, parse_simple_line);
    }
    parser_expect(p, T_INDENT);
    return parse_deeper(p, RULES_BLOCK, parse_block);
}

static tree_t parse_else(struct parser *p) {
    return parser_accept(p, T_ELSE) ? parse_deeper(p, RULES_LATER_BODY, parse_body) : TREE_NULL;
}

static tree_t parse_if(struct parser *p) {
    uint32_t line = token_line(p);
    size_t mark = p->n;
    parser_next(p);
    parser_push(p, parse_walrus(p), line);
    parser_push(p, parse_body(p), line);
    size_t elifs = 0;
    while (parser_accept(p, T_ELIF)) {
        parser_push(p, parse_deeper(p, RULES_ELIF, parse_walrus), line);
        parser_push(p, parse_deeper(p, RULES_ELIF, parse_body), line);
        parser_cost(p, 2);
        elifs++;
    }
    if (elifs > 1) {
        parser_cost(p, elifs);
    }
    parser_push(p, parse_else(p), line);
    parser_cost(p, 4);
    return node_collect(p, N_IF, line, mark);
}

static tree_t parse_while(struct parser *p) {
    uint32_t line = token_line(p);
    size_t mark = p->n;
    parser_next(p);
    parser_push(p, parse_walrus(p), line);
    parser_push(p, parse_body(p), line);
    parser_push(p, parse_else(p), line);
    parser_cost(p, 3);
    return node_collect(p, N_WHILE, line, mark);
}

static tree_t parse_for(struct parser *p) {
    uint32_t line = token_line(p);
    size_t mark = p->n;
    parser_next(p);
    parser_push(p, parse_deeper(p, RULES_FOR_TARGET, parse_target), line);
    parser_expect(p, T_IN);
    parser_push(p, parse_testlist(p, false), line);
    parser_push(p, parse_body(p), line);
    parser_push(p, parse_else(p), line);
    parser_cost(p, 4);
    return node_collect(p, N_FOR, line, mark);
}

static tree_t parse_except(struct parser *p) {
    uint32_t line = token_line(p);
    size_t mark = p->n;
    qstr_t name = 0;
    parser_next(p);
    bool typed = token(p) != T_COLON;
    parser_push(p, typed ? parse_deeper(p, RULES_EXCEPT, parse_test) : TREE_NULL, line);
    if (typed && parser_accept(p, T_AS)) {
        name = parser_name(p);
        parser_cost(p, 2);
    }
    parser_push(p, parse_deeper(p, RULES_EXCEPT, parse_body), line);
    parser_cost(p, 2);
    tree_t t = node_collect(p, N_EXCEPT, line, mark);
    t->name = name;
    return t;
}

static tree_t parse_try(struct parser *p) {
    uint32_t line = token_line(p);
    size_t mark = p->n;
    parser_next(p);
    parser_push(p, parse_body(p), line);
    parser_push(p, TREE_NULL, line);
    parser_push(p, TREE_NULL, line);
    while (token(p) == T_EXCEPT) {
        uint32_t at = token_line(p);
        parser_push(p, parse_except(p), at);
    }
    size_t clauses = p->n - mark - 3;
    if (clauses > 1) {
        parser_cost(p, clauses);
    }
    tree_t otherwise = clauses > 0 ? parse_else(p) : TREE_NULL;
    tree_t finally = TREE_NULL;
    if (parser_accept(p, T_FINALLY)) {
        finally = parse_deeper(p, RULES_LATER_BODY, parse_body);
        parser_cost(p, 1);
    } else if (clauses == 0) {
        parser_fail(p);
    }
    if (clauses > 0 && (otherwise || finally)) {
        parser_cost(p, 3);
    }
    parser_cost(p, 2);
    tree_t t = node_collect(p, N_TRY, line, mark);
    t->child[1] = otherwise;
    t->child[2] = finally;
    return t;
}

static tree_t parse_with(struct parser *p) {
    uint32_t line = token_line(p);
    size_t mark = p->n;
    parser_next(p);
    parser_push(p, TREE_NULL, line);
    do {
        uint32_t at = token_line(p);
        tree_t item = node_new(p, N_WITH_ITEM, at, 2);
        parser_push(p, item, at);
        item->child[0] = parse_deeper(p, RULES_WITH, parse_test);
        if (parser_accept(p, T_AS)) {
            item->child[1] = parse_deeper(p, RULES_WITH_TARGET, parse_bitwise);
            parser_cost(p, 2);
        }
    } while (parser_accept(p, T_COMMA));
    if (p->n - mark > 2) {
        parser_cost(p, p->n - mark - 1);
    }
    tree_t body = parse_body(p);
    parser_cost(p, 2);
    tree_t t = node_collect(p, N_WITH, line, mark);
    t->child[0] = body;
    return t;
}

static tree_t parse_function(struct parser *p) {
    uint32_t line = token_line(p);
    size_t mark = p->n;
    parser_next(p);
    tree_t t = node_new(p, N_DEF, line, 3);
    t->name = parser_name(p);
    parser_push(p, t, line);
    parser_expect(p, T_LPAREN);
    t->child[0] = parse_params(p, T_RPAREN, true);
    parser_push(p, t->child[0], line);
    parser_expect(p, T_RPAREN);
    if (parser_accept(p, T_ARROW)) {
        t->child[1] = parse_test(p);
    }
    parser_push(p, t->child[1], line);
    t->child[2] = parse_body(p);
    p->n = mark;
    parser_cost(p, 5);
    return t;
}

static tree_t parse_class(struct parser *p) {
    uint32_t line = token_line(p);
    size_t mark = p->n;
    parser_next(p);
    qstr_t name = parser_name(p);
    parser_push(p, TREE_NULL, line);
    if (parser_accept(p, T_LPAREN)) {
        bool comma;
        p->rules += RULES_BASES;
        if (parse_arguments(p, T_RPAREN, &comma) == 0) {
            parser_cost(p, 1);
        }
        p->rules -= RULES_BASES;
        parser_expect(p, T_RPAREN);
    }
    tree_t body = parse_body(p);
    parser_cost(p, 4);
    tree_t t = node_collect(p, N_CLASS, line, mark);
    t->name = name;
    t->child[0] = body;
    return t;
}

static tree_t parse_async(struct parser *p, bool function_only) {
    uint32_t line = token_line(p);
    size_t mark = p->n;
    parser_next(p);
    tree_t t;
    if (token(p) == T_DEF) {
        t = parse_deeper(p, RULES_ASYNC, parse_function);
    } else if (token(p) == T_FOR && !function_only) {
        t = parse_deeper(p, RULES_ASYNC, parse_for);
    } else if (token(p) == T_WITH && !function_only) {
        t = parse_deeper(p, RULES_ASYNC, parse_with);
    } else {
        parser_fail(p);
    }
    parser_push(p, t, line);
    parser_cost(p, 1);
    return node_collect(p, N_ASYNC, line, mark);
}

static tree_t parse_decorator(struct parser *p) {
    uint32_t line = token_line(p);
    size_t mark = p->n;
    parser_next(p);
    qstr_t name = parser_name(p);
    parser_push(p, TREE_NULL, line);
    size_t parts = 1;
    while (parser_accept(p, T_DOT)) {
        parser_push(p, leaf_name(p, parser_name(p)), line);
        parts++;
    }
    if (parts > 1) {
        parser_cost(p, parts);
    }
    uint32_t at = token_line(p);
    tree_t call = TREE_NULL;
    if (parser_accept(p, T_LPAREN)) {
        size_t arguments = p->n;
        bool comma;
        p->rules += RULES_DECORATOR;
        parse_arguments(p, T_RPAREN, &comma);
        p->rules -= RULES_DECORATOR;
        parser_expect(p, T_RPAREN);
        call = node_collect(p, N_CALL, at, arguments);
        parser_cost(p, 1);
    }
    parser_expect(p, T_NEWLINE);
    parser_cost(p, 2);
    tree_t t = node_collect(p, N_DECORATOR, line, mark);
    t->name = name;
    t->child[0] = call;
    return t;
}

static tree_t parse_decorated(struct parser *p) {
    uint32_t line = token_line(p);
    size_t mark = p->n;
    parser_push(p, TREE_NULL, line);
    while (token(p) == T_AT) {
        uint32_t at = token_line(p);
        parser_push(p, parse_decorator(p), at);
    }
    if (p->n - mark > 2) {
        parser_cost(p, p->n - mark - 1);
    }
    tree_t target;
    if (token(p) == T_DEF) {
        target = parse_deeper(p, RULES_DECORATED, parse_function);
    } else if (token(p) == T_CLASS) {
        target = parse_deeper(p, RULES_DECORATED, parse_class);
    } else if (token(p) == T_ASYNC) {
        p->rules += RULES_DECORATED;
        target = parse_async(p, true);
        p->rules -= RULES_DECORATED;
    } else {
        parser_fail(p);
    }
    parser_cost(p, 2);
    tree_t t = node_collect(p, N_DECORATED, line, mark);
    t->child[0] = target;
    return t;
}

// TREE_NULL: no compound statement begins here
static tree_t parse_compound(struct parser *p) {
    switch (token(p)) {
        case T_IF:
            return parse_if(p);
        case T_WHILE:
            return parse_while(p);
        case T_FOR:
            return parse_for(p);
        case T_TRY:
            return parse_try(p);
        case T_WITH:
            return parse_with(p);
        case T_DEF:
            return parse_function(p);
        case T_CLASS:
            return parse_class(p);
        case T_AT:
            return parse_decorated(p);
        case T_ASYNC:
            return parse_async(p, false);
        default:
            return TREE_NULL;
    }
}

static tree_t parse_statement(struct parser *p) {
    poll_keyboard();
    tree_t t = parse_compound(p);
    return t ? t : parse_simple_line(p);
}

// ---- whole inputs ---------------------------------------------------------------------------------------------------

tree_t parse_file(struct parser *p) {
    p->rules = RULES_FILE;
    while (parser_accept(p, T_NEWLINE)) {
        p->blank = 1;
    }
    uint32_t line = token_line(p);
    size_t mark = p->n;
    while (token(p) != T_END) {
        uint32_t at = token_line(p);
        parser_push(p, parse_statement(p), at);
    }
    if (p->n == mark) {
        return leaf_new(p, N_EMPTY);
    }
    return collect_suite(p, line, mark, p->blank);
}

tree_t parse_single(struct parser *p) {
    p->rules = RULES_FILE;
    tree_t t;
    if (parser_accept(p, T_NEWLINE)) {
        t = leaf_new(p, N_EMPTY);
    } else {
        t = parse_compound(p);
        if (t) {
            parser_accept(p, T_NEWLINE);
        } else {
            t = parse_simple_line(p);
        }
    }
    if (token(p) != T_END) {
        parser_fail(p);
    }
    return t;
}

tree_t parse_eval(struct parser *p) {
    p->rules = RULES_FILE;
    tree_t t = parse_testlist(p, false);
    while (parser_accept(p, T_NEWLINE)) {
    }
    if (token(p) != T_END) {
        parser_fail(p);
    }
    return t;
}
