// SPDX-License-Identifier: MIT
// Collection: mark, finalise, sweep (spec/heap-model.md 1.6 and 1.7).
//
// Marking sets the mark bits of all blocks of a run, so that the sweep is a handful of word operations for 64 blocks. Runs to be scanned
// wait on a stack of (first block, number of blocks), at most one entry for each run, for which there is always room. A long run is
// scanned a piece at a time: its children are then scanned while they are still in the cache. Nearly all the time of a collection
// is waiting for memory; hence the batches.
//
// A word counts as a reference when it is the address of the head of a run. Plain data is marked and never scanned.
//
// Roots: rt, all frames (exactly), the pools of interned texts, registered roots, and the C stack from the caller of heap_collect() up,
// registers included.
#include "heap/blocks.h"
#include "heap/roots.h"
#include "objects/types.h"
#include "rt.h"
#include "run/call.h"
#include "run/raise.h"
#include "run/thread.h"
#include "run/vm.h"

enum { PIECE = 16, ROOTS_MAX = 16 };

char *heap_c_stack_floor;
static void (*roots[ROOTS_MAX])(void);
static size_t n_roots, n_pending;

void heap_add_root(void (*mark)(void)) {
    for (size_t i = 0; i < n_roots; i++)
        if (roots[i] == mark) return;
    if (n_roots < ROOTS_MAX) roots[n_roots++] = mark;
}

// The scanner reads whole stacks, red zones included; and it must find locals on the real stack.
const char *__asan_default_options(void);
const char *__asan_default_options(void) { return "detect_stack_use_after_return=0"; }

// ---- mark ---------------------------------------------------------------------------------------------------------------
// Runs are scanned in batches: all references of a batch are gathered before the bits of the first are looked at.
enum { BATCH = 16, WORDS = HOST_BLOCK / sizeof(uintptr_t) };

static void group_mark(size_t b, size_t n) {
    for (size_t k; n > 0; b += k, n -= k) {
        k = GROUP - b % GROUP;
        if (k > n) k = n;
        heap.groups[b / GROUP].mark |= bits_range(b % GROUP, k);
    }
}

// Marks the run if block b is the head of one not yet marked; if it is to be scanned it goes to pending[n]. Returns the new n.
static inline size_t block_mark(size_t b, uint64_t *pending, size_t n) {
    struct group *g = &heap.groups[b / GROUP];
    uint64_t bit = (uint64_t)1 << (b % GROUP), length = 1;
    if (!(g->head & ~g->mark & bit)) return n;
    if (bit >> 63 || (g->used & ~g->head & bit << 1)) {
        length = run_length(b);
        group_mark(b, length);
    } else {
        g->mark |= bit;
    }
    if (g->scan & bit) pending[n++] = length << 32 | b;
    return n;
}

void heap_mark(const void *p) {
    size_t b;
    if (pointer_block(p, &b)) n_pending = block_mark(b, heap.pending, n_pending);
}

static inline __attribute__((no_sanitize("address"))) size_t words_find(const uintptr_t *word, size_t n, uint32_t *found, size_t count) {
    uintptr_t base = (uintptr_t)heap.base, end = heap_end();
    const struct group *groups = heap.groups;
    for (size_t i = 0; i < n; i++) {
        uintptr_t offset = word[i] - base, b = offset >> HOST_SHIFT | offset << (64 - HOST_SHIFT); // huge when not at a block
        if (b >= end) continue;
        __builtin_prefetch(&groups[b / GROUP]);
        found[count++] = (uint32_t)b;
    }
    return count;
}

static void pending_drain(void) {
    uint64_t *pending = heap.pending, batch[BATCH];
    uint32_t found[BATCH * PIECE * WORDS];
    size_t n = n_pending;
    while (n > 0) {
        size_t taken = 0, count = 0;
        for (; n > 0 && taken < BATCH; taken++) {
            batch[taken] = pending[--n];
            __builtin_prefetch(block_pointer((uint32_t)batch[taken]));
        }
        for (size_t i = 0; i < taken; i++) {
            size_t b = (uint32_t)batch[i], length = batch[i] >> 32;
            if (length > PIECE) { // the rest goes back to wait
                pending[n++] = (uint64_t)(length - PIECE) << 32 | (b + PIECE);
                length = PIECE;
            }
            count = words_find(block_pointer(b), length * WORDS, found, count);
        }
        for (size_t i = 0; i < count; i++) n = block_mark(found[i], pending, n);
    }
    n_pending = 0;
}

__attribute__((no_sanitize("address"))) void heap_mark_words(const void *from, size_t n_words) {
    const uintptr_t *word = from;
    uint32_t found[PIECE * WORDS];
    for (size_t n; n_words > 0; word += n, n_words -= n) {
        n = n_words < PIECE * WORDS ? n_words : PIECE * WORDS;
        size_t count = words_find(word, n, found, 0);
        for (size_t i = 0; i < count; i++) n_pending = block_mark(found[i], heap.pending, n_pending);
        pending_drain();
    }
}

static __attribute__((no_sanitize("address"))) void stack_mark_part(const char *from, const char *to) {
    from = (const char *)((uintptr_t)from & ~(uintptr_t)(sizeof(uintptr_t) - 1));
    if (from < to) heap_mark_words(from, (size_t)(to - from) / sizeof(uintptr_t));
}

// The C stack from this address up. What the innermost engine loop works with is in its Python frame; its C frame is left out, since it
// is full of words that were in use once.
static void stack_mark(const char *from) {
    const char *engine = rt.engine_stack;
    if (engine && rt.engine_bytes && from < engine) {
        stack_mark_part(from, engine - rt.engine_bytes);
        from = engine;
    }
    stack_mark_part(from, rt.c_stack_top);
}

// What a thread holds, be it the running one or another whose state is in rt for the moment. stack NULL: it has not begun.
static void thread_mark(const char *stack) {
    frame_mark_all();
    for (size_t i = 0; i < n_roots; i++) roots[i]();
    pending_drain();
    if (stack) stack_mark(stack);
    pending_drain();
}

static void roots_mark(const char *stack) {
    heap_mark_words(&rt, sizeof rt / sizeof(uintptr_t));
    intern_mark();
    thread_mark(heap_c_stack_floor ? heap_c_stack_floor : stack);
    heap_c_stack_floor = NULL;
    thread_mark_others(thread_mark);
}

void (*heap_weak_hook)(void);

bool heap_is_marked(const void *p) {
    size_t b;
    return pointer_block(p, &b) && (heap.groups[b / GROUP].mark >> (b % GROUP) & 1);
}

// ---- finalisers -----------------------------------------------------------------------------------------------------------
static void finaliser_call(void *run) {
    const struct object *o = run;
    obj_t member = type_lookup(o->type, Q___del__, NULL);
    if (member != OBJ_NULL) call_1(member, OBJ_PTR(o));
}

// Calls what unmarked runs want called, in order of address. Allocation is refused meanwhile, freeing is not.
static void finalise(void) {
    if (heap.n_final == 0) return;
    size_t left = 0;
    schedule_lock();
    for (size_t w = 0; w < heap.n_groups; w++) {
        if (!heap.final[w]) continue;
        uint64_t dead = heap.final[w] & ~heap.groups[w].mark;
        for (; dead; dead &= dead - 1) {
            size_t b = w * GROUP + (size_t)__builtin_ctzll(dead);
            if (!bit_test(heap.final, b)) continue; // freed by an earlier finaliser
            bit_clear(heap.final, b);
            if (*(void **)block_pointer(b)) protect(finaliser_call, block_pointer(b), NULL);
        }
        left += (size_t)__builtin_popcountll(heap.final[w]);
    }
    heap.n_final = left;
    schedule_unlock();
}

void heap_sweep_all(void) {
    bool nested = heap.collecting;
    heap.collecting = true;
    heap_refresh();
    finalise();
    heap.collecting = nested;
    heap_refresh();
}

static void hosted_drop(void) {
    if (heap.n_hosted == 0) return;
    size_t left = 0;
    for (size_t w = 0; w < heap.n_groups; w++) {
        if (!heap.hosted[w]) continue;
        for (uint64_t dead = heap.hosted[w] & ~heap.groups[w].mark; dead; dead &= dead - 1)
            if (heap_drop_hook) heap_drop_hook(block_pointer(w * GROUP + (size_t)__builtin_ctzll(dead)));
        heap.hosted[w] &= heap.groups[w].mark;
        left += (size_t)__builtin_popcountll(heap.hosted[w]);
    }
    heap.n_hosted = left;
}

// ---- sweep ----------------------------------------------------------------------------------------------------------------
static size_t sweep(void) {
    size_t freed = 0, used = 0;
    walls_mark();
    for (size_t w = 0; w < heap.n_groups; w++) {
        struct group *g = &heap.groups[w];
        freed += (size_t)__builtin_popcountll(g->head & ~g->mark);
        g->used &= g->mark;
        g->head &= g->mark;
        g->scan &= g->mark;
        g->mark = 0;
        used += (size_t)__builtin_popcountll(g->used);
        if (g->used != ~(uint64_t)0) bit_set(heap.room, w);
    }
    heap.used_blocks = used - walls_count();
    areas_trim();
    heap_hints_reset();
    return freed;
}

// The frame of this function and those below it are full of stale words and are not scanned.
static __attribute__((noinline)) size_t collect(void) {
    heap.collecting = true;
    heap_refresh();
    heap.amount = 0;
    heap.collections++;
    roots_mark(__builtin_frame_address(0));
    if (heap_weak_hook) heap_weak_hook();
    finalise();
    hosted_drop();
    size_t freed = sweep();
    heap.collecting = false;
    heap_refresh();
    return freed;
}

void (*heap_collect_hook)(bool begins);

size_t heap_collect(void) {
    if (!heap.memory || heap.collecting) return 0;
    if (heap_collect_hook) heap_collect_hook(true);
    __builtin_unwind_init(); // all registers that a caller may use are now in this frame
    size_t freed = collect();
    if (heap_collect_hook) heap_collect_hook(false);
    __asm__ volatile("" ::: "memory"); // not a tail call
    return freed;
}
