// SPDX-License-Identifier: MIT
// Tracing of Python code: what is behind sys.settrace() and sys._getframe().
//
// A frame that Python has seen, or may see at its next event, has a record in rt.traced. Nothing of this exists while no program traces:
// rt.traced is NULL, the engine's instructions go straight to their handlers, and calls take the short way.
#ifndef SRC_TRACE_H
#define SRC_TRACE_H

#include "run/vm.h"

void trace_set(obj_t function); // OBJ_NULL: no more. For frames of this thread that begin from now on
obj_t trace_frame(struct frame *f); // the frame object of a running frame. May collect

// For the engine and frame.c. Those that run the trace function may raise what it raises; tracing is over then.
extern bool engine_calls_exactly; // every frame is made by frame_push() and ends in frame_pop()
void engine_watch(void);          // vm.c: after a change of rt.traced, rt.trace_function or the running thread
void trace_begin(struct frame *f);              // a frame was made while there is a trace function
void trace_instruction(struct frame *f);        // the instruction before f->ip is about to run: events "call" and "line"
void trace_leave(struct frame *f, obj_t value); // before a return or a yield: event "return"
void trace_raised(struct frame *f, obj_t exception); // it reached this frame: event "exception"
void trace_end(struct frame *f);                // the frame ends: it is innermost in rt.traced. Never raises
void trace_forget(void);                        // the interpreter stops, maybe in the middle of traced code
void trace_mark(void);                          // for the collector: the records of the running thread

struct traced {
    struct traced *outer;
    struct frame *frame;
    obj_t object;         // its frame object, OBJ_NULL until there is one
    const uint8_t *last, *end; // the instruction seen last, and where a line other than `line` may begin behind it
    size_t line;
    bool entered;         // its "call" event is over, or it began untraced
};
static inline bool trace_sees(const struct frame *f) { return rt.traced && rt.traced->frame == f && !rt.trace_busy; }

// Frame objects (frame_object.c).
struct frame_object { // 9 words: no board has such objects
    const struct type *type;
    struct frame *frame;  // NULL: the frame has ended, and what follows tells how
    obj_t trace;          // its own trace function, OBJ_NULL: none
    obj_t function, code; // what it runs; its code object, OBJ_NULL until somebody asks
    struct dict *globals;
    obj_t locals;         // of a module or class body that has ended; OBJ_NULL for a function
    uint32_t lasti, line;
    bool entering;        // "call": the line is that of the definition
};
obj_t frame_object_new(struct frame *f);
void frame_object_end(obj_t object);

#endif
