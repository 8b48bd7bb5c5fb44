// SPDX-License-Identifier: MIT
// Events for the function of sys.settrace(), as CPython documents them.
//
// Invariants
//  - rt.traced lists the records of running frames of this thread, innermost first; addresses of frames fall along it. Frames that began
//    untraced are in it only when a program asked for their frame object.
//  - "call": at the first instruction of a frame, or of each part of a generator. What the function answers becomes the frame's own trace
//    function, which gets its other events; without one there are none. An answer other than None takes its place.
//  - "line": before an instruction whose line is not that of the one before, and whenever a `for` has got an item. As in MicroPython; in
//    CPython any jump back is one.
//  - The function is not traced, takes no virtual time (vm.c), and does not run while the heap is locked: a hard interrupt handler
//    is not traced.
//  - An exception that it leaves behind ends the tracing and is raised in the traced frame.
// Code that a board would have compiled to machine code has no events.
#include "run/trace.h"
#include "code/opcodes.h"
#include "heap/heap.h"
#include "heap/intern.h"
#include "objects/seq.h"
#include "objects/types.h"
#include "rt.h"
#include "run/call.h"
#include "run/engine.h"
#include "run/raise.h"

bool engine_calls_exactly;

// ---- records -------------------------------------------------------------------------------------------------------------------
static struct traced *record_insert(struct traced **at, struct frame *f) {
    struct traced *t = host_alloc(sizeof *t);
    *t = (struct traced){.outer = *at, .frame = f};
    *at = t;
    return t;
}

void trace_begin(struct frame *f) {
    if (!rt.trace_busy && !f->info->machine && !heap_locked()) record_insert(&rt.traced, f);
}

void trace_end(struct frame *f) {
    struct traced *t = rt.traced;
    if (t->frame != f) return;
    if (t->object != OBJ_NULL) frame_object_end(t->object);
    rt.traced = t->outer;
    host_free(t);
    if (!rt.traced && rt.trace_function == OBJ_NULL) engine_watch();
}

void trace_forget(void) {
    while (rt.traced) {
        struct traced *t = rt.traced;
        rt.traced = t->outer;
        host_free(t);
    }
    rt.trace_function = OBJ_NULL;
}

void trace_mark(void) {
    for (const struct traced *t = rt.traced; t; t = t->outer)
        if (t->object != OBJ_NULL) heap_mark((void *)t->object);
}

static struct frame_object *record_object(struct traced *t) {
    if (t->object == OBJ_NULL) t->object = frame_object_new(t->frame);
    return (struct frame_object *)t->object;
}

static void record_at_line(struct traced *t, const uint8_t *at) {
    const struct code_info *info = t->frame->info;
    size_t end;
    size_t line = code_line_seen(info, (size_t)(at - info->start), &end);
    if (line) t->line = line;
    t->end = info->start + end;
    t->last = at;
}

void trace_set(obj_t function) {
    rt.trace_function = function;
    for (struct traced *t = rt.traced; t; t = t->outer) // those that run already are in the middle of a line
        if (t->entered && t->frame->ip) record_at_line(t, t->frame->ip - 1);
    engine_watch();
}

obj_t trace_frame(struct frame *f) {
    struct traced **at = &rt.traced;
    while (*at && (*at)->frame > f) at = &(*at)->outer;
    struct traced *t = *at;
    if (!t || t->frame != f) {
        t = record_insert(at, f);
        t->entered = true;
        record_at_line(t, f->ip - 1);
        engine_watch();
    }
    return OBJ_PTR(record_object(t));
}

// ---- events --------------------------------------------------------------------------------------------------------------------
struct event {
    obj_t function, arguments[3], answer;
};

static void event_call(void *arg) {
    struct event *e = arg;
    e->answer = call(e->function, 3, 0, e->arguments);
}

// Answers what the function answers.
static obj_t event(struct traced *t, obj_t function, const char *name, obj_t argument) {
    struct event e = {function, {OBJ_PTR(record_object(t)), OBJ_QSTR(intern_text(name)), argument}, OBJ_NULL};
    obj_t exception;
    bool refused = rt.heap_refused;
    rt.heap_refused = false;
    rt.trace_busy = true;
    bool done = protect(event_call, &e, &exception);
    rt.trace_busy = false;
    rt.heap_refused = refused;
    if (!done) {
        record_object(t)->trace = OBJ_NULL;
        record_object(t)->entering = false;
        trace_set(OBJ_NULL);
        raise_object(exception);
    }
    return e.answer;
}

static void event_local(struct traced *t, const char *name, obj_t argument) {
    struct frame_object *o = record_object(t);
    obj_t answer = event(t, o->trace, name, argument);
    if (answer != OBJ_NONE) o->trace = answer;
}

static void event_enter(struct traced *t) {
    t->entered = true;
    struct frame_object *o = record_object(t);
    o->entering = t->frame->ip - 1 == t->frame->info->start;
    obj_t answer = event(t, rt.trace_function, "call", OBJ_NONE);
    o->entering = false;
    o->trace = answer == OBJ_NONE ? OBJ_NULL : answer;
}

static bool record_wants(const struct traced *t) {
    const struct frame_object *o = (const struct frame_object *)t->object;
    return rt.trace_function != OBJ_NULL && o && o->trace != OBJ_NULL && !heap_locked();
}

void trace_instruction(struct frame *f) {
    struct traced *t = rt.traced;
    const uint8_t *at = f->ip - 1, *last = t->last;
    if (!t->entered) event_enter(t);
    if (!record_wants(t)) return;
    bool item = last && *last == BC_FOR_ITER && at == last + opcode_length(last);
    t->last = at;
    if (at > last && at < t->end && !item) return;
    size_t line = t->line;
    record_at_line(t, at);
    if (t->object) record_object(t)->line = (uint32_t)t->line;
    if (t->line != line || item) event_local(t, "line", OBJ_NONE);
}

void trace_leave(struct frame *f, obj_t value) {
    if (trace_sees(f) && record_wants(rt.traced)) event_local(rt.traced, "return", value);
}

void trace_raised(struct frame *f, obj_t exception) {
    if (!trace_sees(f) || rt.trace_function == OBJ_NULL || heap_locked()) return;
    struct traced *t = rt.traced;
    if (!t->entered) event_enter(t); // thrown into a generator
    if (!record_wants(t)) return;
    obj_t items[3] = {OBJ_PTR(obj_type(exception)), exception, OBJ_NONE};
    event_local(t, "exception", tuple_new(3, items));
}
