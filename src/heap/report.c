// SPDX-License-Identifier: MIT
// What the heap says about itself: counts, the map of micropython.mem_info(1) letter for letter (spec/heap-model.md 5), addresses as
// Python sees them, and the check of the invariants in blocks.h.
#include "heap/blocks.h"
#include "rt.h"

// ---- counts -------------------------------------------------------------------------------------------------------------
size_t heap_total(void) {
    size_t n = 0;
    for (size_t i = 0; i < heap.n_areas; i++) n += heap.areas[i].blocks;
    return n << heap.block_shift;
}

size_t heap_used(void) { return heap.used_blocks << heap.block_shift; }

static void area_stats(const struct area *a, struct heap_stats *out) {
    size_t end = a->first + a->blocks;
    for (size_t b = a->first; b < end;) {
        size_t used = block_next(b, end, true);
        if (used - b > out->max_free_run) out->max_free_run = used - b;
        for (b = used; b < end && block_is_used(b);) {
            size_t n = run_length(b);
            out->one_blocks += n == 1;
            out->two_blocks += n == 2;
            if (n > out->max_block) out->max_block = n;
            b += n;
        }
    }
}

void heap_stats(struct heap_stats *out) {
    memset(out, 0, sizeof *out);
    for (size_t i = 0; i < heap.n_areas; i++) area_stats(&heap.areas[i], out);
    out->total = heap_total();
    out->used = heap_used();
    out->free = out->total - out->used;
    out->max_new_split = heap_new_split();
    out->requested_total = heap.asked_now + heap.asked_back;
    out->requested_current = heap.asked_now;
    out->requested_peak = heap.asked_peak > heap.asked_now ? heap.asked_peak : heap.asked_now;
    out->collections = heap.collections;
}

size_t heap_largest_free(void) {
    struct heap_stats s;
    heap_stats(&s);
    size_t largest = s.max_free_run << heap.block_shift;
    if (rt.profile.heap_region) return largest > s.max_new_split ? largest : s.max_new_split;
    return largest + ((heap.max_blocks - heap.areas[0].blocks) << heap.block_shift); // the desktop's heap would grow
}

// ---- the map --------------------------------------------------------------------------------------------------------------
char heap_letter(size_t b) {
    static const struct {
        const struct type *type;
        char letter;
    } letters[] = {{&type_tuple, 'T'}, {&type_list, 'L'}, {&type_dict, 'D'}, {&type_str, 'S'}, {&type_bytes, 'S'}, {&type_bytearray, 'A'},
                   {&type_array, 'A'}, {&type_float, 'F'}, {&type_function, 'B'}, {&type_module, 'M'}};
    if (bit_test(&heap.groups[b / GROUP].mark, b % GROUP)) return 'm';
    const struct type *type = ((const struct object *)block_pointer(b))->type;
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
        if (letters[i].type == type) return letters[i].letter;
    return 'h';
}

static char block_letter(size_t b) { return !block_is_used(b) ? '.' : !block_is_head(b) ? '=' : heap_letter(b); }

size_t heap_map(char *out, size_t room) {
    size_t n = 0;
    for (size_t i = 0; i < heap.n_areas; i++)
        for (size_t b = heap.areas[i].first; b < heap.areas[i].first + heap.areas[i].blocks && n < room; b++) out[n++] = block_letter(b);
    return n;
}

static void area_map(const struct printer *p, const struct area *a) {
    char line[GROUP];
    print_format(p, "GC memory layout; from %lx:", (unsigned long)heap_address(block_pointer(a->first)));
    for (size_t b = 0; b < a->blocks; b += GROUP) {
        size_t next = block_next(a->first + b, a->first + a->blocks, true) - a->first;
        if (next - b >= 2 * GROUP) {
            print_format(p, "\n       (%u lines all free)", (unsigned)((next - b) / GROUP));
            b = next & ~(size_t)(GROUP - 1);
            if (b >= a->blocks) break;
        }
        size_t n = a->blocks - b < GROUP ? a->blocks - b : GROUP;
        for (size_t i = 0; i < n; i++) line[i] = block_letter(a->first + b + i);
        print_format(p, "\n%08x: ", (unsigned)(b << heap.block_shift));
        print_bytes(p, line, n);
    }
    print_text(p, "\n");
}

void heap_report(const struct printer *p, bool map) {
    struct heap_stats s;
    heap_stats(&s);
    if (rt.profile.statistics)
        print_format(p, "mem: total=%lu, current=%lu, peak=%lu\n", (unsigned long)s.requested_total, (unsigned long)s.requested_current,
                     (unsigned long)s.requested_peak);
    print_format(p, "stack: %lu out of %lu\n", (unsigned long)stack_use(),
                 (unsigned long)(rt.profile.stack_limit ? rt.profile.stack_limit : rt.c_stack_limit));
    print_format(p, "GC: total: %lu, used: %lu, free: %lu", (unsigned long)s.total, (unsigned long)s.used, (unsigned long)s.free);
    if (rt.profile.heap_system) print_format(p, ", max new split: %lu", (unsigned long)s.max_new_split);
    print_format(p, "\n No. of 1-blocks: %lu, 2-blocks: %lu, max blk sz: %lu, max free sz: %lu\n", (unsigned long)s.one_blocks,
                 (unsigned long)s.two_blocks, (unsigned long)s.max_block, (unsigned long)s.max_free_run);
    if (!map) return;
    for (size_t i = 0; i < heap.n_areas; i++) area_map(p, &heap.areas[i]);
}

// ---- addresses --------------------------------------------------------------------------------------------------------------
// Inside a run the distance from its head counts, since plain bytes lie one behind the other on both computers.
uint64_t heap_address(const void *p) {
    if (rt.profile.sram_base == 0) return (uintptr_t)p;
    uintptr_t offset = (uintptr_t)p - (uintptr_t)heap.base;
    size_t b = offset >> HOST_SHIFT;
    for (const struct area *a = heap.areas; a < heap.areas + heap.n_areas; a++) {
        if (b < a->first || b >= a->first + a->blocks) continue;
        size_t head = block_is_used(b) ? block_head(b) : b;
        return a->address + ((head - a->first) << heap.block_shift) + (offset - (head << HOST_SHIFT));
    }
    enum { FLASH = 0x08000000 };
    return FLASH | ((uintptr_t)p & (FLASH - 1));
}

void *heap_pointer(uint64_t address) {
    if (rt.profile.sram_base == 0) {
        uintptr_t offset = (uintptr_t)address - (uintptr_t)heap.base;
        return offset < heap.areas[0].blocks * HOST_BLOCK ? (void *)(uintptr_t)address : NULL;
    }
    for (const struct area *a = heap.areas; a < heap.areas + heap.n_areas; a++) {
        uint64_t offset = address - a->address;
        if (address < a->address || offset >= (uint64_t)a->blocks << heap.block_shift) continue;
        size_t b = a->first + (size_t)(offset >> heap.block_shift), head = block_is_used(b) ? block_head(b) : b;
        return (char *)block_pointer(head) + (offset - ((uint64_t)(head - a->first) << heap.block_shift));
    }
    return NULL;
}

bool heap_is_data(const void *p) {
    size_t b = block_of(p);
    if (!block_is_used(b)) return false;
    b = block_head(b);
    return !(heap.groups[b / GROUP].scan >> (b % GROUP) & 1);
}

// ---- the check --------------------------------------------------------------------------------------------------------------
static const char *group_check(size_t w, bool tail_may_follow) {
    const struct group *g = &heap.groups[w];
    if (g->head & ~g->used) return "a head is not used";
    if (g->scan & ~g->head) return "a scanned block is no head";
    if ((heap.final[w] | heap.hosted[w]) & ~g->head) return "a finaliser without a head";
    if (g->mark && !heap.collecting) return "a mark outside a collection";
    if (bit_test(heap.room, w) != (g->used != ~(uint64_t)0)) return "a wrong room bit";
    if (w < heap.first_room && g->used != ~(uint64_t)0) return "room below first_room";
    uint64_t tails = g->used & ~g->head;
    if (tails & ~(g->used << 1 | (tail_may_follow ? 1 : 0))) return "a tail without a head";
    return NULL;
}

static const char *hints_check(void) {
    size_t end = heap_end();
    for (size_t c = 1; c < CLASS_LAST; c++)
        if (heap.hint[c] > heap.hint[c + 1]) return "hints out of order";
    for (size_t b = 0; b < end;) {
        size_t start = block_next(b, end, false), stop = block_next(start, end, true);
        if (stop > start) {
            size_t class = heap_class(stop - start);
            for (size_t c = 1; c <= class; c++)
                if (heap.hint[c] > start) return "a run below its hint";
            if (heap.best[start / SPAN] < class) return "a run longer than its span's bound";
        }
        b = stop;
    }
    return NULL;
}

bool heap_check(const struct printer *p) {
    const char *wrong = NULL;
    size_t used = 0;
    for (size_t w = 0; w < heap.n_groups && !wrong; w++) {
        wrong = group_check(w, w > 0 && heap.groups[w - 1].used >> 63);
        used += (size_t)__builtin_popcountll(heap.groups[w].used);
    }
    if (!wrong && used != heap.used_blocks + walls_count()) wrong = "a wrong count of used blocks";
    if (!wrong) wrong = hints_check();
    if (wrong) print_format(p, "heap: %s\n", wrong);
    return !wrong;
}
