// SPDX-License-Identifier: MIT
// Inside the compiler: the state of one compilation and the functions of the traversal.
//
// The tree of each code object is walked twice by the same functions (spec/bytecode.md 9.1). The first time (`emitting` false) names
// are recorded and string and object numbers handed out; the second time code is generated as well. Whatever a construct does besides
// generating instructions must therefore happen in the same order both times: it does, because there is only one description of it.
// Functions named after instructions (put_x) do nothing to the code in the first traversal.
// All of them may raise: SyntaxError through compile_error(), MemoryError, RuntimeError (recursion, jump distance).
#ifndef SRC_COMPILER_H
#define SRC_COMPILER_H

#include "compile/charges.h"
#include "compile/compile.h"
#include "compile/emit.h"
#include "compile/scope.h"
#include "compile/tables.h"

enum { NO_LABEL = UINT32_MAX };

struct loop { // the innermost loop of the code object, for break and continue
    uint32_t break_label, continue_label; // NO_LABEL: none
    uint32_t blocks;                      // records around the loop
    bool drop_iterator;                   // break has to remove four slots
};

struct compiler {
    struct charges charges; // first: a root for collections, with the fields after it
    struct context *context;
    struct code *code; // of the outermost scope
    struct tree *tree;
    const struct compile_options *options;
    struct scope *first, *last, *scope; // all; the one that is traversed
    struct tables tables;
    struct emit emit;
    struct bytes names, cells; // of the prelude under construction
    bool emitting;
    uint32_t n_labels, most_labels;
    uint32_t blocks; // block records entered at this point
    struct loop loop;
    uint32_t line;   // reported for errors at places without one: the statement of the innermost group, else the scope's own
};

// compile.c
_Noreturn void compile_error(struct compiler *c, tree_t where, const char *text); // SyntaxError; where may be TREE_NULL
struct scope *compile_child(struct compiler *c, uint8_t kind, qstr_t name, tree_t node);

// put.c: single instructions
uint32_t label_new(struct compiler *c);
void label_reserve(struct compiler *c, unsigned n); // labels that only machine code needs: they cost table space
void label_put(struct compiler *c, uint32_t label);
void put_mark(struct compiler *c, uint32_t line);
// For trace functions only: a line that a board's table leaves out; and code that no jump to it may take for the line before it.
void put_mark_seen(struct compiler *c, uint32_t line);
void put_mark_exact(struct compiler *c, uint32_t line); // 0: part of no line
void put_adjust(struct compiler *c, long change);
void put(struct compiler *c, uint8_t op);
void put_drop_iterator(struct compiler *c); // four uncounted POP_TOP
void put_number(struct compiler *c, uint8_t op, size_t n);
void put_string(struct compiler *c, uint8_t op, qstr_t name); // numbers the name in both traversals
void put_constant(struct compiler *c, obj_t value);
void put_int(struct compiler *c, intptr_t value);
void put_jump(struct compiler *c, uint8_t op, uint32_t label);
void put_unwind(struct compiler *c, uint32_t label, unsigned extra);
void put_binary(struct compiler *c, unsigned op);
void block_enter(struct compiler *c, uint8_t op, uint32_t label); // SETUP_x
void block_leave(struct compiler *c);                             // END_FINALLY
void put_make(struct compiler *c, struct scope *child, bool defaults);
void name_load(struct compiler *c, qstr_t name);
void name_store(struct compiler *c, qstr_t name);
void name_delete(struct compiler *c, qstr_t name);

// compile_expr.c
void expr(struct compiler *c, tree_t t);
void expr_or_none(struct compiler *c, tree_t t);
void condition(struct compiler *c, tree_t t, bool sense, uint32_t label);
int tree_truth(tree_t t); // of a constant; -1: not constant
void await_top(struct compiler *c); // GET_ITER LOAD_CONST_NONE YIELD_FROM
void check_yield(struct compiler *c, tree_t t, const char *text);

// compile_call.c
void trailers(struct compiler *c, tree_t t);
void trailers_plain(struct compiler *c, tree_t t, uint32_t end); // base and trailers 1..end-1, no fusion
void call_with(struct compiler *c, const tree_t *args, uint32_t n, unsigned before, uint8_t op); // arguments and CALL_x
void lambda(struct compiler *c, tree_t t);
void function_make(struct compiler *c, struct scope *child, tree_t params);
void comprehension(struct compiler *c, tree_t t);
void comprehension_body(struct compiler *c, tree_t t);
void parameters(struct compiler *c, tree_t params, tree_t body); // first traversal of the child

// compile_assign.c
void assign(struct compiler *c, tree_t target);
void walrus(struct compiler *c, tree_t t);
void statement_assign(struct compiler *c, tree_t t);
void statement_augment(struct compiler *c, tree_t t);
void statement_annotate(struct compiler *c, tree_t t);
void delete_target(struct compiler *c, tree_t target);

// compile_stmt.c, compile_block.c
void statement(struct compiler *c, tree_t t);
void class_body(struct compiler *c, tree_t t);
void statement_for(struct compiler *c, tree_t t);
void statement_while(struct compiler *c, tree_t t);
void statement_jump(struct compiler *c, tree_t t); // break, continue
void statement_try(struct compiler *c, tree_t t);
void statement_with(struct compiler *c, tree_t t);
void statement_async_for(struct compiler *c, tree_t t);
void statement_async_with(struct compiler *c, tree_t t);

#endif
