// SPDX-License-Identifier: MIT
// Code objects while they are compiled, and what their names mean (spec/bytecode.md 11).
//
// A scope is a module, function, lambda, class body or comprehension. All scopes of a unit form one list in order of creation, which
// is breadth-first. Each keeps its identifiers in order of first mention; parameters come first.
//
// Phases
//  1. first traversal of the scope: idents are added and classified (scope_mention, _store, _declare_x)
//  2. right after it: scope_close() turns names found in an enclosing scope into ID_FREE there and ID_CELL here
//  3. after the first traversal of all: scope_number() gives the local numbers
// In functions an ID_IMPLICIT that is left over is a global. Scopes are host memory; what the board would spend is in charges.h.
#ifndef SRC_SCOPE_H
#define SRC_SCOPE_H

#include "code/code.h"
#include "compile/lookup.h"
#include "syntax/tree.h"

enum scope_kind {
    SCOPE_MODULE, // a file, the prompt's input, or an expression for eval()
    SCOPE_CLASS,
    SCOPE_FUNCTION, // from here on "function-like": names are not looked up by name
    SCOPE_LAMBDA,
    SCOPE_LISTCOMP,
    SCOPE_DICTCOMP,
    SCOPE_SETCOMP,
    SCOPE_GENEXP
};
enum ident_kind { ID_IMPLICIT, ID_ASSIGNED, ID_GLOBAL, ID_LOCAL, ID_CELL, ID_FREE };
enum ident_flag { IDENT_PARAM = 1, IDENT_STAR = 2, IDENT_DSTAR = 4 };

struct ident {
    qstr_t name;
    uint8_t kind, flags;
    uint32_t local; // valid after scope_number() for ID_LOCAL, ID_CELL, ID_FREE
};

struct free_ident {
    uint32_t outer, inner; // places in the parent's list and in the scope's own
};

struct scope {
    uint8_t kind;  // enum scope_kind
    uint8_t flags; // enum code_flag
    bool eval;     // SCOPE_MODULE: the tree is an expression
    bool machine;  // decorated with @micropython.native or viper
    qstr_t name;
    tree_t node;
    struct scope *parent, *next;               // next in order of creation
    struct scope *first_child, *last_child, *next_child; // children in order of creation
    struct scope *child_cursor;                // second traversal: the child that is met next
    struct ident *idents;
    uint32_t n_idents, room;
    struct lookup find;
    uint32_t n_pos, n_kwonly, n_defaults; // as in the signature
    uint32_t n_locals;
    struct free_ident *free; // in order of their local numbers, which are the first ones
    uint32_t n_free;
    uint32_t n_blocks;  // most block records at once
    uint32_t n_labels;
    uint32_t made;      // position in the parent's children table
    struct scope **children;                   // in order of their MAKE_x
    uint32_t n_children, children_room;
    struct code_record *code;
    void *record;       // charges.h
};

static inline bool scope_is_function_like(const struct scope *s) { return s->kind >= SCOPE_FUNCTION; }
static inline bool scope_is_comprehension(const struct scope *s) { return s->kind >= SCOPE_LISTCOMP; }

struct scope *scope_new(uint8_t kind, qstr_t name, tree_t node, struct scope *parent);
void scope_free(struct scope *s);
struct ident *scope_find(const struct scope *s, qstr_t name); // NULL when not mentioned. Valid until the next name is added
// Adds the name if it is new, with this kind. May raise MemoryError.
struct ident *scope_add(struct scope *s, qstr_t name, enum ident_kind kind, bool *is_new);
void scope_mention(struct scope *s, qstr_t name); // a load
void scope_store(struct scope *s, qstr_t name);   // a store or delete
// NULL, or the text of the SyntaxError. `loaded_is_fine`: a name that was only loaded so far does not stand in the way.
const char *scope_declare_global(struct scope *s, qstr_t name);
const char *scope_declare_nonlocal(struct scope *s, qstr_t name, bool loaded_is_fine);
void scope_close(struct scope *s);
void scope_number(struct scope *s);
void scope_child_made(struct scope *s, struct scope *child);

#endif
