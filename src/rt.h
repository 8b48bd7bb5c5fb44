// SPDX-License-Identifier: MIT
// struct runtime: the whole state of the interpreter. One process, one runtime (`rt`). A process may fork at any bytecode and both
// copies go on, so nothing is hidden elsewhere (host-memory caches hang off objects and are rebuilt at need).
// Every field names its owner: the only file that writes it.
#ifndef SRC_RT_H
#define SRC_RT_H

#include "obj.h"
#include "profile.h"
#include <setjmp.h>

struct frame;
struct dict;
struct module;
struct thread;
struct traced;

// A place to land for raise_object(): see run/raise.h.
struct catch {
    struct catch *outer;
    struct frame *frame;     // innermost Python frame when it was set
    obj_t exception;
    jmp_buf jump;
};

enum poll_reason { POLL_INTERRUPT = 1, POLL_SCHEDULE = 2, POLL_KEYBOARD = 4, POLL_BOARD = 8, POLL_THREAD = 16 };

struct runtime {
    struct profile profile;           // main: a copy of the chosen one, changed by -X options
    intptr_t small_min;               // profile: smallest small integer
    uintptr_t small_span;             // profile: largest minus smallest; v is small when (uintptr_t)(v - small_min) <= small_span

    // What belongs to the running thread: run/thread.c saves it, from `catch` to `thread_end`
    // run/raise.c
    struct catch *catch;              // innermost landing place
    // run/vm.c, run/frame.c
    struct frame *frame;              // innermost Python frame, NULL outside
    char *engine_stack;               // C stack address of the innermost engine entry
    void *call_scratch;               // run/vm.c: argument array of the call that is being made, until its frame has it
    obj_t *stack_base, *stack_limit;  // host memory for value slots of all running frames
    struct dict *globals, *locals;    // of the running frame (mirrors for natives: exec, globals(), import)
    obj_t stop_value;                 // result carried by the last end of an iteration (OBJ_NONE when none)
    struct sort_job *sort_jobs;       // objects/list_sort.c: sorts that run now, innermost first
    // stack
    char *c_stack_top;                // main: highest address
    size_t c_stack_limit;             // main: bytes that may be used before RuntimeError
    size_t board_stack;               // run/vm.c: modelled bytes in use under a board profile
    int board_between;                // what a call in a special form takes besides a plain one; the next frame_push() uses it up
    // heap/
    uint32_t heap_lock_depth;         // heap.c
    struct traced *traced;            // run/trace.c: running frames that Python has seen, innermost first
    obj_t trace_function;             // run/trace.c: of sys.settrace(), OBJ_NULL: none
    bool trace_busy;                  // run/trace.c: it runs, and is not traced itself
    obj_t handled;                    // run/vm.c, desktop only: exception whose handler was entered last and has not been left since
    uint32_t thread_end;
    struct thread *threads, *thread;  // run/thread.c: all of them, NULL while there is one; the running one
    size_t engine_bytes;              // run/enter.c: how far below engine_stack the loop's own C frame reaches
    uint32_t globals_version;         // objects/map.c: counts new and removed keys of module dictionaries, and class changes
    bool heap_refused;                // run/raise.c: a request was refused and its exception is on its way: no further collection for it
    // objects/binary.c: objects that went into packed bytes by struct code O; only they come out again
    struct { uint64_t word; obj_t object; } packed[32];
    uint32_t packed_next;
    // modules
    struct map *loaded;               // run/import.c: sys.modules (the map of loaded_dict)
    struct dict *loaded_dict;
    struct dict *main_dict;           // run/import.c: __main__
    bool frozen_ready;                // frozen/frozen.c: its table is made
    uint64_t modules_started[4];      // run/import.c: bit n of all: builtin_modules[n].start() has run
    obj_t sys_path, sys_argv;         // modules/sys.c: lists
    obj_t sys_mutable[8];             // modules/sys.c: ps1, ps2, tracebacklimit ...
    struct dict *builtins_override;   // modules/builtins.c
    bool weak_used;                   // modules/weakref.c: imported
    struct loan *loans;               // objects/array_lend.c
    obj_t asyncio_now, asyncio_ready; // modules/asyncio.c: running task; queue of tasks whose time has come, or will
    uint32_t asyncio_serial;
    // errors
    obj_t emergency_exception;        // run/raise.c: static exception object used when the heap has no room
    void *emergency_buffer; size_t emergency_len;
    // options
    int optimise;                     // micropython.opt_level
    int verbose;                      // -v count
    bool keyboard_interrupt;          // micropython.kbd_intr: Ctrl-C raises
    int interrupt_byte;               // micropython.kbd_intr: what stands for Ctrl-C on the line of a device
    // repl/
    obj_t terminal_slots[2];          // repl/terminal.c: streams of os.dupterm()
    char *history[8];                 // repl/history.c: lines entered at a board's prompt, newest first; heap runs
    // virtual time (set by the board before the first program runs, and as it goes)
    bool ops_counted;                 // every instruction counts down ops_left; POLL_BOARD when it reaches 0
    int64_t ops_left;                 // run/vm.c
    // pending work; set from signal handlers, read at bytecode jumps and in waits
    volatile int poll;                // enum poll_reason bits (int is what sig_atomic_t is; <signal.h> has a raise_object() of its own)
    obj_t pending_exception;          // run/schedule.c
    bool interrupt_scheduled;         // run/schedule.c: schedule(kbd_intr, None) waits for its turn
    uint32_t scheduler_lock;          // run/schedule.c
    struct { obj_t function, argument; } schedule_queue[32];
    uint32_t schedule_head, schedule_count;
    obj_t port_roots[32];             // ports/unix, emu: handlers, terminals
};
extern struct runtime rt;

// Starts the interpreter with rt.profile filled in and the heap made; may be called again after rt_stop().
void rt_start(void);
void rt_stop(void);

// RuntimeError `maximum recursion depth exceeded` when the host's C stack, or the modelled one, is used up. Called by every native
// that can re-enter itself or Python.
void stack_check(void);
void stack_check_compiler(void); // the same for recursion of parser and compiler
size_t stack_use(void); // bytes, as micropython.stack_use()

static inline bool int_fits(intptr_t v) { return (uintptr_t)v - (uintptr_t)rt.small_min <= rt.small_span; }

#endif
