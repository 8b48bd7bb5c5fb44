// SPDX-License-Identifier: MIT
// Builtin functions about code (compile eval exec execfile __import__ __build_class__ globals locals) and the console (print repr
// input __repl_print__).
//
// Code compiled for exec() or eval() belongs to a context, and functions it defines take their globals from the context's module. When
// the given globals are not those of the running code, a module object is made around them.
#include "code/code.h"
#include "compile/compile.h"
#include "heap/heap.h"
#include "heap/intern.h"
#include "modules/builtins.h"
#include "modules/stream.h"
#include "modules/sys.h"
#include "objects/instance.h"
#include "objects/map.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "repl/editor.h"
#include "repl/terminal.h"
#include "rt.h"
#include "run/engine.h"
#include "run/raise.h"
#include "run/vm.h"
#include "vfs/vfs.h"

// ---- dictionaries of the running code --------------------------------------------------------------------------------------------
static obj_t globals_do(void) { return OBJ_PTR(rt.globals); }
const struct builtin builtin_globals = {BUILTIN_TYPE(FORM_0), FORM_0, 0, 0, 0, {.f0 = globals_do}};
static obj_t locals_do(void) { return OBJ_PTR(rt.locals); }
const struct builtin builtin_locals = {BUILTIN_TYPE(FORM_0), FORM_0, 0, 0, 0, {.f0 = locals_do}};

// ---- compile, eval, exec -------------------------------------------------------------------------------------------------------
static obj_t compile_do(size_t n, const obj_t *args) {
    (void)n;
    size_t len;
    const char *text = str_data(args[0], &len);
    qstr_t file = str_qstr(args[1]), mode = str_qstr(args[2]);
    enum parse_input input = PARSE_FILE;
    if (mode == Q_single) input = PARSE_SINGLE;
    else if (mode == Q_eval) input = PARSE_EVAL;
    else if (mode != Q_exec) raise_message(&type_ValueError, "bad compile mode");
    return code_object_new(compile_text(text, len, file, input, rt.globals, false));
}
const struct builtin builtin_compile = {BUILTIN_TYPE(FORM_VAR), FORM_VAR, 3, 6, 0, {.var = compile_do}};

static struct dict *dict_argument(obj_t o) {
    obj_t dict = obj_is_dict(o) ? o : obj_native(o, &type_dict);
    if (dict == OBJ_NULL) raise_type(&type_TypeError);
    return (struct dict *)dict;
}

static obj_t code_run(size_t n, const obj_t *args, enum parse_input input) {
    struct dict *globals = rt.globals, *locals = rt.locals;
    if (n > 1 && args[1] != OBJ_NONE) globals = locals = dict_argument(args[1]);
    if (n > 2 && args[2] != OBJ_NONE) locals = dict_argument(args[2]);
    stack_check();
    obj_t function;
    if (obj_is(args[0], &type_code_object)) {
        function = ((struct code_object *)args[0])->function;
        if (function == OBJ_NULL) function = code_object_function(args[0], globals); // code from elsewhere
        else ((struct function *)function)->context->globals = globals;
    } else {
        struct buffer text;
        obj_buffer(args[0], &text, BUFFER_READ);
        function = compile_text(text.data, text.len, Q_angle_string, input, globals, false);
    }
    rt.board_between = rt.profile.extra.eval;
    return vm_run_body(function, globals, locals);
}

static obj_t eval_do(size_t n, const obj_t *args) { return code_run(n, args, PARSE_EVAL); }
const struct builtin builtin_eval = {BUILTIN_TYPE(FORM_VAR), FORM_VAR, 1, 3, 0, {.var = eval_do}};

static obj_t exec_do(size_t n, const obj_t *args) {
    code_run(n, args, PARSE_FILE);
    return OBJ_NONE;
}
const struct builtin builtin_exec = {BUILTIN_TYPE(FORM_VAR), FORM_VAR, 1, 3, 0, {.var = exec_do}};

struct file_source {
    char *text;
    size_t len;
    qstr_t name;
    struct dict *globals;
    obj_t function;
};
static void file_compile(void *arg) {
    struct file_source *s = arg;
    s->function = compile_text(s->text, s->len, s->name, PARSE_FILE, s->globals, true);
}

static obj_t execfile_do(size_t n, const obj_t *args) {
    struct file_source s = {.globals = n > 1 ? dict_argument(args[1]) : rt.globals};
    s.name = str_qstr(args[0]);
    s.text = vfs_read_file(qstr_text(s.name, NULL), &s.len);
    obj_t exception;
    bool compiled = protect(file_compile, &s, &exception);
    host_free(s.text);
    if (!compiled) raise_object(exception);
    vm_run_body(s.function, s.globals, n > 2 ? dict_argument(args[2]) : s.globals);
    return OBJ_NONE;
}
const struct builtin builtin_execfile = {BUILTIN_TYPE(FORM_VAR), FORM_VAR, 1, 3, 0, {.var = execfile_do}};

// ---- import and class ------------------------------------------------------------------------------------------------------------
struct import_job {
    qstr_t name;
    obj_t names, module;
    intptr_t level;
};
static void import_run(void *arg) {
    struct import_job *job = arg;
    job->module = import_module(job->name, job->names, job->level);
}

// __import__(name, globals, locals, names, level). The globals say for a relative import in which package it stands.
static obj_t import_do(size_t n, const obj_t *args) {
    struct import_job job = {str_qstr(args[0]), n > 3 ? args[3] : OBJ_NONE, OBJ_NULL, n > 4 ? obj_get_int(args[4]) : 0};
    if (job.level < 0) raise_type(&type_ValueError);
    if (job.level == 0 || n < 2 || args[1] == OBJ_NONE) {
        import_run(&job);
        return job.module;
    }
    if (!obj_is_dict(args[1])) raise_type(&type_TypeError);
    struct dict *own = rt.globals;
    obj_t exception;
    rt.globals = (struct dict *)args[1];
    bool imported = protect(import_run, &job, &exception);
    rt.globals = own;
    if (!imported) raise_object(exception);
    return job.module;
}
const struct builtin builtin_import = {BUILTIN_TYPE(FORM_VAR), FORM_VAR, 1, 5, 0, {.var = import_do}};

// Runs a class body with `locals` to fill. The result is the cell of __class__, or None.
static obj_t class_body_run(obj_t body, struct dict *locals) {
    size_t n_cells = 0;
    const obj_t *cells = NULL;
    if (obj_is(body, &type_closure)) {
        struct closure *c = (struct closure *)body;
        body = c->function;
        n_cells = c->n;
        cells = c->cells;
    }
    if (!obj_is(body, &type_function)) return call_0(body);
    stack_check();
    struct frame *f = frame_push(body, n_cells, cells, 0, 0, NULL);
    rt.locals = f->locals = locals;
    obj_t result;
    if (engine_run(OBJ_NULL, &result) == RESUME_RAISE) raise_object(result);
    return result;
}

static obj_t build_class_do(size_t n, const obj_t *args) {
    struct dict *locals = (struct dict *)dict_new(0);
    obj_t cell = class_body_run(args[0], locals);
    const struct type *meta = n == 2 ? &type_type : obj_type(args[2]);
    obj_t three[3] = {args[1], n == 2 ? OBJ_EMPTY_TUPLE : tuple_new(n - 2, args + 2), OBJ_PTR(locals)};
    obj_t cls = call(OBJ_PTR(meta), 3, 0, three);
    if (obj_is(cell, &type_cell)) ((struct cell *)cell)->value = cls;
    return cls;
}
const struct builtin builtin_build_class = {BUILTIN_TYPE(FORM_VAR), FORM_VAR, 2, 255, 0, {.var = build_class_do}};

// ---- console -----------------------------------------------------------------------------------------------------------------------
static void print_to_stream(void *data, const char *text, size_t len) { stream_write_all(*(obj_t *)data, text, len); }

static obj_t print_do(size_t n, size_t kw, const obj_t *args) {
    static const struct arg_spec spec[] = {
        {Q_sep, ARG_OBJ, ARG_KW_ONLY, {.obj = OBJ_QSTR(Q_space)}},
        {Q_end, ARG_OBJ, ARG_KW_ONLY, {.obj = OBJ_QSTR(Q_newline)}},
        {Q_file, ARG_OBJ, ARG_KW_ONLY, {.obj = OBJ_NULL}},
    };
    union arg_value v[3];
    args_parse(0, kw, args + n, 3, spec, v);
    size_t sep_len, end_len;
    const char *sep = str_data(v[0].obj, &sep_len), *end = str_data(v[1].obj, &end_len);
    obj_t file = v[2].obj;
    struct printer p = printer_stdout;
    if (file != OBJ_NULL) {
        obj_stream(file);
        p = (struct printer){&file, print_to_stream};
    }
    for (size_t i = 0; i < n; i++) {
        if (i) print_bytes(&p, sep, sep_len);
        obj_print(&p, args[i], PRINT_STR);
    }
    print_bytes(&p, end, end_len);
    return OBJ_NONE;
}
const struct builtin builtin_print = {BUILTIN_TYPE(FORM_KW), FORM_KW, 0, 255, 0, {.kw = print_do}};

static obj_t repr_do(obj_t o) {
    struct text_buffer b;
    text_buffer_init(&b, 16);
    struct printer p = text_buffer_printer(&b);
    obj_print(&p, o, PRINT_REPR);
    return text_buffer_str(&b);
}
const struct builtin builtin_repr = {BUILTIN_TYPE(FORM_1), FORM_1, 1, 1, 0, {.f1 = repr_do}};

// What the prompt does with the value of an expression; it stays reachable as _.
static obj_t repl_print_do(obj_t o) {
    if (o == OBJ_NONE) return OBJ_NONE;
    struct printer p = printer_stdout;
    obj_print(&p, o, PRINT_REPR);
    print_text(&p, "\n");
    builtins_override_set(Q__, o);
    return OBJ_NONE;
}
const struct builtin builtin_repl_print = {BUILTIN_TYPE(FORM_1), FORM_1, 1, 1, 0, {.f1 = repl_print_do}};

// One line of sys.stdin, byte by byte: what follows belongs to the next reader.
static obj_t input_do(size_t n, const obj_t *args) {
    struct printer p = printer_stdout;
    if (n) obj_print(&p, args[0], PRINT_STR);
    obj_t in[2] = {OBJ_NULL, OBJ_NULL};
    sys_attr(Q_stdin, OBJ_NULL, in);
    if (in[0] == OBJ_NULL) raise_type(&type_EOFError);
    const struct stream_ops *stream = obj_stream(in[0]);
    struct text_buffer b;
    text_buffer_init(&b, 32);
    if (terminal_is_device() && in[0] == terminal_stream(0)) {
        editor_input(&b);
        return text_buffer_str(&b);
    }
    for (;;) {
        char c;
        int error = 0;
        ptrdiff_t got = stream->read(in[0], &c, 1, &error);
        if (got < 0) raise_os(error);
        if (got == 0 && b.len == 0) raise_type(&type_EOFError);
        if (got == 0 || c == '\n') break;
        text_buffer_add(&b, &c, 1);
    }
    if (b.len && b.data[b.len - 1] == '\r') text_buffer_cut(&b, b.len - 1, 1);
    return text_buffer_str(&b);
}
const struct builtin builtin_input = {BUILTIN_TYPE(FORM_VAR), FORM_VAR, 0, 1, 0, {.var = input_do}};
