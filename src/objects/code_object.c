// SPDX-License-Identifier: MIT
// Code objects: the result of compile(), and __code__ of a function.
//
// On a board nothing can be read in them. Where sys.settrace() exists (rt.profile.settrace) they have attributes of CPython, as far as
// stored code knows them: co_consts ends with the code objects of functions and classes inside, and co_lines() says which lines there are.
#include "code/code.h"
#include "code/opcodes.h"
#include "heap/heap.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "objects/types.h"
#include "rt.h"
#include "run/call.h"
#include "run/engine.h"
#include "run/raise.h"

obj_t code_object_new(obj_t function) {
    struct code_object *c = heap_new(2, 0, HEAP_REFS);
    c->type = &type_code_object;
    c->function = function;
    return OBJ_PTR(c);
}

obj_t code_object_of(struct code *code, struct context *context) {
    struct code_object *c = heap_new(5, 0, HEAP_REFS);
    c->type = &type_code_object;
    c->code = code;
    c->context = context;
    return OBJ_PTR(c);
}

void code_object_parts(obj_t code_object, struct code **code, struct context **context) {
    const struct code_object *c = (const struct code_object *)code_object;
    const struct function *f = (const struct function *)c->function;
    *code = f ? f->code : c->code;
    *context = f ? f->context : c->context;
}

obj_t code_object_function(obj_t code_object, struct dict *globals) {
    struct code *code;
    struct context *names;
    code_object_parts(code_object, &code, &names);
    struct context *context = context_new(globals);
    context->table = names->table;
    context->n_names = names->n_names;
    context->n_constants = names->n_constants;
    struct code_info *info = code_info(code, context);
    struct function *f = heap_new(4, 0, HEAP_REFS);
    f->type = info->flags & CODE_GENERATOR ? &type_generator_function : &type_function;
    f->code = code;
    f->context = context;
    f->image = (uintptr_t)code->image | FUNCTION_NO_DEFAULTS;
    return OBJ_PTR(f);
}

// ---- attributes --------------------------------------------------------------------------------------------------------------------
// [(from, to, line)] of instructions, in order; line None: of no line.
static obj_t code_object_lines(obj_t self) {
    struct code *code;
    struct context *context;
    code_object_parts(self, &code, &context);
    const struct code_info *info = code_info(code, context);
    obj_t all = list_new(0, NULL);
    for (size_t from = 0, end; from < info->code_len; from = end) {
        size_t line = code_line_seen(info, from, &end), next = end, beyond;
        while (next < info->code_len && code_line_seen(info, next, &beyond) == line) next = beyond;
        end = next;
        obj_t items[3] = {OBJ_INT(from), OBJ_INT(end), line ? OBJ_INT(line) : OBJ_NONE};
        list_append(all, tuple_new(3, items));
    }
    return all;
}
BUILTIN_1(code_object_lines_fn, code_object_lines);

static obj_t code_object_names(const struct context *context) {
    obj_t all = tuple_new(context->n_names, NULL);
    for (size_t i = 0; i < context->n_names; i++) ((struct tuple *)all)->items[i] = OBJ_QSTR(context_names(context)[i]);
    return all;
}

// None, the objects that its instructions load, and the code inside.
static obj_t code_object_constants(const struct code *code, struct context *context) {
    const struct code_info *info = code_info((struct code *)code, context);
    obj_t none = OBJ_NONE, all = list_new(1, &none);
    for (const uint8_t *ip = info->start, *end = ip + info->code_len; ip < end; ip += opcode_length(ip)) {
        const uint8_t *operand = ip + 1;
        if (*ip == BC_LOAD_CONST_OBJ) list_append(all, context_constants(context)[varint_read(&operand)]);
    }
    for (size_t i = 0; i < info->n_children; i++) list_append(all, code_object_of(code->children[i]->code, context));
    return tuple_new(((struct list *)all)->len, ((struct list *)all)->items);
}

static obj_t code_object_variables(const struct code_info *info) {
    size_t n = info->local_names ? info->n_local_names : info->n_pos + info->n_kwonly;
    obj_t all = list_new(0, NULL);
    for (size_t i = 0; i < n; i++) {
        qstr_t name = info->local_names ? info->local_names[i] : info->parameters[i];
        if (name != Q_star) list_append(all, OBJ_QSTR(name));
    }
    return tuple_new(((struct list *)all)->len, ((struct list *)all)->items);
}

static obj_t code_object_first_line(const struct code_info *info) {
    return OBJ_INT(info->first_line ? info->first_line : code_line(info, 0));
}

static void code_object_attr(obj_t self, qstr_t name, obj_t value, obj_t out[2]) {
    struct code *code;
    struct context *context;
    if (value != OBJ_NULL || !rt.profile.settrace) return;
    code_object_parts(self, &code, &context);
    const struct code_info *info = code_info(code, context);
    switch (name) {
    case Q_co_name: out[0] = OBJ_QSTR(info->name); break;
    case Q_co_filename: out[0] = OBJ_QSTR(info->file); break;
    case Q_co_firstlineno: out[0] = code_object_first_line(info); break;
    case Q_co_argcount: out[0] = OBJ_INT(info->n_pos); break;
    case Q_co_varnames: out[0] = code_object_variables(info); break;
    case Q_co_names: out[0] = code_object_names(context); break;
    case Q_co_consts: out[0] = code_object_constants(code, context); break;
    case Q_co_code: out[0] = bytes_new((const char *)info->start, info->code_len); break;
    case Q_co_lnotab: out[0] = bytes_new((const char *)info->lines, (size_t)(info->lines_end - info->lines)); break;
    case Q_co_lines:
        out[0] = OBJ_PTR(&code_object_lines_fn);
        out[1] = self;
        break;
    default: break;
    }
}

static const struct type_ops code_object_ops = {.attr = code_object_attr};
const struct type type_code_object = {.type = &type_type, .name = Q_code, .flags = TYPE_TRUE, .ops = &code_object_ops};
