// SPDX-License-Identifier: MIT
// Tree to stored code, by spec/bytecode.md 9 to 16. Raises SyntaxError and the other errors of section 15.
#ifndef SRC_COMPILE_H
#define SRC_COMPILE_H

#include "code/code.h"
#include "syntax/parser.h"

struct compile_options {
    int optimise;        // 0..3: level
    bool repl;           // PARSE_SINGLE: expression statements are printed through __repl_print__
    bool no_lines;       // -X no-source-lines
    bool doc_strings;    // never in this project's profiles
    bool eval;           // the tree is an expression: its value is returned
    bool cross;          // act as the reference cross-compiler: machine code is refused, OrderedDict({...}) is an ordinary call
    int small_bits;      // width of small integers of the target; 0: of the profile
};
// Compiles and frees the tree (also when it raises). Names and constants go to context, which must be fresh.
struct code *compile_tree(struct tree *tree, struct context *context, const struct compile_options *options);

// The whole way from text to a callable of no arguments (module body) with these globals: what import, exec, eval, compile and the
// prompt use, with rt.optimise. repl only for PARSE_SINGLE.
obj_t compile_text(const char *text, size_t len, qstr_t file, enum parse_input input, struct dict *globals, bool from_file);

#endif
