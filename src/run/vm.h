// SPDX-License-Identifier: MIT
// The engine and its frames.
//
// A frame record is host memory; its value slots (n_state words: evaluation stack from slot 0 up, locals from the top down) and
// block records lie on rt's host value stack, or inside the generator object that owns the frame. A board keeps larger frames in its
// heap: then `shadow` is a heap run of the board's size that only takes the room.
// Exact roots: of each frame, slots 0..sp, all locals, block records' exceptions, the function.
#ifndef SRC_VM_H
#define SRC_VM_H

#include "code/code.h"
#include "objects/types.h"
#include "rt.h"

struct block { // 3 words on the board
    const uint8_t *handler;
    obj_t *height;     // value of sp to restore; low bit: cleanup mark
    obj_t exception;   // delivered to this handler, OBJ_NULL before
};
// What becomes of a frame's result.
enum frame_kind {
    FRAME_ENTRY,     // entered from C: the engine is left
    FRAME_CALL,      // pushed on the outer frame's stack in place of the call's operands
    FRAME_INIT,      // __init__ of a new instance: must be None; the instance takes the place
    FRAME_ITER       // generator driven by FOR_ITER of the outer frame
};
struct frame {
    struct frame *outer;
    const uint8_t *ip;     // one past the opcode byte of the instruction that runs; saved by every instruction that can leave the engine
    obj_t *sp;             // points at the top value (slots - 1 when the stack is empty); saved together with ip
    obj_t *slots;          // slot 0; n_state of them
    struct block *block;   // innermost record, blocks - 1 when there is none
    struct block *blocks;
    struct code_info *info;
    const qstr_t *names;   // of the context
    const obj_t *constants;
    struct context *context;
    obj_t function;        // keeps code and context alive
    struct dict *globals, *locals; // locals of a function: those of its caller, so in the end those of a module, class body or exec
    obj_t instance;        // FRAME_INIT: the new instance. Others: a run to keep alive, or OBJ_NULL
    void *shadow;          // heap run standing for the board's frame, or NULL
    void *scratch;         // heap run to free when the frame ends (argument array of the call), or NULL
    struct generator *generator; // owner of slots and blocks, or NULL
    char *end;             // next free byte of the host's frame stack
    uint32_t board_stack;  // modelled bytes added to rt.board_stack
    uint8_t kind;          // enum frame_kind
};

void frame_start(void);    // reserves the frame stack
void frame_stop(void);
bool frame_stack_reserve(void); // a new frame stack for rt; false: the host has no room
void frame_stack_release(void);
void frame_mark_all(void); // for the collector: exact roots of every running frame
// Makes a frame for a Python function and binds its arguments; it becomes rt.frame. RuntimeError when the stack is used up.
struct frame *frame_push(obj_t function, size_t n_cells, const obj_t *cells, size_t n, size_t kw, const obj_t *args);
struct frame *frame_push_generator(struct generator *g);
void frame_pop(struct frame *f); // rt.frame becomes f->outer; frees shadow and scratch
void frame_prepare(struct code_info *info); // counts locals, makes the inline caches

// Calls a Python function (type_function) from C.
obj_t vm_call(obj_t function, size_t n_cells, const obj_t *cells, size_t n, size_t kw, const obj_t *args);
// Runs the module body (a function of no arguments) with these dictionaries current.
obj_t vm_run_body(obj_t function, struct dict *globals, struct dict *locals);
obj_t vm_run_unit(obj_t function, struct dict *globals, struct dict *locals, obj_t keep); // and keeps a run alive meanwhile
// Binds arguments by spec/bytecode.md 4.3 into slots (n_state words, cleared). Shared by calls and generators.
void frame_bind(struct code_info *info, struct function *f, obj_t *slots, size_t n_cells, const obj_t *cells, size_t n, size_t kw,
    const obj_t *args);

// generator.c
struct generator { // 7 words + n_state + 3 * n_blocks
    const struct type *type;
    obj_t function;       // the plain function (closures: without its cells, which are bound already)
    const uint8_t *ip;    // next instruction; NULL: finished
    obj_t *sp;
    struct block *block;
    obj_t pending;        // exception to raise at the next resumption (pend_throw), or OBJ_NULL
    uint32_t running, started;
    obj_t slots[];        // n_state values, then the block records
};
obj_t generator_new(obj_t function, size_t n_cells, const obj_t *cells, size_t n, size_t kw, const obj_t *args);
enum resume { RESUME_YIELD, RESUME_RETURN, RESUME_RAISE };
// Resumes with a sent value, or throws (exception != OBJ_NULL). *result: yielded, returned or raised object. Raises only for misuse.
enum resume generator_resume(obj_t generator, obj_t send, obj_t exception, obj_t *result);

// import.c
obj_t import_module(qstr_t name, obj_t from_list, intptr_t level); // IMPORT_NAME
void import_start(void); // __main__, sys.modules
obj_t import_builtin(qstr_t name); // builtin module object or OBJ_NULL; knows the old u-names
// Runs a file as __main__ (source or .mpy); raises what it raises.
void run_file(const char *path);
void run_text(const char *text, size_t len, const char *name, int input); // input: enum parse_input

// schedule.c
void poll_run(void);      // does pending work: called by the engine when rt.poll is set, and by waits. May raise.
void poll_interrupted(void); // Ctrl-C is raised, if it is for this thread; nothing else is done
static inline void poll_keyboard(void) { // in loops of natives that may take long (run/patience.h has more): Ctrl-C gets through
    if (rt.poll & POLL_KEYBOARD) poll_interrupted();
}
bool schedule(obj_t function, obj_t argument); // false: queue full
void schedule_lock(void);
void schedule_unlock(void);
void schedule_interrupt(void); // KeyboardInterrupt as soon as the scheduler is unlocked
extern void (*poll_interrupts)(void), (*poll_board)(void); // what POLL_INTERRUPT and POLL_BOARD stand for; may be NULL

#endif
