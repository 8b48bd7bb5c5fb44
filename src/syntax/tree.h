// SPDX-License-Identifier: MIT
// The tree between parser and compiler.
//
// A tree_t is a pointer to a leaf or a node; TREE_NULL where a part is missing.
// Lines
//  - Leaves carry no line; nodes carry the line of their first token (an opening parenthesis counts when it belongs to the node's
//    own text: `(a) + b` begins at the parenthesis, the binary inside `(a + b)` at a), or 0 for "no line" (spec 10.3, 10.4).
//  - A node that marks nothing in its own right but has a place for messages still has its line: N_EXCEPT, N_WITH_ITEM, N_KWARG, N_STAR,
//    N_DSTAR, N_DECORATOR, N_PARAM, N_PARAMS, N_ALIAS, N_COMP_FOR, N_COMP_IF, bare N_GENEXP and N_WALRUS, the N_DEF/N_CLASS/N_FOR/N_WITH
//    behind decorators or async. The compiler decides by kind (10.4); where a node of a marking kind must not mark, its line is 0.
//  - Trailers carry the line of their `.`, `(` or `[`. The trailers node below N_AWAIT has line 0 (only the await marks).
//  - N_DECORATOR has the line of its `@`, its N_CALL that of its `(`. N_DECORATED has the line of the first `@`, N_ASYNC that of `async`.
//  - Comprehensions: .line is that of the opening bracket (bare: first token), .inner that of the element's first token, which the code
//    object of the comprehension marks at its start. N_LAMBDA: .line does both.
//  - N_PAIR has the line of its key's first token, also in dict displays.
// Invariants after parsing: constants are folded (10.5), named constants replaced, lonely constants replaced by N_PASS, f-strings rewritten
// to a call of `.format`, t-strings to a call of __template__. Parentheses around a single expression leave no trace
// except where noted (N_TUPLE.paren, N_PAREN is never made).
// Nodes live in host memory (an arena freed with the tree); what the board would spend on its tree is charged to the Python heap
// by syntax/ledger.c (spec/heap-model.md 4.1).
#ifndef SRC_TREE_H
#define SRC_TREE_H

#include "obj.h"

enum tree_kind {
    // leaves (n == 0)
    N_NAME,     // .name
    N_INT,      // .value: small integer object
    N_STR,      // .name: interned string constant
    N_NONE, N_TRUE, N_FALSE, N_ELLIPSIS,
    N_CONST,    // .value: constant object with a line (0: made by folding numbers, or math.*)
    // expressions
    N_IF_EXP,   // condition, then, else
    N_OR, N_AND, // n >= 2 operands
    N_NOT,      // operand
    N_COMPARE,  // a, op, b, op, c ...: ops are N_OP leaves
    N_OP,       // .op: enum binary_op or tree_op (NOT_IN, IS_NOT) or unary_op
    N_BINARY,   // a, op, b, op, c ...: one precedence level
    N_POWER,    // base, exponent
    N_UNARY,    // N_OP, operand
    N_TUPLE,    // items; .paren true: written in parentheses; () is an N_TUPLE of 0 (never folded); N_STAR items possible
    N_LIST, N_SET, // items; an N_PAIR in a set: error `expecting just a value for set`
    N_DICT,     // N_PAIR ...; {} is an N_DICT of 0; anything but an N_PAIR: error `expecting key:value for dict`
    N_PAIR,     // key, value (of a dict display or comprehension); marks the line of the key
    N_LISTCOMP, N_SETCOMP, N_DICTCOMP, N_GENEXP, // element (N_PAIR for dict), then clauses
    N_COMP_FOR, // target, source
    N_COMP_IF,  // condition
    N_LAMBDA,   // N_PARAMS, body
    N_WALRUS,   // target (any expression: the compiler refuses others than N_NAME), value    (name := value)
    N_TRAILERS, // base, trailer, trailer ...
    N_ATTR,     // trailer: .name
    N_CALL,     // trailer: arguments in source order, any order (expressions, N_KWARG, N_STAR, N_DSTAR, N_GENEXP and N_WALRUS: .paren true
                // means bare, not in parentheses of its own). .op is the parser's
    N_SUBSCR,   // trailer: index (an expression, N_SLICE, or N_TUPLE of those)
    N_SLICE,    // start, stop, step: each may be TREE_NULL; n is 2 or 3 (3: the second colon had an expression)
    N_AWAIT, N_YIELD, N_YIELD_FROM, // operand (N_YIELD: may be TREE_NULL)
    N_STAR,     // *operand, in a call or assignment target
    N_DSTAR,    // **operand, in a call
    N_KWARG,    // .name, value; .name 0: the left side is no name (error `LHS of keyword arg must be an id`)
    N_PARAMS,   // N_PARAM ...
    N_PARAM,    // .name (0 for a bare star), .op: PARAM_*; two children: default or TREE_NULL, annotation or TREE_NULL; any order and any
                // number of stars: the compiler checks
    // statements
    N_SUITE,    // a group: two or more statements (or one followed by ';'); n == 1 possible; marks its line. A body or file of one
                // statement is that statement without a group; `a; b` on one line is a group of its own inside the suite's group
    N_EXPR,     // expression
    N_ASSIGN,   // target ..., value (any expressions; values and targets may be N_YIELD). NAME = const(v) is NAME = v here
    N_AUGMENT,  // target, N_OP (in-place), value
    N_ANNOTATE, // target, annotation, value or TREE_NULL
    N_DEL,      // targets; `del (a, b)` has one N_TUPLE with .paren
    N_PASS, N_BREAK, N_CONTINUE,
    N_RETURN,   // value or TREE_NULL
    N_RAISE,    // exception or TREE_NULL, cause or TREE_NULL
    N_GLOBAL, N_NONLOCAL, // N_NAME leaves
    N_ASSERT,   // condition, message or TREE_NULL
    N_IMPORT,   // N_ALIAS ...
    N_FROM,     // .name: module text ("" for none), .op: number of dots; N_ALIAS ...; n == 0: import *
    N_ALIAS,    // .name: (dotted) name; child: N_NAME leaf of "as", or TREE_NULL
    N_IF,       // condition, body, condition, body, ..., else body or TREE_NULL
    N_WHILE,    // condition, body, else or TREE_NULL
    N_FOR,      // target, iterable, body, else or TREE_NULL
    N_TRY,      // body, else or TREE_NULL, finally or TREE_NULL, N_EXCEPT ...
    N_EXCEPT,   // .name: as-name or 0; expression or TREE_NULL, body
    N_WITH,     // body, N_WITH_ITEM ...
    N_WITH_ITEM, // manager, target or TREE_NULL
    N_DEF,      // .name; N_PARAMS, annotation or TREE_NULL, body
    N_CLASS,    // .name; body, arguments as in N_CALL ...
    N_DECORATED, // the def/class/async, then N_DECORATOR ...
    N_DECORATOR, // .name: first name; child[0]: N_CALL or TREE_NULL (no argument list); child[1..]: N_NAME of the further dotted names
    N_ASYNC,    // the def, for or with behind it
    N_EMPTY     // a statement that disappeared (underscore constant), or an empty file: no code, no line
};
enum tree_op { TREE_NOT_IN = 100, TREE_IS_NOT };
enum param_kind { PARAM_PLAIN, PARAM_STAR, PARAM_BARE_STAR, PARAM_DSTAR };

struct node;
typedef struct node *tree_t; // leaves are nodes too, without a line (line 0, .leaf true)
#define TREE_NULL ((tree_t)0)
struct node {
    uint8_t kind;   // enum tree_kind
    bool leaf;      // spec 10.3: never marks
    bool paren;     // N_TUPLE: in parentheses; N_GENEXP, N_WALRUS in N_CALL or N_CLASS: bare argument
    uint8_t op;     // N_OP, N_PARAM, N_FROM
    uint32_t line;  // 0: none
    uint32_t inner;  // comprehensions: line of the element's first token
    uint32_t n;
    qstr_t name;
    obj_t value;
    tree_t child[];
};

struct tree {
    tree_t root;      // N_SUITE/statement (file, single) or expression (eval)
    qstr_t file;      // source file name
    struct arena *arena;
    struct ledger *ledger; // what the board's tree occupies in the heap; freed by tree_free
};
void tree_free(struct tree *t); // host memory and the ledger's tree chunks (end of spec 4.1)
void tree_print(const struct printer *p, tree_t t, int indent); // for -v -v -v and tests

#endif
