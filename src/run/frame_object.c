// SPDX-License-Identifier: MIT
// Frame objects: what a trace function is given, and sys._getframe() answers.
//
// While its frame runs, a frame object reads there. When the frame ends, frame_object_end() writes down where it was; names of a function
// are gone then, those of a module or class body are in its dictionary. Names of a function's locals are known where the source was
// compiled in a process that has sys.settrace(); in other code parameters have names and the rest is called local_N.
#include "heap/heap.h"
#include "heap/intern.h"
#include "objects/map.h"
#include "objects/types.h"
#include "rt.h"
#include "run/raise.h"
#include "run/trace.h"
#include <stdio.h>

static struct type type_frame;

obj_t frame_object_new(struct frame *f) {
    // its name is a text like any other, since no board knows it
    type_frame.name = intern_text("frame");
    struct frame_object *o = heap_new(9, 0, HEAP_REFS);
    o->type = &type_frame;
    o->frame = f;
    o->function = f->function;
    o->globals = f->globals;
    return OBJ_PTR(o);
}

static size_t frame_position(const struct frame *f) { return f->ip ? (size_t)(f->ip - 1 - f->info->start) : 0; }

// Has names of its own in a dictionary: a module, a class body, what exec() runs.
static bool frame_has_dictionary(const struct frame *f) {
    if (f->info->first_line) return !f->info->local_names;
    return !f->outer || f->locals != f->outer->locals;
}

static size_t frame_object_line(const struct frame_object *o) {
    const struct frame *f = o->frame;
    if (!f) return o->line;
    if (o->entering && f->info->first_line) return f->info->first_line;
    if (o->trace != OBJ_NULL && o->line) return o->line;
    return code_line_shown(f->info, frame_position(f));
}

void frame_object_end(obj_t object) {
    struct frame_object *o = (struct frame_object *)object;
    const struct frame *f = o->frame;
    o->line = (uint32_t)frame_object_line(o);
    o->lasti = (uint32_t)frame_position(f);
    if (frame_has_dictionary(f)) o->locals = OBJ_PTR(f->locals);
    o->frame = NULL;
}

static qstr_t local_name(const struct code_info *info, size_t i) {
    if (i < info->n_local_names) return info->local_names[i];
    if (i < info->n_pos + info->n_kwonly) return info->parameters[i];
    char text[32];
    snprintf(text, sizeof text, "local_%lu", (unsigned long)i);
    return intern_text(text);
}

static obj_t function_locals(const struct frame *f) {
    const struct code_info *info = f->info;
    size_t n = info->local_names ? info->n_local_names : info->n_locals;
    obj_t all = dict_new(n);
    for (size_t i = 0; i < n && i < info->n_state; i++) {
        obj_t value = f->slots[info->n_state - 1 - i];
        if (obj_is(value, &type_cell)) value = ((struct cell *)value)->value;
        qstr_t name = local_name(info, i);
        if (value != OBJ_NULL && name != Q_star) dict_set_qstr((struct dict *)all, name, value);
    }
    return all;
}

static obj_t frame_object_locals(const struct frame_object *o) {
    if (o->frame && frame_has_dictionary(o->frame)) return OBJ_PTR(o->frame->locals);
    if (o->frame) return function_locals(o->frame);
    return o->locals != OBJ_NULL ? o->locals : dict_new(0);
}

static obj_t frame_object_code(struct frame_object *o) {
    const struct function *f = (const struct function *)o->function;
    if (o->code == OBJ_NULL) o->code = code_object_of(f->code, f->context);
    return o->code;
}

static obj_t frame_object_load(struct frame_object *o, qstr_t name) {
    switch (name) {
    case Q_f_back: return o->frame && o->frame->outer ? trace_frame(o->frame->outer) : OBJ_NONE;
    case Q_f_code: return frame_object_code(o);
    case Q_f_globals: return OBJ_PTR(o->globals);
    case Q_f_lasti: return OBJ_INT(o->frame ? frame_position(o->frame) : o->lasti);
    case Q_f_lineno: return OBJ_INT(frame_object_line(o));
    case Q_f_locals: return frame_object_locals(o);
    case Q_f_trace: return o->trace == OBJ_NULL ? OBJ_NONE : o->trace;
    default: return OBJ_NULL;
    }
}

static void frame_object_attr(obj_t self, qstr_t name, obj_t value, obj_t out[2]) {
    struct frame_object *o = (struct frame_object *)self;
    if (value == OBJ_NULL) {
        out[0] = frame_object_load(o, name);
    } else if (name == Q_f_trace) {
        o->trace = value == OBJ_SENTINEL || value == OBJ_NONE ? OBJ_NULL : value;
        out[0] = OBJ_NULL;
    }
}

static void frame_object_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    struct frame_object *o = (struct frame_object *)self;
    const struct code_info *info = ((const struct function *)o->function)->code->info;
    print_format(p, "<frame at 0x%lx, file '%q', line %lu, code %q>", (unsigned long)heap_address(o), info->file,
        (unsigned long)frame_object_line(o), info->name);
}

static const struct type_ops frame_object_ops = {.print = frame_object_print, .attr = frame_object_attr};
static struct type type_frame = {.type = &type_type, .flags = TYPE_TRUE, .ops = &frame_object_ops};
