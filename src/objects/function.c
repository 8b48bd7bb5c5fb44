// SPDX-License-Identifier: MIT
// Functions made by def and lambda, and closures over cells.
//
// A function takes 4 words and one for each default (spec/heap-model.md 2.8); a closure 3 and one for each cell. type_generator_function
// has the same layout as type_function; calling it makes a generator.
#include "code/code.h"
#include "heap/heap.h"
#include "heap/intern.h"
#include "objects/seq.h"
#include "objects/types.h"
#include "rt.h"
#include "run/call.h"
#include "run/raise.h"
#include "run/vm.h"

obj_t function_new(struct context *context, struct code *code, obj_t defaults_tuple, obj_t kw_dict) {
    size_t n = 0;
    obj_t *defaults = NULL;
    if (defaults_tuple != OBJ_NULL) seq_items(defaults_tuple, &n, &defaults);
    struct code_info *info = code_info(code, context);
    if (n != info->n_defaults || (kw_dict != OBJ_NULL && !(info->flags & CODE_KW_DEFAULTS) && info->n_kwonly == 0))
        raise_message(&type_ValueError, "bad default values"); // only code from outside
    struct function *f = heap_new(4 + n + (kw_dict != OBJ_NULL), 0, HEAP_REFS);
    f->type = info->flags & CODE_GENERATOR ? &type_generator_function : &type_function;
    f->code = code;
    f->context = context;
    f->image = (uintptr_t)code->image | (kw_dict != OBJ_NULL ? FUNCTION_KW_DEFAULTS : 0);
    if (n) memcpy(f->extra, defaults, n * sizeof(obj_t));
    if (kw_dict != OBJ_NULL) f->extra[n] = kw_dict;
    return OBJ_PTR(f);
}

qstr_t function_name(obj_t f) {
    const struct type *type = obj_type(f);
    if (type == &type_closure) return function_name(((struct closure *)f)->function);
    if (type == &type_function || type == &type_generator_function) {
        struct function *function = (struct function *)f;
        return code_info(function->code, function->context)->name;
    }
    if (type_is_builtin(type)) return ((const struct builtin *)f)->name;
    return Q_empty;
}

static void function_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    if (obj_type(self) == &type_generator_function) {
        print_text(p, "<generator>");
        return;
    }
    print_format(p, "<function %q at 0x%lx>", function_name(self), (unsigned long)heap_address((void *)self));
}

static void closure_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    struct closure *c = (struct closure *)self;
    print_format(p, "<closure ");
    obj_print(p, c->function, PRINT_REPR);
    print_format(p, " at %lx, n_closed=%lu ", (unsigned long)heap_address(c), (unsigned long)c->n);
    for (size_t i = 0; i < c->n; i++) {
        obj_t value = ((struct cell *)c->cells[i])->value;
        print_format(p, "<cell %lx ", (unsigned long)(obj_is_ptr(value) ? heap_address((void *)value) : value));
        if (value == OBJ_NULL) print_text(p, "(nil)");
        else obj_print(p, value, PRINT_REPR);
        print_text(p, "> ");
    }
    print_text(p, ">");
}

static obj_t function_call(obj_t self, size_t n, size_t kw, const obj_t *args) { return vm_call(self, 0, NULL, n, kw, args); }

static obj_t generator_function_call(obj_t self, size_t n, size_t kw, const obj_t *args) { return generator_new(self, 0, NULL, n, kw,
    args); }

// The board copies cells and arguments into one array when they are more than five words.
static obj_t closure_call(obj_t self, size_t n, size_t kw, const obj_t *args) {
    struct closure *c = (struct closure *)self;
    size_t words = c->n + n + 2 * kw;
    void *scratch = words > 5 ? heap_new(words, 0, HEAP_DATA) : NULL;
    obj_t result;
    if (obj_type(c->function) == &type_generator_function) result = generator_new(c->function, c->n, c->cells, n, kw, args);
    else result = vm_call(c->function, c->n, c->cells, n, kw, args);
    heap_free(scratch);
    return result;
}

static void function_attr(obj_t self, qstr_t name, obj_t value, obj_t out[2]) {
    if (value != OBJ_NULL) return;
    obj_t f = obj_type(self) == &type_closure ? ((struct closure *)self)->function : self;
    if (name == Q___name__) out[0] = OBJ_QSTR(function_name(f));
    struct code *code = ((struct function *)f)->code;
    if (name == Q___code__ && !code->info->machine) out[0] = code_object_of(code, ((struct function *)f)->context);
    if (name == Q___globals__) out[0] = OBJ_PTR(((struct function *)f)->context->globals);
}

// ---- making them ----------------------------------------------------------------------------------------------------
static obj_t function_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    (void)type;
    args_no_keywords(kw);
    args_check(n, kw, 2, 2, false);
    obj_t globals = obj_is_dict(args[1]) ? args[1] : obj_native(args[1], &type_dict);
    if (!obj_is(args[0], &type_code_object) || globals == OBJ_NULL) raise_type(&type_TypeError);
    return code_object_function(args[0], (struct dict *)globals);
}

obj_t closure_new(obj_t function, size_t n, const obj_t *cells) {
    struct closure *c = heap_new(3 + n, 0, HEAP_REFS);
    c->type = &type_closure;
    c->function = function;
    c->n = n;
    if (n) memcpy(c->cells, cells, n * sizeof(obj_t));
    return OBJ_PTR(c);
}

static const struct type_ops function_ops = {
    .print = function_print, .construct = function_construct, .call = function_call, .attr = function_attr};
static const struct type_ops generator_function_ops = {
    .print = function_print, .construct = function_construct, .call = generator_function_call, .attr = function_attr};
static const struct type_ops closure_ops = {.print = closure_print, .call = closure_call, .attr = function_attr};

const struct type type_function = {.type = &type_type, .name = Q_function, .flags = TYPE_BINDS | TYPE_TRUE, .ops = &function_ops};
const struct type type_generator_function = {.type = &type_type, .name = Q_generator, .flags = TYPE_BINDS | TYPE_TRUE,
    .ops = &generator_function_ops};
const struct type type_closure = {.type = &type_type, .name = Q_closure, .flags = TYPE_BINDS | TYPE_TRUE, .ops = &closure_ops};
