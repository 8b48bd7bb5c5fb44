// SPDX-License-Identifier: MIT
// Frames: where they live, how arguments get into them, what the collector sees of them.
//
// The host's frame stack is one reserved range. A frame record is followed by its value slots and block records, unless a generator
// owns those. f->end is the next free byte. Slots above sp that are not locals hold stale words and are never looked at.
// A board with `frame_on_heap` keeps larger frames in its heap: `shadow` takes that room from call to return.
#include "run/vm.h"
#include "heap/heap.h"
#include "host.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "rt.h"
#include "run/engine.h"
#include "run/engine_ops.h"
#include "run/raise.h"
#include "run/trace.h"

enum { FRAME_STACK_BYTES = 1 << 20, FRAME_STACK_SLACK = 4096 };

bool frame_stack_reserve(void) {
    char *base = host_reserve(FRAME_STACK_BYTES);
    if (!base) return false;
    rt.stack_base = (obj_t *)base;
    rt.stack_limit = (obj_t *)(base + FRAME_STACK_BYTES - FRAME_STACK_SLACK);
    return true;
}

void frame_stack_release(void) {
    if (rt.stack_base) host_release(rt.stack_base, FRAME_STACK_BYTES);
    rt.stack_base = NULL;
}

void frame_start(void) {
    if (!frame_stack_reserve()) host_fatal("out of memory for the frame stack: free some memory");
    engine_models_board = rt.profile.stack_limit != 0 || rt.profile.frame_on_heap != 0;
    rt.frame = NULL;
    engine_watch();
}

void frame_stop(void) {
    trace_forget();
    frame_stack_release();
    rt.frame = NULL;
}

_Noreturn static void frame_overflow(void) { raise_message(&type_RuntimeError, "maximum recursion depth exceeded"); }

// Bytes of modelled C stack that this call takes on the board.
static uint32_t frame_board_stack(const struct code_info *info, bool on_heap) {
    uint32_t base = rt.profile.call_plain;
    return on_heap ? base : base + ((20 + 4 * info->n_state + 12 * info->n_blocks + 7) & ~7u);
}

static struct frame *frame_make(struct code_info *info, struct context *context, obj_t function, bool own_slots) {
    if (!info->caches) frame_prepare(info);
    struct frame *f = (struct frame *)(rt.frame ? rt.frame->end : (char *)rt.stack_base);
    size_t slots = own_slots ? info->n_state * sizeof(obj_t) + info->n_blocks * sizeof(struct block) : 0;
    if ((size_t)((char *)rt.stack_limit - (char *)f) < sizeof *f + slots) frame_overflow();
    f->end = (char *)(f + 1) + slots;
    f->slots = (obj_t *)(f + 1);
    f->blocks = (struct block *)(f->slots + info->n_state);
    f->info = info;
    f->context = context;
    f->names = context_names(context);
    f->constants = context_constants(context);
    f->function = function;
    f->globals = context->globals;
    f->locals = rt.locals; // a function sees its caller's: locals(), dir(), exec() without a dictionary
    f->instance = OBJ_NULL;
    f->shadow = f->scratch = NULL;
    f->generator = NULL;
    f->board_stack = 0;
    f->kind = FRAME_ENTRY;
    f->ip = info->start;
    f->outer = rt.frame;
    return f;
}

static void frame_enter(struct frame *f) {
    rt.frame = f;
    rt.globals = f->globals;
    rt.locals = f->locals;
}

// Takes what the board's frame takes: heap room for a large one, C stack for the rest.
static void frame_charge(struct frame *f, int between) {
    const struct code_info *info = f->info;
    if (rt.profile.frame_on_heap && 4 * info->n_state + 12 * info->n_blocks > rt.profile.frame_on_heap)
        f->shadow = heap_try_new(5 + info->n_state + 3 * info->n_blocks, 0, HEAP_DATA);
    f->board_stack = frame_board_stack(info, f->shadow != NULL) + (uint32_t)between;
    rt.board_stack += f->board_stack;
}

// A board looks at its stack when a call begins, before it makes the frame.
static void frame_room_check(void) {
    if (rt.profile.stack_limit && rt.board_stack >= rt.profile.stack_limit) frame_overflow();
}

struct frame *frame_push(obj_t function, size_t n_cells, const obj_t *cells, size_t n, size_t kw, const obj_t *args) {
    struct function *fn = (struct function *)function;
    struct code_info *info = code_info_now(fn->code, fn->context);
    int between = rt.board_between + (n_cells ? rt.profile.extra.closure : 0);
    rt.board_between = 0;
    frame_room_check();
    struct frame *f = frame_make(info, fn->context, function, true);
    memset(f->slots, 0, info->n_state * sizeof(obj_t));
    f->sp = f->slots - 1;
    f->block = f->blocks - 1;
    if (engine_models_board) frame_charge(f, between);
    // The collector must know the frame already; ip NULL says that it has not begun, so that an error in the arguments is the caller's.
    f->ip = NULL;
    frame_enter(f);
    frame_bind(info, fn, f->slots, n_cells, cells, n, kw, args);
    f->ip = info->start;
    if (rt.trace_function != OBJ_NULL) trace_begin(f);
    return f;
}

struct frame *frame_push_generator(struct generator *g) {
    struct function *fn = (struct function *)g->function;
    struct code_info *info = code_info_now(fn->code, fn->context);
    frame_room_check();
    struct frame *f = frame_make(info, fn->context, g->function, false);
    f->slots = g->slots;
    f->blocks = (struct block *)(g->slots + info->n_state);
    f->sp = g->sp;
    f->block = g->block;
    f->ip = g->ip;
    f->generator = g;
    f->board_stack = (uint32_t)(rt.profile.call_generator + rt.board_between);
    rt.board_stack += f->board_stack;
    rt.board_between = 0;
    g->running = 1;
    frame_enter(f);
    if (rt.trace_function != OBJ_NULL) trace_begin(f);
    return f;
}

void frame_pop(struct frame *f) {
    if (rt.traced) trace_end(f);
    rt.frame = f->outer;
    rt.board_stack -= f->board_stack;
    if (f->generator) f->generator->running = 0;
    if (f->shadow) heap_free(f->shadow);
    if (f->scratch) heap_free(f->scratch);
    if (f->outer) {
        rt.globals = f->outer->globals;
        rt.locals = f->outer->locals;
    }
}

void frame_mark_all(void) {
    trace_mark();
    for (struct frame *f = rt.frame; f; f = f->outer) {
        heap_mark((void *)f->function);
        heap_mark(f->context);
        heap_mark(f->globals);
        heap_mark(f->locals);
        if (obj_is_ptr(f->instance)) heap_mark((void *)f->instance);
        heap_mark(f->shadow);
        heap_mark(f->scratch);
        if (f->generator) { // its slots are scanned as part of the object
            heap_mark(f->generator);
            continue;
        }
        size_t n_state = f->info->n_state, stacked = (size_t)(f->sp - f->slots + 1), locals = f->info->n_locals;
        if (stacked > n_state) stacked = n_state;
        if (stacked) heap_mark_words((const size_t *)f->slots, stacked);
        if (locals > n_state - stacked) locals = n_state - stacked;
        if (locals) heap_mark_words((const size_t *)(f->slots + n_state - locals), locals);
        for (struct block *b = f->blocks; b <= f->block; b++)
            if (obj_is_ptr(b->exception)) heap_mark((void *)b->exception);
    }
}

// ---- binding arguments (spec/bytecode.md 4.3) ----------------------------------------------------------------------------
_Noreturn static void bind_count_error(const struct code_info *info, size_t wanted, size_t given) {
    raise_format(&type_TypeError, "%q() takes %lu positional arguments but %lu were given", info->name, (unsigned long)wanted,
                 (unsigned long)given);
}

static size_t bind_defaults(const struct code_info *info, const struct function *f) {
    return f->image & FUNCTION_NO_DEFAULTS ? 0 : info->n_defaults;
}

static void bind_plain(struct code_info *info, struct function *f, obj_t *top, size_t n) {
    size_t n_defaults = bind_defaults(info, f);
    if (n < info->n_pos - n_defaults) bind_count_error(info, info->n_pos - n_defaults, n);
    for (size_t i = n; i < info->n_pos; i++) {
        size_t from_end = info->n_pos - i;
        top[-(ptrdiff_t)i] = f->extra[n_defaults - from_end];
    }
    if (info->n_kwonly) raise_message(&type_TypeError, "function missing keyword-only argument");
}

static void bind_keywords(struct code_info *info, obj_t *top, obj_t extra, size_t kw, const obj_t *pairs) {
    size_t n_names = info->n_pos + info->n_kwonly;
    for (size_t i = 0; i < kw; i++) {
        obj_t key = pairs[2 * i];
        qstr_t name = obj_is_qstr(key) ? obj_qstr(key) : str_qstr(key);
        size_t k = 0;
        while (k < n_names && (info->parameters[k] != name || name == Q_star)) k++;
        if (k < n_names) {
            if (top[-(ptrdiff_t)k] != OBJ_NULL) raise_format(&type_TypeError, "function got multiple values for argument '%q'", name);
            top[-(ptrdiff_t)k] = pairs[2 * i + 1];
        } else if (extra != OBJ_NULL) {
            struct map_slot *slot = map_add(dict_map(extra), OBJ_QSTR(name));
            if (slot->value != OBJ_NULL) raise_format(&type_TypeError, "function got multiple values for argument '%q'", name);
            slot->value = pairs[2 * i + 1];
        } else {
            raise_format(&type_TypeError, "unexpected keyword argument '%q'", name);
        }
    }
}

static void bind_missing(struct code_info *info, struct function *f, obj_t *top) {
    size_t n_defaults = bind_defaults(info, f);
    for (size_t i = 0; i < n_defaults; i++) {
        obj_t *local = &top[-(ptrdiff_t)(info->n_pos - 1 - i)];
        if (*local == OBJ_NULL) *local = f->extra[n_defaults - 1 - i];
    }
    for (size_t i = info->n_pos; i-- > 0;)
        if (top[-(ptrdiff_t)i] == OBJ_NULL)
            raise_format(&type_TypeError, "function missing required positional argument #%lu", (unsigned long)i);
    for (size_t i = 0; i < info->n_kwonly; i++) {
        obj_t *local = &top[-(ptrdiff_t)(info->n_pos + i)];
        if (*local != OBJ_NULL) continue;
        struct map_slot *slot = NULL;
        if (f->image & FUNCTION_KW_DEFAULTS) slot = map_find_qstr(dict_map(f->extra[n_defaults]), info->parameters[info->n_pos + i]);
        if (!slot) raise_format(&type_TypeError, "function missing required keyword argument '%q'", info->parameters[info->n_pos + i]);
        *local = slot->value;
    }
}

static void bind_cells(struct code_info *info, obj_t *top) {
    for (size_t i = 0; i < info->n_cells; i++) {
        ptrdiff_t k = info->cells[i];
        top[-k] = cell_new(top[-k]);
    }
}

void frame_bind(struct code_info *info, struct function *f, obj_t *slots, size_t n_cells, const obj_t *cells, size_t n, size_t kw,
                const obj_t *args) {
    obj_t *top = slots + info->n_state - 1;
    size_t given = n_cells + n, kept = given;
    size_t rest = info->n_pos + info->n_kwonly; // number of the *name local
    if (given > info->n_pos) {
        if (!(info->flags & CODE_VARARGS)) bind_count_error(info, info->n_pos, given);
        kept = info->n_pos;
        top[-(ptrdiff_t)rest] = tuple_new(given - kept, args + (kept - n_cells));
    } else if (info->flags & CODE_VARARGS) {
        top[-(ptrdiff_t)rest] = OBJ_EMPTY_TUPLE;
    }
    for (size_t i = 0; i < kept; i++) top[-(ptrdiff_t)i] = i < n_cells ? cells[i] : args[i - n_cells];
    obj_t extra = OBJ_NULL;
    size_t extra_local = rest + (info->flags & CODE_VARARGS ? 1 : 0);
    if (info->flags & CODE_KWARGS) {
        extra = dict_new(kw);
        top[-(ptrdiff_t)extra_local] = extra;
    }
    if (kw == 0 && !(info->flags & CODE_KW_DEFAULTS)) {
        bind_plain(info, f, top, kept);
    } else {
        bind_keywords(info, top, extra, kw, kw ? args + n : NULL); // no arguments at all: NULL
        bind_missing(info, f, top);
    }
    bind_cells(info, top);
}

// ---- what the engine wants to know about a function before it first runs ------------------------------------------------
static bool opcode_wants_cache(unsigned op) {
    return (op >= 0x11 && op <= 0x14) || op == 0x18;
}

static size_t opcode_local(unsigned op, const uint8_t *operand) {
    if (op >= 0xb0 && op <= 0xbf) return op - 0xb0 + 1;
    if (op >= 0xc0 && op <= 0xcf) return op - 0xc0 + 1;
    if (op >= 0x24 && op <= 0x29) return varint_read(&operand) + 1;
    return 0;
}

void frame_prepare(struct code_info *info) {
    size_t locals = info->n_pos + info->n_kwonly + !!(info->flags & CODE_VARARGS) + !!(info->flags & CODE_KWARGS);
    for (size_t i = 0; i < info->n_cells; i++)
        if (info->cells[i] + 1u > locals) locals = info->cells[i] + 1u;
    uint16_t *index = host_alloc((info->code_len + 1) * sizeof *index);
    memset(index, 0, (info->code_len + 1) * sizeof *index);
    uint32_t caches = 1;
    const uint8_t *end = info->start + info->code_len;
    for (const uint8_t *ip = info->start; ip < end;) {
        unsigned op = *ip;
        const uint8_t *operand = ip + 1;
        size_t local = opcode_local(op, operand);
        if (local > locals) locals = local;
        // 16 bits number the caches; code with more shares the last one, which is correct because entries are checked by name
        if (opcode_wants_cache(op)) index[ip - info->start] = (uint16_t)(caches < 65535 ? caches++ : caches);
        ip += opcode_length(ip);
    }
    info->n_locals = (uint32_t)(locals > info->n_state ? info->n_state : locals);
    info->n_caches = caches + 1;
    info->cache_index = index;
    info->caches = host_alloc(info->n_caches * sizeof *info->caches);
    memset(info->caches, 0, info->n_caches * sizeof *info->caches);
}
