// SPDX-License-Identifier: MIT
// From source text to a callable: what import, exec(), eval(), compile() and the prompt use.
#include "compile/compile.h"

#include "objects/types.h"
#include "rt.h"
#include "run/raise.h"

struct text_job {
    struct tree *tree;
    struct dict *globals;
    struct context *context;
};

static void text_context(void *arg) {
    struct text_job *job = arg;
    job->context = context_new(job->globals);
}

obj_t compile_text(const char *text, size_t len, qstr_t file, enum parse_input input, struct dict *globals, bool from_file) {
    struct parse_options how = {
        .input = input, .file = file, .optimise = rt.optimise, .small_bits = rt.profile.small_int_bits, .from_file = from_file};
    if (from_file || input == PARSE_RAW) how.tell = globals;
    struct text_job job = {.globals = globals, .tree = parse(text, len, &how)};
    obj_t exception;
    if (!protect(text_context, &job, &exception)) {
        tree_free(job.tree);
        raise_object(exception);
    }
    struct compile_options options = {.optimise = rt.optimise, .repl = input == PARSE_SINGLE, .eval = input == PARSE_EVAL};
    struct code *code = compile_tree(job.tree, job.context, &options);
    if (rt.verbose >= 2) code_disassemble(&printer_stdout, code, job.context);
    return function_new(job.context, code, OBJ_NULL, OBJ_NULL);
}
