// SPDX-License-Identifier: MIT
// The inside of the heap, shared by heap.c, collect.c and report.c only.
//
// Block b lies at heap.base + 32 * b. 64 blocks share one `struct group` of four bit sets, so that handing out, freeing and marking
// a run touch one cache line.
//
// Invariants
//  - used: the block belongs to a run or to a wall. head: first block of a run (or a wall block). used and not head: tail.
//  - scan is a subset of head: runs whose words are references. final, hosted: subsets of head.
//  - mark is empty outside a collection; inside it holds all blocks (head and tails) of each run found alive.
//  - Walls are blocks that no area has: behind the last block of each area up to the next multiple of 64. They are used heads for
//    ever, so that no run crosses them and every search may look at whole groups. heap.used_blocks does not count them.
//  - room has a bit for each group that is not full. No group below first_room has a free block.
//  - best[s] is not below the class of any run of free blocks that starts in span s (64 groups).
//  - No run of class_least(c) or more free blocks starts below hint[c], for c in 1..CLASS_LAST; hint[] never falls with c.
//  - Blocks from `touched` on have never been written: they are zero.
#ifndef SRC_BLOCKS_H
#define SRC_BLOCKS_H

#include "heap/heap.h"

enum { HOST_BLOCK = 32, HOST_SHIFT = 5, GROUP = 64 };
enum { AREA_MAX = 16 };
enum { CLASS_LAST = 15 }; // size classes of runs: heap_class(), class_least()
enum { SPAN = 64 * GROUP };
#define NO_BLOCK SIZE_MAX

struct group {
    uint64_t used, head, mark, scan;
};
struct area {
    size_t first, blocks; // first is a multiple of 64
    uint64_t address;     // of its pool, as Python sees it; 0: host addresses
    size_t taken;         // bytes taken from the system for it
};
struct heap {
    struct group *groups;
    char *base;
    uint64_t *room;
    size_t first_room, n_groups;
    size_t block_bytes;      // on the board
    uint8_t block_shift, word_shift;
    bool slow;               // the short way of heap_try_new() is closed
    bool counts;             // statistics of requested bytes are kept
    bool auto_collect, collecting;
    size_t amount;           // blocks handed out since the last collection
    size_t threshold;        // blocks; SIZE_MAX: off
    size_t used_blocks, touched;
    uint8_t *slack;          // per head: bytes of the run that were not asked for
    size_t asked_now, asked_back, asked_peak; // bytes asked for and not freed; freed again; peak of the first before its last fall
    size_t hint[CLASS_LAST + 1];
    uint8_t *best;
    uint64_t *final, *hosted;
    size_t n_final, n_hosted; // upper bounds of the number of bits set; 0: none
    struct area areas[AREA_MAX];
    size_t n_areas;
    size_t max_blocks;       // host blocks reserved
    size_t system_free;      // bytes that further areas may take
    void *memory;            // the one reservation behind everything
    size_t memory_bytes;
    bool flash;              // requests go to flash.c
    uint64_t *pending;       // mark stack: room for one entry per block
    size_t collections;
};
extern struct heap heap;

// Faults and stress on demand; seen by the long way only.
struct heap_site {
    uint32_t file; // qstr_t, 0: none
    uint32_t line;
};
struct heap_debug {
    struct heap_site *sites; // sites.c: for each block, or NULL
    size_t n_sites;
    long fail_at;        // this many allocations succeed, then one fails; -1: none
    bool collect_always; // collect before each allocation
};
extern struct heap_debug heap_debug;
void site_note(size_t block); // sites.c: this run was asked for here
char heap_letter(size_t head); // report.c: of the map

static inline size_t block_of(const void *p) { return (size_t)((const char *)p - heap.base) >> HOST_SHIFT; }
static inline void *block_pointer(size_t b) { return heap.base + (b << HOST_SHIFT); }
static inline size_t heap_end(void) { return heap.n_groups * GROUP; }
static inline bool block_is_head(size_t b) { return heap.groups[b / GROUP].head >> (b % GROUP) & 1; }
static inline bool block_is_used(size_t b) { return heap.groups[b / GROUP].used >> (b % GROUP) & 1; }
static inline bool bit_test(const uint64_t *set, size_t b) { return set[b / 64] >> (b % 64) & 1; }
static inline void bit_clear(uint64_t *set, size_t b) { set[b / 64] &= ~((uint64_t)1 << (b % 64)); }
static inline void bit_set(uint64_t *set, size_t b) { set[b / 64] |= (uint64_t)1 << (b % 64); }

// Bits lo .. lo + n - 1 of a word; n 1..64, lo + n <= 64.
static inline uint64_t bits_range(size_t lo, size_t n) { return (~(uint64_t)0 >> (64 - n)) << lo; }

// A pointer to the first byte of some block of the heap? Then its number goes to *b.
static inline bool pointer_block(const void *p, size_t *b) {
    uintptr_t offset = (uintptr_t)p - (uintptr_t)heap.base;
    *b = offset >> HOST_SHIFT;
    return offset < heap.n_groups * (size_t)(GROUP * HOST_BLOCK) && offset % HOST_BLOCK == 0;
}

// Blocks of the run with this head.
static inline size_t run_length(size_t b) {
    size_t w = b / GROUP, at = b % GROUP;
    uint64_t tails = (heap.groups[w].used & ~heap.groups[w].head) >> at >> 1;
    size_t n = (size_t)__builtin_ctzll(~tails); // the top bit of tails is clear
    if (n < 63 - at) return n + 1;
    size_t length = n + 1;
    while (++w < heap.n_groups) {
        tails = heap.groups[w].used & ~heap.groups[w].head;
        if (~tails) return length + (size_t)__builtin_ctzll(~tails);
        length += GROUP;
    }
    return length;
}

size_t block_next(size_t from, size_t end, bool used); // lowest block in from..end-1 that is used (or free); end: none
size_t block_head(size_t b);                           // head of the run that block b, which is used, belongs to
void heap_refresh(void);                               // heap.slow follows lock, threshold and debug settings
void heap_hints_reset(void);                           // after a sweep: knows nothing about free runs
void walls_mark(void);                                 // sets the mark bits of all walls
size_t walls_count(void);
void areas_trim(void);                                 // gives back trailing areas that are free
size_t heap_class(size_t blocks);
size_t class_least(size_t class);

#endif
