// SPDX-License-Identifier: MIT
// What the parser's files share: the parser record, the arena of tree nodes, folding, and the entry points of the grammar's two halves.
//
// Parsing functions return a finished tree and leave the current token behind the construct. Children are collected on the parser's
// stack: take `mark = p->n`, push, then node_collect(). The stack stands for the reference's result stack, so what the reference keeps
// there is pushed here too, in the same order; p->rules estimates the height of its rule stack.
// Whatever raises leaves the parser as it is; parse() cleans up.
#ifndef SRC_SYNTAX_BUILDER_H
#define SRC_SYNTAX_BUILDER_H

#include "lexer.h"
#include "parser.h"

struct entry {
    tree_t tree;
    uint32_t line; // of its first token, also for leaves
};
struct named_constant {
    qstr_t name;
    obj_t value;
};
struct parser {
    struct lexer lex;
    const char *text;
    size_t text_len;
    const struct parse_options *options;
    struct tree *tree;
    struct entry *stack;
    size_t n, room;
    size_t blank; // 1: the file begins with an empty line, which the reference keeps as a result
    int rules; // estimate of the reference's rule stack at an expression that begins here
    struct named_constant *named;
    size_t n_named, named_room;
    qstr_t *seen; // cross: identifiers of this source, an open hash table of seen_room (a power of two) places
    size_t n_seen, seen_room;
    obj_t nan;    // the one object of math.nan
};

// ---- arena.c
struct arena *arena_new(void);
void arena_free(struct arena *a);
void *arena_take(struct arena *a, size_t bytes);
void arena_keep(struct arena *a, obj_t value); // alive as long as the arena

// ---- parser.c
static inline enum token_kind token(const struct parser *p) { return (enum token_kind)p->lex.token.kind; }
static inline uint32_t token_line(const struct parser *p) { return p->lex.token.line; }
_Noreturn void parser_fail(struct parser *p);                          // the error of the current token
_Noreturn void parser_raise(struct parser *p, uint32_t line, obj_t message); // SyntaxError
void parser_next(struct parser *p);
bool parser_accept(struct parser *p, enum token_kind kind);            // true: it was there and has been passed
void parser_expect(struct parser *p, enum token_kind kind);
qstr_t parser_name(struct parser *p);                                  // the NAME here, interned and passed
void parser_cost(struct parser *p, size_t n);                          // a node of n children on the board
void parser_push(struct parser *p, tree_t t, uint32_t line);
void parser_depth(struct parser *p, int rules);                        // the reference's rule stack is that much higher than p->rules here
// Runs a part of the grammar with p->rules higher (or lower) by that much. Checks the stack: every recursion of the grammar goes through
// here.
tree_t parse_deeper(struct parser *p, int rules, tree_t (*part)(struct parser *));
bool parser_has_seen(const struct parser *p, qstr_t name);
tree_t leaf_new(struct parser *p, enum tree_kind kind);
tree_t leaf_name(struct parser *p, qstr_t name);
tree_t leaf_int(struct parser *p, obj_t value); // N_INT, or N_CONST without line when it is too wide
tree_t leaf_op(struct parser *p, unsigned op);
tree_t const_new(struct parser *p, obj_t value, uint32_t line);
tree_t node_new(struct parser *p, enum tree_kind kind, uint32_t line, size_t n); // children TREE_NULL
tree_t node_collect(struct parser *p, enum tree_kind kind, uint32_t line, size_t mark); // children from the stack, popped

// ---- fold.c
bool tree_constant(tree_t t, obj_t *value); // leaf constants, constant objects, ()
tree_t tree_of_value(struct parser *p, obj_t value, uint32_t line); // use of a named constant
tree_t fold_unary(struct parser *p, tree_t t);
tree_t fold_binary(struct parser *p, tree_t t);  // N_BINARY, N_POWER
tree_t fold_not(struct parser *p, tree_t t);
tree_t fold_logic(struct parser *p, tree_t t);   // N_OR, N_AND
tree_t fold_trailers(struct parser *p, tree_t t);
// Constants on the stack from mark: the folded tuple (popped), else TREE_NULL
tree_t fold_tuple(struct parser *p, size_t mark, bool second_line);
tree_t fold_assign(struct parser *p, tree_t t);  // N_ASSIGN or N_ANNOTATE with a call of const()
void named_add(struct parser *p, qstr_t name, obj_t value);
bool named_find(const struct parser *p, qstr_t name, obj_t *value);

// ---- parser_expr.c
tree_t parse_test(struct parser *p);
tree_t parse_walrus(struct parser *p);               // test [':=' test]
tree_t parse_bitwise(struct parser *p);              // the level of `|`
tree_t parse_star_or(struct parser *p, tree_t (*plain)(struct parser *)); // '*' bitwise, or plain
tree_t parse_testlist(struct parser *p, bool stars); // one or more, a bare tuple when there is a comma; folded
tree_t parse_tests(struct parser *p);                // parse_testlist(p, false)
tree_t parse_exprlist(struct parser *p, bool flat);  // targets; flat: left on the stack instead of a tuple, TREE_NULL returned
tree_t parse_yield(struct parser *p);
size_t parse_arguments(struct parser *p, enum token_kind close, bool *comma); // pushes; returns how many. Costs the list
tree_t parse_params(struct parser *p, enum token_kind close, bool annotations);
bool at_expression(const struct parser *p);

// ---- parser_stmt.c
tree_t parse_file(struct parser *p);
tree_t parse_single(struct parser *p);
tree_t parse_eval(struct parser *p);

#endif
