// SPDX-License-Identifier: MIT
// Handing out and taking back runs of blocks (spec/heap-model.md 1.3 to 1.5). blocks.h has the layout and its invariants.
//
// Placement is "lowest address that fits", always. It is fast for three reasons: single blocks come from the first group that is not
// full, found through the room bits; searches for longer runs start at a hint kept for each size class and look at 64 blocks at a
// time; and a hint moves down only when a run of its class really appears.
//
// The desktop's heap is one area that grows: it doubles when less than half is free after an automatic collection, or when a request
// finds no room. A board's heap has a fixed area; boards with `heap_system` get further areas as 1.10 states.
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
#include "heap/blocks.h"
#include "heap/flash.h"
#include "host.h"
#include "rt.h"
#include "run/raise.h"

#ifndef HEAP_STRESS
#define HEAP_STRESS 0 // ./configure --enable-stress
#endif

// Large pages save faults; where a host has to make room for many of them they cost more than that.
enum { LARGE_PAGES_FROM = 4 << 20, LARGE_PAGES_TO = 256 << 20, DESKTOP_START = 1 << 20, DESKTOP_LIMIT = 1 << 30, AREA_RECORD = 28 };

struct heap heap;
struct heap_debug heap_debug = {.fail_at = -1, .collect_always = HEAP_STRESS};
void (*heap_drop_hook)(void *run);

// ---- bits -------------------------------------------------------------------------------------------------------------
static inline void room_note(size_t w) {
    if (heap.groups[w].used == ~(uint64_t)0) bit_clear(heap.room, w);
    else bit_set(heap.room, w);
}

// Lowest group at or above w with a free block; n_groups: none.
static inline size_t room_next(size_t w) {
    size_t n = heap.n_groups;
    if (w >= n) return n;
    size_t i = w / 64;
    uint64_t bits = heap.room[i] >> (w % 64);
    if (bits) return w + (size_t)__builtin_ctzll(bits);
    for (size_t last = (n - 1) / 64; ++i <= last;)
        if (heap.room[i]) return i * 64 + (size_t)__builtin_ctzll(heap.room[i]);
    return n;
}

static inline void blocks_use(size_t b, size_t n) {
    for (size_t k; n > 0; b += k, n -= k) {
        k = GROUP - b % GROUP;
        if (k > n) k = n;
        heap.groups[b / GROUP].used |= bits_range(b % GROUP, k);
        room_note(b / GROUP);
    }
}

static inline void blocks_free(size_t b, size_t n) {
    if (b / GROUP < heap.first_room) heap.first_room = b / GROUP;
    for (size_t k; n > 0; b += k, n -= k) {
        k = GROUP - b % GROUP;
        if (k > n) k = n;
        uint64_t keep = ~bits_range(b % GROUP, k);
        heap.groups[b / GROUP].used &= keep;
        heap.groups[b / GROUP].head &= keep;
        heap.groups[b / GROUP].scan &= keep;
        bit_set(heap.room, b / GROUP);
    }
}

size_t block_next(size_t from, size_t end, bool used) {
    if (from >= end) return end;
    for (size_t w = from / GROUP; w * GROUP < end; w++) {
        uint64_t bits = used ? heap.groups[w].used : ~heap.groups[w].used;
        if (w == from / GROUP) bits &= ~(uint64_t)0 << (from % GROUP);
        if (!bits) continue;
        size_t b = w * GROUP + (size_t)__builtin_ctzll(bits);
        return b < end ? b : end;
    }
    return end;
}

size_t block_head(size_t b) {
    uint64_t heads = heap.groups[b / GROUP].head << (63 - b % GROUP);
    if (heads) return b - (size_t)__builtin_clzll(heads);
    for (size_t w = b / GROUP; w-- > 0;)
        if (heap.groups[w].head) return w * GROUP + 63 - (size_t)__builtin_clzll(heap.groups[w].head);
    return 0;
}

// Free blocks directly below b, directly from b on; both stop counting near `most`.
static inline size_t free_below(size_t b, size_t most) {
    size_t n = 0;
    while (b > 0 && n < most) {
        size_t at = (b - 1) % GROUP;
        uint64_t used = heap.groups[(b - 1) / GROUP].used << (63 - at);
        if (used) return n + (size_t)__builtin_clzll(used);
        n += at + 1;
        b -= at + 1;
    }
    return n;
}

static inline size_t free_above(size_t b, size_t most) {
    size_t n = 0;
    while (b < heap_end() && n < most) {
        size_t at = b % GROUP;
        uint64_t used = heap.groups[b / GROUP].used >> at;
        if (used) return n + (size_t)__builtin_ctzll(used);
        n += GROUP - at;
        b += GROUP - at;
    }
    return n;
}

// ---- size classes and hints -------------------------------------------------------------------------------------------
// Class:  0  1  2  3  4  5  6    7     8      9      10     11     12     13      14        15
// blocks: 1  2  3  4  5  6  7-8  9-12  13-16  17-24  25-32  33-48  49-64  65-256  257-1024  more
static const uint16_t least[CLASS_LAST + 1] = {1, 2, 3, 4, 5, 6, 7, 9, 13, 17, 25, 33, 49, 65, 257, 1025};
enum { EXACT = 64 }; // longer runs are told apart roughly

size_t class_least(size_t class) { return least[class]; }

size_t heap_class(size_t blocks) {
    static const uint8_t classes[EXACT + 1] = {
        0,  0,  1,  2,  3,  4,  5,  6,  6,  7,  7,  7,  7,  8,  8,  8,  8,  9,  9,  9,  9,  9,  9,  9,  9,  10, 10, 10, 10, 10, 10, 10, 10,
        11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12};
    if (blocks <= EXACT) return classes[blocks];
    return blocks < 257 ? 13 : blocks < 1025 ? 14 : 15;
}

void heap_hints_reset(void) {
    memset(heap.hint, 0, sizeof heap.hint);
    memset(heap.best, CLASS_LAST, heap.n_groups * GROUP / SPAN + 1);
    heap.first_room = 0;
}

static void hint_raise(size_t class, size_t b) {
    for (; class <= CLASS_LAST && heap.hint[class] < b; class++) heap.hint[class] = b;
}

// Blocks b .. b + n - 1 became free. They may have joined their neighbours.
static void hint_lower(size_t b, size_t n) {
    size_t below = free_below(b, SPAN), start = b - below;
    if (below >= SPAN) { // its start is not known; but it was there before, of the last class, which hint and best have counted in
        return;
    }
    uint8_t *best = &heap.best[start / SPAN];
    if (heap.hint[CLASS_LAST] <= start && *best == CLASS_LAST) return;
    size_t length = below + n;
    if (length <= EXACT) length += free_above(b + n, EXACT + 1 - length);
    size_t class = length <= EXACT ? heap_class(length) : CLASS_LAST;
    if (*best < class) *best = (uint8_t)class;
    for (; class >= 1 && heap.hint[class] > start; class--) heap.hint[class] = start;
}

// Bits where a run of `more` free blocks starts that lies inside the word, given those for `have` blocks.
static inline uint64_t word_runs(uint64_t starts, size_t have, size_t more) {
    while (have < more) {
        size_t step = have < more - have ? have : more - have;
        starts &= starts >> step;
        have += step;
    }
    return starts;
}

// No run of `want` blocks or more starts in span s.
static void span_bound(size_t s, size_t want, size_t class) {
    if (want == least[class]) class--;
    if (heap.best[s] > class) heap.best[s] = (uint8_t)class;
}

// Lowest run of `want` (2 or more) free blocks; NO_BLOCK: none. `seen` is the first run that the class's hint must not pass.
static size_t run_find(size_t want) {
    enum { PER_SPAN = SPAN / GROUP };
    size_t class = heap_class(want), few = least[class], from = heap.hint[class], seen = NO_BLOCK, found = NO_BLOCK;
    size_t carry = 0; // free blocks that end where group w starts
    for (size_t w = from / GROUP; w < heap.n_groups; w++) {
        if (carry == 0 && w % PER_SPAN == 0 && w > from / GROUP) span_bound(w / PER_SPAN - 1, want, class);
        if (carry == 0 && heap.best[w / PER_SPAN] < class) {
            w |= PER_SPAN - 1;
            continue;
        }
        uint64_t free = ~heap.groups[w].used;
        if (w == from / GROUP) free &= ~(uint64_t)0 << (from % GROUP);
        if (free == 0) {
            if (carry >= few && seen == NO_BLOCK) seen = w * GROUP - carry;
            carry = 0;
            w = room_next(w + 1) - 1;
            continue;
        }
        size_t low = ~free ? (size_t)__builtin_ctzll(~free) : GROUP;
        if (carry + low >= want) {
            found = w * GROUP - carry;
            break;
        }
        if (low == GROUP) {
            carry += GROUP;
            continue;
        }
        if (carry + low >= few && seen == NO_BLOCK) seen = w * GROUP - carry;
        uint64_t starts = few <= GROUP ? word_runs(free, 1, few) : 0;
        if (starts) {
            if (seen == NO_BLOCK) seen = w * GROUP + (size_t)__builtin_ctzll(starts);
            starts = want <= GROUP ? word_runs(starts, few, want) : 0;
            if (starts) {
                found = w * GROUP + (size_t)__builtin_ctzll(starts);
                break;
            }
        }
        carry = (size_t)__builtin_clzll(~free);
    }
    if (found == NO_BLOCK && carry >= few && seen == NO_BLOCK) seen = heap_end() - carry;
    if (found != NO_BLOCK && (seen == NO_BLOCK || seen == found)) seen = found + want;
    hint_raise(class, seen == NO_BLOCK ? heap_end() : seen);
    return found;
}

static size_t single_find(void) {
    heap.first_room = room_next(heap.first_room);
    if (heap.first_room >= heap.n_groups) return NO_BLOCK;
    return heap.first_room * GROUP + (size_t)__builtin_ctzll(~heap.groups[heap.first_room].used);
}

// ---- areas ------------------------------------------------------------------------------------------------------------
static size_t area_wall_end(const struct area *a) { return (a->first + a->blocks + GROUP) / GROUP * GROUP; }

void walls_mark(void) {
    for (const struct area *a = heap.areas; a < heap.areas + heap.n_areas; a++)
        for (size_t b = a->first + a->blocks; b < area_wall_end(a) && b < heap_end(); b++)
            heap.groups[b / GROUP].mark |= (uint64_t)1 << (b % GROUP);
}

size_t walls_count(void) {
    size_t n = 0;
    for (const struct area *a = heap.areas; a < heap.areas + heap.n_areas; a++) {
        size_t end = area_wall_end(a) < heap_end() ? area_wall_end(a) : heap_end();
        n += end - (a->first + a->blocks);
    }
    return n;
}

static void area_wall(const struct area *a) {
    for (size_t b = a->first + a->blocks; b < area_wall_end(a) && b < heap_end(); b++) {
        heap.groups[b / GROUP].used |= (uint64_t)1 << (b % GROUP);
        heap.groups[b / GROUP].head |= (uint64_t)1 << (b % GROUP);
        room_note(b / GROUP);
    }
}

// Blocks in `bytes` of RAM that start after a multiple of 16 and end at one: tables and pool as 1.1 splits them.
static size_t area_split(size_t bytes) {
    if (bytes == 0) return 0;
    size_t table_bytes = (bytes - 1) * 8 / (8 + 4 + 32 * heap.block_bytes);
    return table_bytes * 4;
}

static void groups_extend(size_t n_groups) {
    for (size_t w = heap.n_groups; w < n_groups; w++) bit_set(heap.room, w);
    memset(heap.best + heap.n_groups * GROUP / SPAN, CLASS_LAST, (n_groups - heap.n_groups) * GROUP / SPAN + 2);
    heap.n_groups = n_groups;
}

static bool area_add(size_t blocks, uint64_t address, size_t taken) {
    struct area *last = heap.n_areas ? &heap.areas[heap.n_areas - 1] : NULL;
    size_t first = last ? area_wall_end(last) : 0;
    if (blocks == 0 || heap.n_areas == AREA_MAX || first + blocks + GROUP > heap.max_blocks) return false;
    struct area *a = &heap.areas[heap.n_areas++];
    *a = (struct area){first, blocks, address, taken};
    groups_extend((first + blocks + GROUP - 1) / GROUP);
    if (last) area_wall(last);
    area_wall(a);
    hint_lower(first, blocks);
    if (first / GROUP < heap.first_room) heap.first_room = first / GROUP;
    return true;
}

size_t heap_new_split(void) { return heap.n_areas < AREA_MAX ? heap.system_free : 0; }

// One more area for a request of `bytes` (1.10).
static bool area_grow(size_t bytes) {
    if (heap_new_split() == 0 || bytes > heap.system_free) return false;
    size_t extra = bytes * 13 / 512, need = bytes + (extra > 2048 ? extra : 2048), n = 0;
    if (heap.system_free < need) return false;
    for (size_t i = 0; i < heap.n_areas; i++) n += heap.areas[i].blocks;
    size_t take = (n / 4 + n / 8 + heap.block_bytes * n + 1 + AREA_RECORD + 15) & ~(size_t)15;
    if (take < need) take = need;
    if (take > heap.system_free) take = heap.system_free;
    const struct area *last = &heap.areas[heap.n_areas - 1];
    if (!area_add(area_split(take - AREA_RECORD), last->address + last->blocks * heap.block_bytes + 0x1000, take)) return false;
    heap.system_free -= take;
    return true;
}

void areas_trim(void) {
    while (heap.n_areas > 1) {
        struct area *a = &heap.areas[heap.n_areas - 1];
        if (block_next(a->first, a->first + a->blocks, true) < a->first + a->blocks) return;
        heap.system_free += a->taken;
        heap.n_areas--;
        const struct area *last = &heap.areas[heap.n_areas - 1];
        size_t n_groups = (last->first + last->blocks + GROUP - 1) / GROUP;
        for (size_t w = n_groups; w < heap.n_groups; w++) {
            heap.groups[w] = (struct group){0};
            bit_clear(heap.room, w);
        }
        heap.n_groups = n_groups;
    }
}

// The desktop's heap: at least doubles, so that `want` blocks fit at its end.
static bool heap_grow(size_t want, size_t bytes) {
    if (rt.profile.heap_region) return area_grow(bytes);
    struct area *a = &heap.areas[0];
    size_t limit = heap.max_blocks - GROUP, blocks = a->blocks, tail = free_below(a->blocks, want);
    if (blocks >= limit || want > limit) return false;
    do blocks = blocks * 2 < limit ? blocks * 2 : limit;
    while (blocks < limit && blocks - a->blocks + tail < want);
    if (blocks - a->blocks + tail < want) return false;
    size_t old = a->blocks;
    a->blocks = blocks;
    groups_extend(blocks / GROUP);
    if (old * HOST_BLOCK >= LARGE_PAGES_FROM && blocks * HOST_BLOCK <= LARGE_PAGES_TO)
        host_large_pages(block_pointer(old), (blocks - old) * HOST_BLOCK);
    hint_lower(old, blocks - old);
    if (old / GROUP < heap.first_room) heap.first_room = old / GROUP;
    return true;
}

// ---- start and stop ------------------------------------------------------------------------------------------------------
// One reservation: groups, final, hosted, room, mark stack, slack, best, blocks. It costs address space; pages are committed on touch.
static bool heap_reserve(size_t blocks) {
    blocks = (blocks + 4095) & ~(size_t)4095; // every table a whole number of pages
    size_t groups = blocks / GROUP;
    size_t sizes[] = {groups * sizeof(struct group), groups * 8, groups * 8, (groups + 63) / 64 * 8, blocks * 8, blocks, blocks / SPAN + 2};
    size_t total = blocks * HOST_BLOCK + 4096;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) total += (sizes[i] + 4095) & ~(size_t)4095;
    char *p = host_reserve(total);
    if (!p) return false;
    memset(&heap, 0, sizeof heap);
    heap.memory = p;
    heap.memory_bytes = total;
    heap.max_blocks = blocks;
    void **tables[] = {(void **)&heap.groups, (void **)&heap.final, (void **)&heap.hosted,
                       (void **)&heap.room, (void **)&heap.pending, (void **)&heap.slack, (void **)&heap.best};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        memcpy(tables[i], &p, sizeof p);
        p += (sizes[i] + 4095) & ~(size_t)4095;
    }
    heap.base = p;
    return true;
}

bool heap_start(size_t limit) {
    const struct profile *profile = &rt.profile;
    size_t block_bytes = (size_t)1 << profile->block_shift, blocks;
    if (profile->heap_region) blocks = (profile->heap_region + 2 * profile->heap_system) / block_bytes + (AREA_MAX + 1) * GROUP;
    else blocks = (limit ? limit : DESKTOP_LIMIT) / HOST_BLOCK;
    if (blocks > ((size_t)1 << 32) - 1) blocks = ((size_t)1 << 32) - 1; // the mark stack keeps numbers of 32 bits
    while (!heap_reserve(blocks)) {
        if (profile->heap_region || blocks < DESKTOP_START / HOST_BLOCK * 4) return false;
        blocks /= 2;
    }
    heap.block_shift = profile->block_shift;
    heap.block_bytes = block_bytes;
    heap.word_shift = profile->word_bytes == 8 ? 3 : 2;
    heap.counts = profile->statistics;
    heap.auto_collect = true;
    heap.threshold = SIZE_MAX;
    heap.system_free = profile->heap_system;
    rt.heap_lock_depth = 0;
    if (profile->heap_region) blocks = area_split(profile->heap_region);
    else blocks = heap.max_blocks > DESKTOP_START / HOST_BLOCK * 2 ? DESKTOP_START / HOST_BLOCK : heap.max_blocks - GROUP;
    if (!area_add(blocks, profile->sram_base, 0)) {
        host_release(heap.memory, heap.memory_bytes);
        return false;
    }
    heap_set_threshold(profile->gc_threshold);
    return true;
}

void heap_stop(void) {
    if (!heap.memory) return;
    heap_sweep_all();
    flash_stop();
    if (heap.n_hosted && heap_drop_hook)
        for (size_t w = 0; w < heap.n_groups; w++)
            for (uint64_t bits = heap.hosted[w]; bits; bits &= bits - 1)
                heap_drop_hook(block_pointer(w * GROUP + (size_t)__builtin_ctzll(bits)));
    host_release(heap.memory, heap.memory_bytes);
    memset(&heap, 0, sizeof heap);
}

void heap_set_hosted(void *run) {
    size_t b = block_of(run);
    if (bit_test(heap.hosted, b)) return;
    bit_set(heap.hosted, b);
    heap.n_hosted++;
}

// ---- allocation ----------------------------------------------------------------------------------------------------------
void heap_refresh(void) {
    heap.slow = rt.heap_lock_depth > 0 || heap.collecting || heap.flash || heap.threshold != SIZE_MAX || heap_debug.collect_always ||
        heap_debug.fail_at >= 0 || heap_debug.sites;
}

// Bytes of a shape on the board; saturates.
static size_t shape_bytes(size_t words, size_t bytes) {
    size_t w, total;
    if (__builtin_mul_overflow(words, (size_t)1 << heap.word_shift, &w) || __builtin_add_overflow(w, bytes, &total)) return SIZE_MAX;
    return total;
}

static size_t bytes_blocks(size_t bytes) { return (bytes >> heap.block_shift) + ((bytes & (heap.block_bytes - 1)) != 0); }

size_t heap_blocks(size_t words, size_t bytes) { return bytes_blocks(shape_bytes(words, bytes)); }

static inline void asked_add(size_t b, size_t size, size_t blocks) {
    heap.slack[b] = (uint8_t)((blocks << heap.block_shift) - size);
    heap.asked_now += size;
}

static size_t asked_bytes(size_t b, size_t blocks) { return (blocks << heap.block_shift) - heap.slack[b]; }

static void asked_return(size_t bytes) {
    if (heap.asked_now > heap.asked_peak) heap.asked_peak = heap.asked_now;
    heap.asked_now -= bytes;
    heap.asked_back += bytes;
}

// Blocks b .. end - 1 were just handed out: they must read as zero.
static void blocks_clear(size_t b, size_t end) {
    size_t old = end < heap.touched ? end : heap.touched;
    if (b < old) memset(block_pointer(b), 0, (old - b) * HOST_BLOCK);
    if (end > heap.touched) heap.touched = end;
}

static size_t run_place(size_t want) { return want == 1 ? single_find() : run_find(want); }

// Where a run of `want` blocks shall be: searches, collects, grows. NO_BLOCK: there is no room.
static size_t run_reserve(size_t want, size_t bytes) {
    bool may_collect = heap.auto_collect && !rt.heap_refused;
    if (heap_debug.collect_always || (may_collect && heap.amount >= heap.threshold)) {
        heap_collect();
        may_collect = false;
    }
    size_t b = run_place(want);
    if (b == NO_BLOCK && may_collect) {
        heap_collect();
        if (rt.profile.heap_region == 0 && heap.used_blocks * 2 > heap.areas[0].blocks) heap_grow(want, bytes);
        b = run_place(want);
    }
    while (b == NO_BLOCK && heap_grow(want, bytes)) b = run_place(want);
    return b;
}

static void *run_new(size_t bytes, unsigned kind) {
    size_t want = bytes_blocks(bytes);
    if (heap.flash && want > 0) return flash_new(want * HOST_BLOCK, kind);
    if (want == 0 || rt.heap_lock_depth > 0 || heap.collecting) return NULL;
    if (heap_debug.fail_at >= 0 && heap_debug.fail_at-- == 0) {
        heap_refresh();
        return NULL;
    }
    size_t b = run_reserve(want, bytes);
    if (b == NO_BLOCK) return NULL;
    struct group *g = &heap.groups[b / GROUP];
    uint64_t bit = (uint64_t)1 << (b % GROUP);
    blocks_use(b, want);
    g->head |= bit;
    if (kind & HEAP_REFS) g->scan |= bit;
    if (kind & HEAP_FINAL) {
        heap.final[b / GROUP] |= bit;
        heap.n_final++;
    }
    if (kind & HEAP_HOSTED) {
        heap.hosted[b / GROUP] |= bit;
        heap.n_hosted++;
    }
    heap.amount += want;
    heap.used_blocks += want;
    blocks_clear(b, b + want);
    if (heap.counts) asked_add(b, bytes, want);
    if (heap_debug.sites) site_note(b);
    return block_pointer(b);
}

// One block, at once, when nothing special is going on. NULL: take the long way.
static inline void *single_new(size_t words, size_t bytes, unsigned kind) {
    size_t size = (words << heap.word_shift) + bytes, w = heap.first_room;
    if (heap.slow || (words | bytes) > 63 || size - 1 >= heap.block_bytes || kind > HEAP_REFS) return NULL;
    if (w >= heap.n_groups || heap.groups[w].used == ~(uint64_t)0) {
        if (single_find() == NO_BLOCK) return NULL;
        w = heap.first_room;
    }
    struct group *g = &heap.groups[w];
    uint64_t bit = (g->used + 1) & ~g->used; // the lowest clear one
    size_t b = w * GROUP + (size_t)__builtin_ctzll(bit);
    g->used |= bit;
    g->head |= bit;
    if (kind) g->scan |= bit;
    if (g->used == ~(uint64_t)0) bit_clear(heap.room, w);
    heap.amount++;
    heap.used_blocks++;
    if (b >= heap.touched) heap.touched = b + 1;
    if (heap.counts) asked_add(b, size, 1);
    return memset(block_pointer(b), 0, HOST_BLOCK);
}

void *heap_try_new(size_t words, size_t bytes, unsigned kind) {
    void *p = single_new(words, bytes, kind);
    return p ? p : run_new(shape_bytes(words, bytes), kind);
}

static __attribute__((noinline)) void *heap_new_long(size_t size, unsigned kind) {
    rt.heap_refused = false;
    void *p = run_new(size, kind);
    if (!p && size > 0) raise_no_memory(size);
    return p;
}

void *heap_new(size_t words, size_t bytes, unsigned kind) {
    void *p = single_new(words, bytes, kind);
    return p ? p : heap_new_long(shape_bytes(words, bytes), kind);
}

bool heap_owns(const void *p) {
    size_t b;
    return pointer_block(p, &b) && block_is_head(b);
}

void heap_free(void *p) {
    if (!p || rt.heap_lock_depth > 0 || !heap_owns(p)) return;
    size_t b = block_of(p), n = run_length(b);
    if (heap.n_final) bit_clear(heap.final, b);
    if (heap.n_hosted && bit_test(heap.hosted, b)) {
        if (heap_drop_hook) heap_drop_hook(p);
        bit_clear(heap.hosted, b);
    }
    if (heap.counts) asked_return(asked_bytes(b, n));
    blocks_free(b, n);
    heap.used_blocks -= n;
    hint_lower(b, n);
}

// ---- reallocation (1.5) ----------------------------------------------------------------------------------------------------
static void run_shrink(size_t b, size_t have, size_t want, size_t host_bytes) {
    if (want < have) {
        blocks_free(b + want, have - want);
        heap.used_blocks -= have - want;
        hint_lower(b + want, have - want);
    }
    // Words past the new shape must be zero when the run grows again.
    if (host_bytes < want * HOST_BLOCK) memset((char *)block_pointer(b) + host_bytes, 0, want * HOST_BLOCK - host_bytes);
}

static bool run_extend(size_t b, size_t have, size_t want) {
    if (free_above(b + have, want - have) < want - have) return false;
    blocks_use(b + have, want - have);
    heap.used_blocks += want - have;
    blocks_clear(b + have, b + want);
    return true;
}

static void *run_move(size_t b, size_t have, size_t bytes, unsigned kind) {
    if (heap.n_final && bit_test(heap.final, b)) kind |= HEAP_FINAL;
    bool hosted = heap.n_hosted && bit_test(heap.hosted, b);
    if (hosted) kind |= HEAP_HOSTED;
    void *p = run_new(bytes, kind);
    if (!p) return NULL;
    memcpy(p, block_pointer(b), have * HOST_BLOCK);
    if (hosted) bit_clear(heap.hosted, b); // what it owns goes on with the new run
    size_t asked = asked_bytes(b, have);
    heap_free(block_pointer(b));
    if (heap.counts) heap.asked_back -= asked; // only the growth is new
    return p;
}

void *heap_try_resize(void *p, size_t words, size_t bytes, unsigned kind, bool may_move) {
    size_t size = shape_bytes(words, bytes), want = bytes_blocks(size);
    if (!p) return run_new(size, kind);
    if (want == 0) {
        heap_free(p);
        return NULL;
    }
    if (heap.flash) return flash_resize(p, want * HOST_BLOCK, kind);
    if (rt.heap_lock_depth > 0 || !heap_owns(p)) return NULL;
    size_t b = block_of(p), have = run_length(b);
    if (want > have && (heap.collecting || (heap_debug.fail_at >= 0 && heap_debug.fail_at-- == 0))) {
        heap_refresh();
        return NULL;
    }
    size_t asked = heap.counts ? asked_bytes(b, have) : 0;
    if (want <= have) run_shrink(b, have, want, words * 8 + bytes);
    else if (!run_extend(b, have, want)) return may_move ? run_move(b, have, size, kind) : NULL;
    if (heap.counts) {
        asked_return(asked);
        heap.asked_back -= asked < size ? asked : size; // growth counts as a request, shrinking does not
        asked_add(b, size, want);
    }
    return p;
}

void *heap_resize(void *p, size_t words, size_t bytes, unsigned kind) {
    rt.heap_refused = false;
    void *q = heap_try_resize(p, words, bytes, kind, true);
    if (!q && shape_bytes(words, bytes) > 0) raise_no_memory(shape_bytes(words, bytes));
    return q;
}

size_t heap_run_blocks(const void *p) { return heap_owns(p) ? run_length(block_of(p)) : 0; }

// ---- lock and settings ------------------------------------------------------------------------------------------------------
void heap_lock(void) {
    rt.heap_lock_depth++;
    heap_refresh();
}

uint32_t heap_unlock(void) {
    if (rt.heap_lock_depth > 0) rt.heap_lock_depth--;
    heap_refresh();
    return rt.heap_lock_depth;
}

void heap_lock_changed(void) { heap_refresh(); }
bool heap_collecting(void) { return heap.collecting; }

bool heap_locked(void) { return rt.heap_lock_depth > 0 || heap.collecting; }

void heap_enable(bool on) { heap.auto_collect = on; }
bool heap_enabled(void) { return heap.auto_collect; }

void heap_set_threshold(intptr_t bytes) {
    heap.threshold = bytes < 0 ? SIZE_MAX : (size_t)bytes >> heap.block_shift;
    heap_refresh();
}

intptr_t heap_threshold(void) { return heap.threshold == SIZE_MAX ? -1 : (intptr_t)(heap.threshold << heap.block_shift); }

bool heap_collects_always(void) { return heap_debug.collect_always; }

void heap_fail_at(long n) {
    heap_debug.fail_at = n;
    heap_refresh();
}
