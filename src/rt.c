// SPDX-License-Identifier: MIT
// Start and end of the interpreter, and the measure of its stack.
//
// The order of rt_start() is the order in which a board's heap fills (spec/heap-model.md 4.4). What main set before (profile, stack,
// options) stays; everything else starts from zero, so that rt_start() may follow rt_stop() in the same process.
#include "rt.h"
#include "heap/heap.h"
#include "heap/intern.h"
#include "objects/str.h"
#include "run/raise.h"
#include "run/thread.h"
#include "run/vm.h"
#include "vfs/vfs.h"

struct runtime rt;

// Everything but the settings of main. The version goes on: what host-memory caches remember of the last run must not look fresh.
static void rt_clear(void) {
    struct runtime clean = {.profile = rt.profile,
                            .globals_version = rt.globals_version + 1,
                            .c_stack_top = rt.c_stack_top,
                            .c_stack_limit = rt.c_stack_limit,
                            .optimise = rt.optimise,
                            .verbose = rt.verbose,
                            .ops_counted = rt.ops_counted,
                            .ops_left = rt.ops_left,
                            .keyboard_interrupt = rt.keyboard_interrupt,
                            .interrupt_byte = 3};
    rt = clean;
}

void rt_start(void) {
    rt_clear();
    intptr_t half = (intptr_t)1 << (rt.profile.small_int_bits - 1);
    rt.small_min = -half;
    rt.small_span = (uintptr_t)half * 2 - 1;
    rt.stop_value = OBJ_NONE;
    rt.board_stack = rt.profile.stack_base;
    intern_start();
    frame_start();
    import_start();
    vfs_start();
}

void rt_stop(void) {
    heap_sweep_all();
    threads_end();
    bytearray_lend_stop();
    frame_stop();
    intern_stop();
    rt_clear();
}

static size_t stack_host_use(void) {
    const char *here = __builtin_frame_address(0);
    return here < rt.c_stack_top ? (size_t)(rt.c_stack_top - here) : 0;
}

// On a board natives that call themselves (a list prints a list) share the stack with Python calls. The model counts only those: what
// natives have put on the host's stack since the innermost entry into the engine is scaled down, and given what no board would use up.
static bool board_stack_used_up(void) {
    enum { HOST_BYTES = 2, ALWAYS = 16384 }; // for a byte on a board; for functions with large buffers
    if (rt.board_stack >= rt.profile.stack_limit) return true;
    const char *here = __builtin_frame_address(0);
    size_t native = here < rt.engine_stack ? (size_t)(rt.engine_stack - here) : 0, own = ALWAYS + rt.engine_bytes;
    return native > own && (native - own) / HOST_BYTES > rt.profile.stack_limit - rt.board_stack;
}

static void stack_require(bool left) {
    if (left) return;
    poll_keyboard(); // code that catches this and goes on, for ever, never jumps
    raise_message(&type_RuntimeError, "maximum recursion depth exceeded");
}

// For parser and compiler: a board's are built otherwise (the parser keeps its stack in the heap), so only the host's stack counts.
void stack_check_compiler(void) {
    stack_require(stack_host_use() <= rt.c_stack_limit && (rt.profile.stack_limit == 0 || rt.board_stack < rt.profile.stack_limit));
}

void stack_check(void) {
    stack_require(stack_host_use() <= rt.c_stack_limit && (rt.profile.stack_limit == 0 || !board_stack_used_up()));
}

size_t stack_use(void) { return rt.profile.stack_limit ? rt.board_stack : stack_host_use(); }
