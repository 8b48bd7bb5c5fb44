// SPDX-License-Identifier: MIT
// Between the files of module builtins: builtins.c (the table, attributes and types), builtins_more.c (numbers and sequences),
// builtins_code.c (code, classes, input and output), builtins_help.c (dir, help), templatelib.c (t-strings).
#ifndef SRC_BUILTINS_H
#define SRC_BUILTINS_H

#include "objects/types.h"
#include "run/call.h"

extern const struct builtin builtin_abs, builtin_all, builtin_any, builtin_bin, builtin_chr, builtin_divmod, builtin_hex, builtin_iter,
    builtin_len, builtin_max, builtin_min, builtin_next, builtin_oct, builtin_ord, builtin_pow, builtin_round, builtin_sorted, builtin_sum;
extern const struct builtin builtin_build_class, builtin_import, builtin_repl_print, builtin_compile, builtin_eval, builtin_exec,
    builtin_execfile, builtin_globals, builtin_locals, builtin_input, builtin_print, builtin_repr;
extern const struct builtin builtin_dir, builtin_help;
extern const struct builtin builtin_template;
extern const struct type type_template, type_interpolation;

// o.name into out, or false when o has no such attribute. Other exceptions than AttributeError come through.
bool attr_find(obj_t o, qstr_t name, obj_t out[2]);

#endif
