// SPDX-License-Identifier: MIT
// The ways into the engine: from C to Python code, with one landing place per entry.
//
// engine_run() runs the innermost frame to its end. A native that raises lands in its setjmp; everything that was in registers is
// gone then, and the loop starts again from rt.frame with the exception.
#include "objects/types.h"
#include "rt.h"
#include "run/engine.h"
#include "run/engine_ops.h"
#include "run/raise.h"
#include "run/vm.h"

bool engine_models_board;

// The frame of this function ends where the loop's begins.
__attribute__((noinline)) void engine_measure(void) {
    rt.engine_bytes = (size_t)(rt.engine_stack - (char *)__builtin_frame_address(0)) - 2 * sizeof(void *);
    __asm__ volatile("" ::: "memory");
}

enum resume engine_run(obj_t exception, obj_t *result) {
    struct catch place;
    struct frame *outer = rt.frame->outer;
    __builtin_unwind_init(); // what callers keep in registers must be on the stack for the collector
    char *engine_stack = rt.engine_stack;
    rt.engine_stack = (char *)&place;
    place.outer = rt.catch;
    place.frame = outer;
    place.exception = exception;
    rt.catch = &place;
    bool landed = setjmp(place.jump) != 0;
    exception = place.exception;
    place.exception = OBJ_NULL; // a handled exception must not stay alive here
    enum resume how = engine_loop(exception, !landed, result);
    rt.catch = place.outer;
    rt.engine_stack = engine_stack;
    return how;
}

static obj_t engine_result(void) {
    obj_t result;
    if (engine_run(OBJ_NULL, &result) == RESUME_RAISE) raise_object(result);
    return result;
}

obj_t vm_call(obj_t function, size_t n_cells, const obj_t *cells, size_t n, size_t kw, const obj_t *args) {
    stack_check();
    frame_push(function, n_cells, cells, n, kw, args);
    return engine_result();
}

obj_t vm_run_body(obj_t function, struct dict *globals, struct dict *locals) { return vm_run_unit(function, globals, locals, OBJ_NULL); }

obj_t vm_run_unit(obj_t function, struct dict *globals, struct dict *locals, obj_t keep) {
    stack_check();
    struct frame *f = frame_push(function, 0, NULL, 0, 0, NULL);
    f->instance = keep;
    rt.globals = f->globals = globals;
    rt.locals = f->locals = locals;
    return engine_result();
}
