// SPDX-License-Identifier: MIT
// The Python heap: an array of blocks, laid out block for block as on the profile's computer (spec/heap-model.md section 1).
//
// Invariants
//  - Every allocation states its shape on the board: `words` machine words and `bytes` plain bytes. It takes
//    ceil((W*words + bytes) / B) blocks, (W, B) = (4, 16) on 32-bit profiles and (8, 32) on the desktop.
//  - A block is always 32 host bytes, so the caller may use 8*words + bytes bytes of host memory (in fact the whole run).
//  - A run is cleared to zero when handed out.
//  - The search picks the lowest address that fits. Pointers handed out are 32-byte aligned.
//  - Only references to the head of a run keep it alive.
// Who may collect: heap_new, heap_try_new, heap_resize, heap_try_resize (when they grow by moving), heap_collect.
// A collection never moves anything. Roots: rt, frames, intern tables, the C stack (conservative), registered roots.
#ifndef SRC_HEAP_H
#define SRC_HEAP_H

#include "obj.h"

enum heap_kind {
    HEAP_DATA = 0,   // plain bytes, never scanned
    HEAP_REFS = 1,   // every aligned word is scanned as a possible reference
    HEAP_FINAL = 2,  // or-ed in: an object with a finaliser (files ...): ops found through its type's `__del__` member
    HEAP_HOSTED = 4  // or-ed in: owns host memory; `heap_drop_hook` is called with the run when it is freed or swept
};

// Makes the heap for rt.profile. limit: host bytes that may be committed (desktop), 0 default. False: out of host memory.
bool heap_start(size_t limit);
void heap_stop(void); // runs finalisers, gives everything back

void *heap_new(size_t words, size_t bytes, unsigned kind);     // raises MemoryError; NULL for a shape of 0 blocks
void *heap_try_new(size_t words, size_t bytes, unsigned kind); // NULL when there is no room or the heap is locked
// Changes the shape of a run (NULL: allocates). Contents up to the smaller shape are kept, the rest is zero.
void *heap_resize(void *p, size_t words, size_t bytes, unsigned kind);     // may move; raises MemoryError and leaves p as it was
void *heap_try_resize(void *p, size_t words, size_t bytes, unsigned kind, bool may_move); // NULL: not possible, p unchanged
void heap_free(void *p);       // NULL: nothing. Locked: nothing
size_t heap_run_blocks(const void *p);
size_t heap_blocks(size_t words, size_t bytes); // blocks that such a shape takes
bool heap_owns(const void *p); // p is the head of a used run
extern void (*heap_drop_hook)(void *run);
void heap_set_hosted(void *run); // a run that came without HEAP_HOSTED owns host memory from now on
// As heap_new, but answers at most this many bytes free; never raises. For bigger-than-memory checks.
size_t heap_largest_free(void);

size_t heap_collect(void); // returns the number of freed runs
extern void (*heap_collect_hook)(bool begins); // not NULL: told of each collection; must not touch the heap
// Not NULL: the next collection scans the C stack from this address up only, and then forgets it. For an explicit gc.collect() whose
// caller is the engine itself: whatever lies below holds no object that a frame does not hold too.
extern char *heap_c_stack_floor;
// Not NULL: called when everything alive is marked and nothing is swept; heap_is_marked() answers for heads of runs there.
extern void (*heap_weak_hook)(void);
bool heap_is_marked(const void *p);
void heap_sweep_all(void); // calls all outstanding finalisers, as a soft reset does
void heap_lock(void);
uint32_t heap_unlock(void); // remaining depth
bool heap_locked(void);
void heap_lock_changed(void); // rt.heap_lock_depth is that of another thread now
bool heap_collecting(void);
void heap_enable(bool on);
bool heap_enabled(void);
void heap_set_threshold(intptr_t bytes); // < 0: off
intptr_t heap_threshold(void);
// Extra roots: `mark` is called in each collection and calls heap_mark_words()/heap_mark() for what it holds.
void heap_add_root(void (*mark)(void));
void heap_mark(const void *p);
void heap_mark_words(const void *from, size_t n_words);

struct heap_stats {
    size_t total, used, free, max_free_run; // bytes, bytes, bytes, blocks (as gc.mem_* count them on the profile)
    size_t one_blocks, two_blocks, max_block; // counts; blocks
    size_t max_new_split;                     // bytes that a further area could have (heaps that grow by areas), else 0
    size_t requested_total, requested_current, requested_peak; // bytes asked for (profiles with statistics)
    size_t collections;
};
void heap_stats(struct heap_stats *out); // walks the heap
size_t heap_total(void), heap_used(void); // bytes on the profile's computer; at once
size_t heap_new_split(void);              // bytes that a further area could have; 0: the heap does not grow by areas
void heap_report(const struct printer *p, bool map); // micropython.mem_info: heap-model.md section 5
size_t heap_map(char *out, size_t room);             // the letters of that map, one for each block; how many
void heap_describe(size_t n, char *out, size_t room); // the n-th block of that map in words; never raises
void heap_sites(bool on);                            // remember the source line of each request, for heap_describe()
uint64_t heap_address(const void *p);                // host pointer -> address as Python sees it; objects in static memory: "flash"
void *heap_pointer(uint64_t address);                // and back; NULL when not in the heap
bool heap_is_data(const void *p);                    // of heap_pointer(): inside a run of plain bytes
bool heap_check(const struct printer *p);            // walks everything; false and a message on a broken invariant
bool heap_collects_always(void);                     // a stress build: collections are no part of the program's time
void heap_fail_at(long n);                           // --enable-fault: let the n-th allocation from now fail (-1: none)

// flash.c: what is allocated between these two calls lies in a board's program memory. It costs no block, is never collected, must not
// refer to the heap, and lives until heap_stop(). Nothing in between may raise but for want of host memory.
void heap_flash_begin(void);
void heap_flash_end(void);

// Host memory: the only door (style.md 4). host_alloc aborts the program with a clear message when the host has none.
void *host_alloc(size_t bytes);
void *host_try_alloc(size_t bytes); // NULL when the host has none
void *host_resize(void *p, size_t bytes);
void host_free(void *p);

#endif
