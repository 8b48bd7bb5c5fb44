// SPDX-License-Identifier: MIT
// Between the files that turn `@micropython.viper` functions into plain ones: viper.c, viper_expr.c, viper_stmt.c.
//
// Before such a function is compiled, its tree is walked once in the order of the text. Every expression gets a viper type; where
// types other than object make a difference, the tree is changed: arithmetic is cut to the machine word, casts, pointer loads and
// stores become calls of the natives of modules/viper.h, which stand in the tree as constants. What is left is an ordinary function.
// At run time an int is an integer in the signed range of the machine word, uint and pointers in the unsigned one, bool is True or
// False. Hidden locals (`*1`, `*2` ...) keep the objects alive that pointers were made of, and values that are needed twice.
//
// Invariants
//  - The type of a local is fixed by its parameter or by the first assignment in the text.
//  - Bodies of nested functions, lambdas, classes and comprehensions are left alone: there everything is an object.
//  - A tree is changed in the first traversal only, before its scope is made.
#ifndef SRC_VIPER_H
#define SRC_VIPER_H

#include "compile/compiler.h"
#include "modules/viper.h"

enum viper_type {
    VIPER_NONE, // the constant None: fits wherever an object does
    VIPER_BOOL,
    VIPER_INT,
    VIPER_UINT,
    VIPER_PTR,
    VIPER_PTR8,
    VIPER_PTR16,
    VIPER_PTR32,
    VIPER_OBJECT,
    VIPER_UNBOUND, // of a local before its first assignment
};

struct viper_local {
    qstr_t name;
    uint8_t type; // enum viper_type
    bool outside; // declared global or nonlocal
};

struct viper {
    struct compiler *c;
    tree_t def;
    struct viper_local *locals; // in the tree's arena
    uint32_t n, room;
    enum viper_type result;
    uint32_t line;   // of the statement at hand
    unsigned hidden; // hidden locals so far
};

static inline bool viper_is_pointer(enum viper_type t) { return t >= VIPER_PTR && t <= VIPER_PTR32; }
static inline bool viper_is_integer(enum viper_type t) { return t >= VIPER_BOOL && t <= VIPER_UINT; }

// viper.c
void viper_function(struct compiler *c, tree_t def); // an N_DEF
_Noreturn void viper_raise(struct viper *v, const struct type *type, const char *format, const char *a, const char *b, const char *c);
_Noreturn void viper_raise_type(struct viper *v, const char *format, enum viper_type a, enum viper_type b);
const char *viper_type_name(enum viper_type t);
bool viper_type_find(qstr_t name, enum viper_type *out);
struct viper_local *viper_find(struct viper *v, qstr_t name); // NULL: not a name of this function
void viper_store(struct viper *v, qstr_t name, enum viper_type type);
tree_t viper_node(struct viper *v, enum tree_kind kind, uint32_t n); // children TREE_NULL
tree_t viper_name(struct viper *v, qstr_t name);
qstr_t viper_hide(struct viper *v);                                  // a new hidden local
tree_t viper_call(struct viper *v, const struct builtin *f, uint32_t n, const tree_t *args);
tree_t viper_assign(struct viper *v, qstr_t name, tree_t value);     // an N_ASSIGN

// viper_expr.c: types and changes the expression in *t
enum viper_type viper_expr(struct viper *v, tree_t *t);
void viper_object(struct viper *v, tree_t *t);    // the value is to be an object
void viper_object_maybe(struct viper *v, tree_t *t); // TREE_NULL is fine
void viper_arguments(struct viper *v, tree_t call);
void viper_condition(struct viper *v, tree_t *t);
tree_t viper_convert(struct viper *v, tree_t t, enum viper_type from, enum viper_type to);
// *left op right; the result is in *left
enum viper_type viper_binary(struct viper *v, tree_t *left, enum viper_type a, unsigned op, tree_t right, enum viper_type b);
enum viper_type viper_trailers(struct viper *v, tree_t *t, uint32_t end); // base and trailers 1..end-1
void viper_check_index(struct viper *v, enum viper_type base, enum viper_type index, bool store);
tree_t viper_load(struct viper *v, enum viper_type base, tree_t pointer, tree_t index);

// viper_stmt.c
void viper_statement(struct viper *v, tree_t *t);

#endif
