// SPDX-License-Identifier: MIT
// The verifier: code from outside runs only when nothing it does can hurt the engine.
//
// It walks every path of a function with an abstract stack: for each slot the kind of thing there (enum kind), and the block records.
// At each place that jumps or handlers lead to, the states seen so far are kept; a new state is joined with one of the same shape.
// Rules beyond operand ranges and stack depth (all of them hold for compiled code):
//  - a record's protected code never touches the stack below the record's height; its handler not below height - adjust, where
//    adjust is 2 for `with` (handler starts with WITH_CLEANUP), 1 for `async with` (starts with DUP_TOP), else 0;
//  - END_FINALLY sees a reason at exactly that height; no jump leads from a handler back into the protected code;
//  - values that are no objects (NULL, iterators in place, method selves) are used only by the instructions meant for them.
// Cleanup code is walked once for each width of the reason it can be entered with (one slot: None or an exception; two: a value and
// an integer). The engine relies on all of this (run/vm.c); it relies on nothing that is not checked here.
#include "code/code.h"
#include "code/opcodes.h"
#include "heap/heap.h"
#include "heap/intern.h"
#include "run/engine.h"

enum kind {
    K_ANY,    // an object
    K_STR,    // an interned text
    K_DICT, K_LIST, K_SET, // made here
    K_NONE, K_EXC, // None; the exception delivered to a handler
    K_REASON, // None or an exception
    K_BASE,   // the class BaseException, loaded to be matched at once
    K_TRUE, K_FALSE, // outcome of a match that is known
    K_NOT_EXC, // copy of an integer reason
    K_LAST_VALUE = K_NOT_EXC,
    K_NULL, K_MAYBE, // no object; object or none
    K_ITER0, K_ITER1, K_ITER2, K_ITER3, // an iterator in place
    K_RVALUE, K_RINT // a two-slot reason
};
enum { MAX_STATES = 64, MAX_BLOCKS = 255, MAX_STATE_WORDS = 0xffff };

struct record {
    uint32_t handler, height;
    uint8_t adjust;
    bool cleanup;
};
struct state {
    struct state *next; // of the same place
    uint32_t depth, n_blocks;
    bool pending;
    struct record *blocks;
    uint8_t *kinds;
};
struct verifier {
    const struct code *code;
    const struct code_info *info;
    const qstr_t *names;
    size_t n_names, n_constants;
    bool base_exception; // the name being walked is BaseException
    const uint8_t *start;
    size_t len, limit; // bytes of code, slots for the stack
    uint8_t *marks;    // for each position: 1 instruction start, 2 place that a jump or handler leads to
    struct state **places;
    uint32_t *worklist;
    size_t n_work, work_room;
    size_t steps;
    struct state now;  // the walking state (buffers of full size)
    const char *error;
    uint32_t at;       // position of the instruction being walked
};

static bool fail(struct verifier *v, const char *error) {
    if (!v->error) v->error = error;
    return false;
}

// ---- pass 1: instruction boundaries ---------------------------------------------------------------------------------------
static bool operand_complete(const uint8_t *ip, const uint8_t *end) {
    unsigned op = *ip;
    const uint8_t *p = ip + 1;
    size_t groups = 0;
    if (op < 0x40) {
        do {
            if (p >= end || ++groups > 10) return false;
        } while (*p++ & 0x80);
    } else if (op < 0x50) {
        if (p >= end) return false;
        p += *p & 0x80 ? 2 : 1;
    }
    if (op == BC_MAKE_CLOSURE || op == BC_MAKE_CLOSURE_DEFARGS || op == BC_UNWIND_JUMP) p++;
    return p <= end;
}

static bool label_target(const struct verifier *v, size_t at, size_t *target) {
    const uint8_t *p = v->start + at + 1;
    unsigned op = v->start[at];
    bool two = *p & 0x80;
    intptr_t d = two ? (*p & 0x7f) | p[1] << 7 : *p;
    if (op <= BC_POP_JUMP_IF_FALSE) d -= two ? 0x4000 : 0x40;
    intptr_t to = (intptr_t)at + 1 + (two ? 2 : 1) + d;
    if (to < 0 || (size_t)to >= v->len) return false;
    *target = (size_t)to;
    return true;
}

static bool verify_boundaries(struct verifier *v) {
    const uint8_t *end = v->start + v->len;
    for (size_t at = 0; at < v->len; at += opcode_length(v->start + at)) {
        if (!opcode_table[v->start[at]].mnemonic) return fail(v, "unassigned opcode");
        if (!operand_complete(v->start + at, end)) return fail(v, "instruction cut short");
        v->marks[at] |= 1;
    }
    for (size_t at = 0; at < v->len; at += opcode_length(v->start + at)) {
        size_t target;
        unsigned op = v->start[at];
        if (op < 0x40 || op >= 0x50) continue;
        if (!label_target(v, at, &target) || !(v->marks[target] & 1)) return fail(v, "jump to no instruction");
        v->marks[target] |= 2;
    }
    return true;
}

// ---- states ---------------------------------------------------------------------------------------------------------------
static int kind_join(unsigned a, unsigned b) {
    if (a == b) return (int)a;
    if ((a == K_NULL || a == K_MAYBE) && (b <= K_LAST_VALUE || b == K_NULL || b == K_MAYBE)) return K_MAYBE;
    if ((b == K_NULL || b == K_MAYBE) && a <= K_LAST_VALUE) return K_MAYBE;
    if (a > K_LAST_VALUE || b > K_LAST_VALUE) return -1;
    bool reason_a = a == K_NONE || a == K_EXC || a == K_REASON, reason_b = b == K_NONE || b == K_EXC || b == K_REASON;
    return reason_a && reason_b ? K_REASON : K_ANY;
}

static bool state_joins(struct state *old, const struct state *new, bool *changed) {
    if (old->depth != new->depth || old->n_blocks != new->n_blocks) return false;
    for (uint32_t i = 0; i < old->n_blocks; i++) {
        const struct record *a = &old->blocks[i], *b = &new->blocks[i];
        if (a->handler != b->handler || a->height != b->height || a->adjust != b->adjust || a->cleanup != b->cleanup) return false;
    }
    for (uint32_t i = 0; i < old->depth; i++)
        if (kind_join(old->kinds[i], new->kinds[i]) < 0) return false;
    *changed = false;
    for (uint32_t i = 0; i < old->depth; i++) {
        uint8_t joined = (uint8_t)kind_join(old->kinds[i], new->kinds[i]);
        if (joined != old->kinds[i]) *changed = true;
        old->kinds[i] = joined;
    }
    return true;
}

static void work_push(struct verifier *v, uint32_t at) {
    if (v->n_work == v->work_room) {
        v->work_room = v->work_room ? v->work_room * 2 : 64;
        v->worklist = host_resize(v->worklist, v->work_room * sizeof *v->worklist);
    }
    v->worklist[v->n_work++] = at;
}

// The walking state (or a variant of it) arrives at a place.
static bool state_arrive(struct verifier *v, size_t at, const struct state *s) {
    size_t count = 0;
    for (struct state *old = v->places[at]; old; old = old->next) {
        bool changed;
        if (state_joins(old, s, &changed)) {
            if (changed && !old->pending) {
                old->pending = true;
                work_push(v, (uint32_t)at);
            }
            return true;
        }
        if (++count >= MAX_STATES) return fail(v, "too many ways to reach an instruction");
    }
    struct state *new = host_alloc(sizeof *new + s->n_blocks * sizeof(struct record) + s->depth);
    new->blocks = (struct record *)(new + 1);
    new->kinds = (uint8_t *)(new->blocks + s->n_blocks);
    if (s->n_blocks) memcpy(new->blocks, s->blocks, s->n_blocks * sizeof(struct record));
    if (s->depth) memcpy(new->kinds, s->kinds, s->depth);
    new->depth = s->depth;
    new->n_blocks = s->n_blocks;
    new->pending = true;
    new->next = v->places[at];
    v->places[at] = new;
    work_push(v, (uint32_t)at);
    return true;
}

// An edge of the flow graph: no way leads from a handler back into what it protects.
static bool edge(struct verifier *v, size_t to, const struct state *s) {
    for (uint32_t i = 0; i < s->n_blocks; i++)
        if (v->at >= s->blocks[i].handler && to < s->blocks[i].handler) return fail(v, "jump from a handler into its protected code");
    return state_arrive(v, to, s);
}

static uint32_t stack_floor(const struct verifier *v) {
    if (!v->now.n_blocks) return 0;
    const struct record *top = &v->now.blocks[v->now.n_blocks - 1];
    return v->at < top->handler ? top->height : top->height - top->adjust;
}

static bool need(struct verifier *v, size_t n) {
    if (v->now.depth < n || v->now.depth - n < stack_floor(v)) return fail(v, "stack underflow");
    return true;
}

static bool push(struct verifier *v, enum kind kind) {
    if (v->now.depth >= v->limit) return fail(v, "stack overflow");
    v->now.kinds[v->now.depth++] = (uint8_t)kind;
    return true;
}

static unsigned kind_at(const struct verifier *v, size_t below) { return v->now.kinds[v->now.depth - 1 - below]; }

// n objects on top, popped.
static bool pop_values(struct verifier *v, size_t n) {
    if (!need(v, n)) return false;
    for (size_t i = 0; i < n; i++)
        if (kind_at(v, i) > K_LAST_VALUE) return fail(v, "operand is no object");
    v->now.depth -= (uint32_t)n;
    return true;
}

static bool pop_push(struct verifier *v, size_t n, enum kind kind) { return pop_values(v, n) && push(v, kind); }

// ---- blocks ------------------------------------------------------------------------------------------------------------------
static bool enter_block(struct verifier *v, size_t handler, uint32_t height, bool cleanup) {
    struct state *s = &v->now;
    if (s->n_blocks >= v->info->n_blocks) return fail(v, "too many nested blocks");
    unsigned first = v->start[handler];
    uint8_t adjust = !cleanup ? 0 : first == BC_WITH_CLEANUP ? 2 : first == BC_DUP_TOP ? 1 : 0;
    uint32_t below = stack_floor(v);
    if (handler <= v->at || height < adjust || height - adjust < below) return fail(v, "bad block");
    if (height + (cleanup ? 2 : 1) > v->limit) return fail(v, "stack overflow");
    // `async with` puts None in the place of its manager just before the handler: nothing more is known of that slot
    if (adjust == 1) {
        if (s->kinds[height - 1] > K_LAST_VALUE) return fail(v, "operand is no object");
        s->kinds[height - 1] = K_ANY;
    }
    s->blocks[s->n_blocks++] = (struct record){(uint32_t)handler, height, adjust, cleanup};
    uint32_t depth = s->depth;
    uint8_t saved[2] = {s->kinds[height], height + 1 < v->limit ? s->kinds[height + 1] : 0};
    s->depth = height + 1;
    s->kinds[height] = K_EXC;
    bool fine = state_arrive(v, handler, s);
    if (fine && cleanup) {
        s->depth = height + 2;
        s->kinds[height] = K_RVALUE;
        s->kinds[height + 1] = K_RINT;
        fine = state_arrive(v, handler, s);
    }
    s->kinds[height] = saved[0];
    if (height + 1 < v->limit) s->kinds[height + 1] = saved[1];
    s->depth = depth;
    return fine;
}

static bool is_reason(unsigned kind) { return kind == K_NONE || kind == K_EXC || kind == K_REASON; }

// Takes the reason off; *raises: it can only be an exception. Its width does not matter further.
static bool pop_reason(struct verifier *v, bool *goes_on) {
    struct state *s = &v->now;
    if (!need(v, 1)) return false;
    unsigned top = kind_at(v, 0);
    if (is_reason(top)) {
        *goes_on = top != K_EXC;
        s->depth--;
        return true;
    }
    if (s->depth >= 2 && top == K_RINT && kind_at(v, 1) == K_RVALUE) {
        *goes_on = false;
        s->depth -= 2;
        return true;
    }
    return fail(v, "no reason for cleanup on the stack");
}

static bool end_finally(struct verifier *v, bool *goes_on) {
    struct state *s = &v->now;
    if (!s->n_blocks) return fail(v, "END_FINALLY outside a block");
    struct record r = s->blocks[s->n_blocks - 1];
    if (v->at < r.handler) return fail(v, "END_FINALLY in protected code");
    if (!pop_reason(v, goes_on)) return false;
    if (s->depth != r.height - r.adjust) return fail(v, "unbalanced stack in cleanup code");
    s->n_blocks--;
    return true;
}

static bool with_cleanup(struct verifier *v) {
    struct state *s = &v->now;
    size_t width = s->depth && kind_at(v, 0) == K_RINT ? 2 : 1;
    if (!s->n_blocks || v->at != s->blocks[s->n_blocks - 1].handler || !need(v, width + 2)) return fail(v, "misplaced WITH_CLEANUP");
    if (width == 2 ? kind_at(v, 1) != K_RVALUE : !is_reason(kind_at(v, 0))) return fail(v, "no reason for cleanup on the stack");
    if (kind_at(v, width) > K_MAYBE || kind_at(v, width + 1) > K_LAST_VALUE) return fail(v, "no exit method on the stack");
    uint8_t *top = s->kinds + s->depth;
    if (width == 2) {
        top[-4] = K_RVALUE;
        top[-3] = K_RINT;
    } else {
        top[-3] = kind_at(v, 0) == K_NONE ? K_NONE : K_REASON;
    }
    s->depth -= 2;
    return true;
}

static bool pop_except(struct verifier *v, size_t target) {
    struct state *s = &v->now;
    if (!s->n_blocks || s->blocks[s->n_blocks - 1].cleanup) return fail(v, "POP_EXCEPT_JUMP outside a try block");
    if (s->depth != s->blocks[s->n_blocks - 1].height) return fail(v, "unbalanced stack in a try block");
    s->n_blocks--;
    return edge(v, target, s);
}

static bool unwind_jump(struct verifier *v, size_t target, unsigned extra) {
    struct state *s = &v->now;
    unsigned count = extra & 0x7f;
    if (!count || count > s->n_blocks) return fail(v, "UNWIND_JUMP leaves too many blocks");
    struct record last = s->blocks[s->n_blocks - count];
    if (s->depth + 1 > v->limit) return fail(v, "stack overflow"); // the destination
    if (s->depth < stack_floor(v)) return fail(v, "stack underflow");
    uint32_t depth = last.height - last.adjust;
    if (extra & 0x80) {
        if (depth < 4) return fail(v, "stack underflow");
        depth -= 4;
    }
    s->n_blocks -= count;
    if (s->n_blocks) {
        const struct record *outer = &s->blocks[s->n_blocks - 1];
        if (depth < (v->at < outer->handler ? outer->height : outer->height - outer->adjust)) return fail(v, "stack underflow");
    }
    s->depth = depth;
    return edge(v, target, s);
}

// ---- instructions ---------------------------------------------------------------------------------------------------------------
static bool check_local(struct verifier *v, size_t k) { return k < v->info->n_state ? true : fail(v, "local out of range"); }

static bool is_cell(const struct verifier *v, size_t k) {
    if (k < v->info->n_pos) return true; // may have come from a closure: the engine looks
    for (size_t i = 0; i < v->info->n_cells; i++)
        if (v->info->cells[i] == k) return true;
    return false;
}

static bool check_call(struct verifier *v, size_t operand, bool method, bool unpacking) {
    size_t n = operand & 0xff, kw = operand >> 8;
    if (kw > 0xff) return fail(v, "bad call");
    if (!need(v, n + 2 * kw + 1 + method + unpacking)) return false;
    if (unpacking && !pop_values(v, 1)) return false;
    for (size_t i = 0; i < kw; i++) {
        unsigned name = kind_at(v, 1);
        if (kind_at(v, 0) > K_LAST_VALUE || (name != K_STR && !(unpacking && name == K_NULL))) return fail(v, "bad keyword argument");
        v->now.depth -= 2;
    }
    if (!pop_values(v, n)) return false;
    if (method) {
        if (kind_at(v, 0) > K_MAYBE) return fail(v, "bad method call");
        v->now.depth--;
    }
    return pop_push(v, 1, K_ANY);
}

static bool check_for(struct verifier *v, size_t target) {
    struct state *s = &v->now;
    if (!need(v, 4)) return false;
    bool in_place = kind_at(v, 3) == K_ITER0 && kind_at(v, 2) == K_ITER1 && kind_at(v, 1) == K_ITER2 && kind_at(v, 0) == K_ITER3;
    bool by_reference = kind_at(v, 3) == K_NULL && kind_at(v, 2) <= K_LAST_VALUE && kind_at(v, 1) == K_NULL && kind_at(v, 0) == K_NULL;
    if (!in_place && !by_reference) return fail(v, "FOR_ITER without an iterator");
    s->depth -= 4;
    if (!edge(v, target, s)) return false;
    s->depth += 4;
    return push(v, K_ANY);
}

static bool check_store_comp(struct verifier *v, size_t operand) {
    static const uint8_t wanted[3] = {K_LIST, K_DICT, K_SET};
    size_t below = operand >> 2, kind = operand & 3;
    if (kind > 2 || below < (kind == 1 ? 2u : 1u) || below >= v->now.depth) return fail(v, "bad STORE_COMP");
    if (kind_at(v, below) != wanted[kind]) return fail(v, "STORE_COMP into something else");
    return pop_values(v, kind == 1 ? 2 : 1);
}

static bool check_make(struct verifier *v, size_t child, size_t cells, bool defaults) {
    if (child >= v->code->info->n_children) return fail(v, "child out of range");
    if (cells && !pop_values(v, cells)) return false;
    if (defaults) {
        if (!need(v, 2)) return false;
        unsigned dict = kind_at(v, 0), tuple = kind_at(v, 1);
        if ((dict != K_DICT && dict != K_NULL) || (tuple > K_LAST_VALUE && tuple != K_NULL)) return fail(v, "bad default values");
        v->now.depth -= 2;
    }
    return push(v, K_ANY);
}

static bool walk_string(struct verifier *v, unsigned op, size_t operand, const uint8_t *after) {
    if (operand >= v->n_names) return fail(v, "name out of range");
    switch (op) {
    case BC_LOAD_CONST_STRING: return push(v, K_STR);
    case BC_LOAD_GLOBAL: {
        bool matched = v->base_exception && (size_t)(after - v->start) < v->len && *after == BC_BINARY_OP_MULTI + OP_EXC_MATCH;
        return push(v, matched ? K_BASE : K_ANY);
    }
    case BC_LOAD_METHOD: return pop_values(v, 1) && push(v, K_ANY) && push(v, K_MAYBE);
    case BC_LOAD_SUPER_METHOD: return pop_values(v, 3) && push(v, K_ANY) && push(v, K_MAYBE);
    case BC_STORE_ATTR:
        if (!pop_values(v, 1) || !need(v, 1)) return false;
        if (kind_at(v, 0) == K_NULL) v->now.depth--;
        else return pop_values(v, 1);
        return true;
    case BC_IMPORT_FROM: return need(v, 1) && kind_at(v, 0) <= K_LAST_VALUE ? push(v, K_ANY) : fail(v, "operand is no object");
    default: {
        struct opcode_effect e = opcode_effect(op, operand, 0);
        if (!pop_values(v, e.pops)) return false;
        return e.pushes ? push(v, K_ANY) : true;
    }
    }
}

static bool walk_number(struct verifier *v, unsigned op, size_t operand, unsigned extra) {
    switch (op) {
    case BC_LOAD_CONST_SMALL_INT: return push(v, K_ANY);
    case BC_LOAD_CONST_OBJ: return operand < v->n_constants ? push(v, K_ANY) : fail(v, "constant out of range");
    case BC_LOAD_FAST_N: return check_local(v, operand) && push(v, K_ANY);
    case BC_STORE_FAST_N: return check_local(v, operand) && pop_values(v, 1);
    case BC_DELETE_FAST: return check_local(v, operand);
    case BC_LOAD_DEREF: return check_local(v, operand) && (is_cell(v, operand) ? push(v, K_ANY) : fail(v, "local is no cell"));
    case BC_STORE_DEREF: return check_local(v, operand) && (is_cell(v, operand) ? pop_values(v, 1) : fail(v, "local is no cell"));
    case BC_DELETE_DEREF: return check_local(v, operand) && (is_cell(v, operand) ? true : fail(v, "local is no cell"));
    case BC_BUILD_TUPLE: return pop_push(v, operand, K_ANY);
    case BC_BUILD_LIST: return pop_push(v, operand, K_LIST);
    case BC_BUILD_SET: return pop_push(v, operand, K_SET);
    case BC_BUILD_MAP: return operand <= 0xffff ? push(v, K_DICT) : fail(v, "dict too large");
    case BC_BUILD_SLICE: return operand == 2 || operand == 3 ? pop_push(v, operand, K_ANY) : fail(v, "bad slice");
    case BC_STORE_COMP: return check_store_comp(v, operand);
    case BC_UNPACK_SEQUENCE:
    case BC_UNPACK_EX: {
        size_t n = op == BC_UNPACK_EX ? (operand & 0xff) + (operand >> 8) + 1 : operand;
        if (n > v->limit || !pop_values(v, 1)) return fail(v, "stack overflow");
        // UNPACK_SEQUENCE 0 still uses the slot of the sequence
        for (size_t i = 0; i < n; i++)
            if (!push(v, K_ANY)) return false;
        return true;
    }
    case BC_MAKE_FUNCTION: return check_make(v, operand, 0, false);
    case BC_MAKE_FUNCTION_DEFARGS: return check_make(v, operand, 0, true);
    case BC_MAKE_CLOSURE: return check_make(v, operand, extra, false);
    case BC_MAKE_CLOSURE_DEFARGS: return check_make(v, operand, extra, true);
    case BC_CALL_FUNCTION: return check_call(v, operand, false, false);
    case BC_CALL_METHOD: return check_call(v, operand, true, false);
    case BC_CALL_FUNCTION_VAR_KW: return check_call(v, operand, false, true);
    case BC_CALL_METHOD_VAR_KW: return check_call(v, operand, true, true);
    default: return fail(v, "unassigned opcode");
    }
}

static bool walk_jump(struct verifier *v, unsigned op, size_t target, unsigned extra, bool *goes_on) {
    struct state *s = &v->now;
    switch (op) {
    case BC_UNWIND_JUMP: *goes_on = false; return unwind_jump(v, target, extra);
    case BC_JUMP: *goes_on = false; return edge(v, target, s);
    case BC_POP_JUMP_IF_TRUE:
    case BC_POP_JUMP_IF_FALSE: {
        if (!need(v, 1)) return false;
        unsigned known = kind_at(v, 0);
        if (!pop_values(v, 1)) return false;
        bool jumps = known != (op == BC_POP_JUMP_IF_TRUE ? K_FALSE : K_TRUE);
        *goes_on = known != (op == BC_POP_JUMP_IF_TRUE ? K_TRUE : K_FALSE);
        return !jumps || edge(v, target, s);
    }
    case BC_JUMP_IF_TRUE_OR_POP:
    case BC_JUMP_IF_FALSE_OR_POP:
        if (!pop_push(v, 1, K_ANY) || !edge(v, target, s)) return false;
        return pop_values(v, 1);
    case BC_SETUP_WITH:
        if (!pop_values(v, 1) || !push(v, K_ANY) || !push(v, K_MAYBE)) return false;
        return enter_block(v, target, s->depth, true) && push(v, K_ANY);
    case BC_SETUP_EXCEPT: return enter_block(v, target, s->depth, false);
    case BC_SETUP_FINALLY: return enter_block(v, target, s->depth, true);
    case BC_POP_EXCEPT_JUMP: *goes_on = false; return pop_except(v, target);
    case BC_FOR_ITER: return check_for(v, target);
    default: return fail(v, "unassigned opcode");
    }
}

// ROT_TWO JUMP at the end of the body of `async with`, right before the handler: the one place where protected code reaches the manager.
static bool leaves_async_with(const struct verifier *v) {
    const struct state *s = &v->now;
    if (!s->n_blocks || s->depth < 2) return false;
    const struct record *top = &s->blocks[s->n_blocks - 1];
    size_t jump = v->at + 1;
    return top->adjust == 1 && jump < v->len && v->start[jump] == BC_JUMP && jump + opcode_length(v->start + jump) == top->handler &&
           s->depth - 2 >= top->height - 1;
}

static bool shuffle(struct verifier *v, unsigned op) {
    struct state *s = &v->now;
    size_t n = op == BC_DUP_TOP ? 1 : op == BC_ROT_THREE ? 3 : 2;
    bool looks_only = op == BC_DUP_TOP || op == BC_DUP_TOP_TWO; // what lies below a block may be looked at
    if (looks_only ? s->depth < n : !(op == BC_ROT_TWO && leaves_async_with(v)) && !need(v, n)) return fail(v, "stack underflow");
    uint8_t *top = s->kinds + s->depth - 1, saved = *top;
    for (size_t i = 0; i < n; i++)
        if (top[-(ptrdiff_t)i] >= K_ITER0 && top[-(ptrdiff_t)i] <= K_ITER3) return fail(v, "iterator moved");
    switch (op) {
    case BC_DUP_TOP:
        if (saved == K_RVALUE) return fail(v, "operand is no object");
        return push(v, saved == K_RINT ? K_NOT_EXC : saved);
    case BC_DUP_TOP_TWO:
        if (top[0] > K_LAST_VALUE || top[-1] > K_LAST_VALUE) return fail(v, "operand is no object");
        {
            uint8_t second = top[-1];
            return push(v, second) && push(v, saved);
        }
    case BC_ROT_TWO:
        top[0] = top[-1];
        top[-1] = saved;
        return true;
    default:
        top[0] = top[-1];
        top[-1] = top[-2];
        top[-2] = saved;
        return true;
    }
}

static bool walk_match(struct verifier *v) {
    if (!need(v, 2)) return false;
    unsigned type = kind_at(v, 0), e = kind_at(v, 1);
    if (!pop_values(v, 2)) return false;
    if (type == K_BASE && e == K_EXC) return push(v, K_TRUE);
    if (type == K_BASE && e == K_NOT_EXC) return push(v, K_FALSE);
    return push(v, K_ANY);
}

static bool walk_plain(struct verifier *v, unsigned op, bool *goes_on) {
    struct state *s = &v->now;
    bool generator = v->info->flags & CODE_GENERATOR;
    switch (op) {
    case BC_LOAD_CONST_NONE: return push(v, K_NONE);
    case BC_LOAD_NULL: return push(v, K_NULL);
    case BC_DUP_TOP: case BC_DUP_TOP_TWO: case BC_ROT_TWO: case BC_ROT_THREE: return shuffle(v, op);
    case BC_POP_TOP:
        if (!need(v, 1)) return false;
        s->depth--;
        return true;
    case BC_STORE_SUBSCR:
        if (!pop_values(v, 2) || !need(v, 1)) return false;
        if (kind_at(v, 0) != K_NULL) return pop_values(v, 1);
        s->depth--;
        return true;
    case BC_GET_ITER_STACK:
        return pop_values(v, 1) && push(v, K_ITER0) && push(v, K_ITER1) && push(v, K_ITER2) && push(v, K_ITER3);
    case BC_STORE_MAP:
        if (!need(v, 3) || kind_at(v, 2) != K_DICT) return fail(v, "STORE_MAP into something else");
        return pop_values(v, 2);
    case BC_WITH_CLEANUP: return with_cleanup(v);
    case BC_END_FINALLY: return end_finally(v, goes_on);
    case BC_RETURN_VALUE: case BC_RAISE_OBJ: *goes_on = false; return pop_values(v, 1);
    case BC_RAISE_LAST: *goes_on = false; return true;
    case BC_RAISE_FROM: *goes_on = false; return pop_values(v, 2);
    case BC_YIELD_VALUE: return generator ? pop_push(v, 1, K_ANY) : fail(v, "yield outside a generator");
    case BC_YIELD_FROM: return generator ? pop_push(v, 2, K_ANY) : fail(v, "yield outside a generator");
    default: break;
    }
    if (op >= 0x70 && op <= 0xaf) return push(v, K_ANY);
    if (op >= 0xb0 && op <= 0xbf) return check_local(v, op - 0xb0) && push(v, K_ANY);
    if (op >= 0xc0 && op <= 0xcf) return check_local(v, op - 0xc0) && pop_values(v, 1);
    if (op == BC_BINARY_OP_MULTI + OP_EXC_MATCH) return walk_match(v);
    struct opcode_effect e = opcode_effect(op, 0, 0);
    if (!pop_values(v, e.pops)) return false;
    for (size_t i = 0; i < e.pushes; i++)
        if (!push(v, K_ANY)) return false;
    return true;
}

// One instruction at `at`. *goes_on: control can reach the next one.
static bool walk_one(struct verifier *v, size_t at, bool *goes_on) {
    const uint8_t *ip = v->start + at + 1, *after = v->start + at + opcode_length(v->start + at);
    unsigned op = v->start[at];
    v->at = (uint32_t)at;
    *goes_on = true;
    if (op < 0x40) {
        if (op == BC_LOAD_CONST_SMALL_INT) return push(v, K_ANY);
        size_t operand = varint_read(&ip);
        if (op < 0x20) {
            v->base_exception = op == BC_LOAD_GLOBAL && operand < v->n_names && v->names[operand] == Q_BaseException;
            return walk_string(v, op, operand, after);
        }
        return walk_number(v, op, operand, *ip);
    }
    if (op < 0x50) {
        size_t target;
        return label_target(v, at, &target) && walk_jump(v, op, target, after[-1], goes_on);
    }
    return walk_plain(v, op, goes_on);
}

static bool walk_from(struct verifier *v, size_t at) {
    bool first = true;
    for (;;) {
        if (at >= v->len) return fail(v, "code runs off its end");
        if (!first && (v->marks[at] & 2)) return edge(v, at, &v->now);
        first = false;
        if (++v->steps > 64 * v->len + 100000) return fail(v, "code too complex");
        bool goes_on;
        if (!walk_one(v, at, &goes_on)) return false;
        if (!goes_on) return true;
        size_t next = at + opcode_length(v->start + at);
        for (uint32_t i = 0; i < v->now.n_blocks; i++)
            if (at >= v->now.blocks[i].handler && next < v->now.blocks[i].handler) return fail(v, "bad block");
        at = next;
    }
}

static bool verify_flow(struct verifier *v) {
    v->now.depth = v->now.n_blocks = 0;
    v->at = 0;
    v->marks[0] |= 2;
    if (!state_arrive(v, 0, &v->now)) return false;
    while (v->n_work) {
        size_t at = v->worklist[--v->n_work];
        for (struct state *s = v->places[at]; s; s = s->next) {
            if (!s->pending) continue;
            s->pending = false;
            v->now.depth = s->depth;
            v->now.n_blocks = s->n_blocks;
            if (s->depth) memcpy(v->now.kinds, s->kinds, s->depth);
            if (s->n_blocks) memcpy(v->now.blocks, s->blocks, s->n_blocks * sizeof(struct record));
            if (!walk_from(v, at)) return false;
        }
    }
    return true;
}

static size_t verify_count_locals(const struct code_info *info) {
    size_t locals = info->n_pos + (size_t)info->n_kwonly + !!(info->flags & CODE_VARARGS) + !!(info->flags & CODE_KWARGS);
    for (size_t i = 0; i < info->n_cells; i++)
        if (info->cells[i] + 1u > locals) locals = info->cells[i] + 1u;
    const uint8_t *end = info->start + info->code_len;
    for (const uint8_t *ip = info->start; ip < end; ip += opcode_length(ip)) {
        const uint8_t *operand = ip + 1;
        size_t k = *ip >= 0xb0 && *ip <= 0xcf ? (*ip & 0xfu) + 1 : *ip >= 0x24 && *ip <= 0x29 ? varint_read(&operand) + 1 : 0;
        if (k > locals) locals = k;
    }
    return locals;
}

static void verifier_free(struct verifier *v) {
    if (v->places) {
        for (size_t i = 0; i < v->len; i++) {
            while (v->places[i]) {
                struct state *s = v->places[i];
                v->places[i] = s->next;
                host_free(s);
            }
        }
    }
    host_free(v->places);
    host_free(v->marks);
    host_free(v->worklist);
    host_free(v->now.kinds);
    host_free(v->now.blocks);
}

const char *code_verify_info(const struct code *code, const struct code_info *info, const qstr_t *names, size_t n_names,
    size_t n_constants) {
    if (info->n_state > MAX_STATE_WORDS || info->n_blocks > MAX_BLOCKS || info->n_defaults > info->n_pos) return "bad frame";
    if (info->code_len == 0) return "no code";
    struct verifier v = {.code = code, .info = info, .names = names, .n_names = n_names, .n_constants = n_constants, .start = info->start,
                         .len = info->code_len};
    v.marks = host_alloc(v.len);
    memset(v.marks, 0, v.len);
    if (verify_boundaries(&v)) {
        size_t locals = verify_count_locals(info);
        if (locals > info->n_state) {
            fail(&v, "local out of range");
        } else {
            v.limit = info->n_state - locals;
            v.places = host_alloc(v.len * sizeof *v.places);
            memset(v.places, 0, v.len * sizeof *v.places);
            v.now.kinds = host_alloc(info->n_state + 4);
            memset(v.now.kinds, 0, info->n_state + 4);
            v.now.blocks = host_alloc((info->n_blocks + 1) * sizeof(struct record));
            verify_flow(&v);
        }
    }
    verifier_free(&v);
    return v.error;
}
