// SPDX-License-Identifier: MIT
// Flash memory.
//
// Invariants
//  - memory[] is what the cells hold: erased is 1, programming gives old & new. Programming a 1 over a 0 leaves the 0 and is counted (a
//    fault for --strict).
//  - Operations are counted from 1: each page programmed, each block erased. `cut:N` ends the power when the N-th begins: before it has
//    done anything, or (torn) after a part of it that the seed decides. The same text gives the same bits.
//  - Contents outlive a power cycle of the board within one process (a reset), in an image or not; counters start anew.
//  - A worn block is no longer erased: some of its bits stay 0, and the operation says so.
//  - Time passes by clock_advance(): the chip stands while it writes, interrupts wait.
//
// Known differences: programming time does not depend on the data; reading never disturbs; erased cells do not age without power.
#include "emu/chip/flash.h"
#include "emu/core/clock.h"
#include "emu/core/host.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FAULTS = 16 };
struct fault {
    enum { FAULT_CUT, FAULT_WEAR, FAULT_FLIP } kind;
    uint32_t block;
    uint64_t n;      // CUT: operation; WEAR: erases; FLIP: operation that it follows
    uint32_t seed;
    bool torn, done;
};
static struct fault faults[FAULTS];
static unsigned n_faults;
static const struct flash_host *outside;

static struct {
    bool ready;
    uint8_t *memory;
    size_t size;
    uint32_t blocks, *erases; // of each block
    uint64_t operations;
    struct flash_figures figures;
} f;

static struct { // contents without power
    uint8_t *memory;
    size_t size;
} kept;

void flash_contents_forget(void) {
    emu_free(kept.memory);
    kept.memory = NULL;
}

static void flash_stop(void) {
    if (f.ready && !(outside && outside->image)) {
        kept.memory = f.memory;
        kept.size = f.size;
    }
    emu_free(f.erases);
    memset(&f, 0, sizeof f);
}
static struct emu_unit unit = {flash_stop, NULL, false};

void flash_host_set(const struct flash_host *host) { outside = host; }

size_t flash_bytes_of(const struct board_flash *g) {
    size_t n = 0;
    for (size_t i = 0; i < g->n_regions; i++) n += (size_t)g->region[i].block * g->region[i].count;
    return n;
}

static const struct board_flash *geometry(void) { return &board_current->flash; }

static void flash_ready(void) {
    if (f.ready) return;
    emu_unit_add(&unit);
    f.ready = true;
    f.size = flash_bytes_of(geometry());
    for (size_t i = 0; i < geometry()->n_regions; i++) f.blocks += geometry()->region[i].count;
    f.erases = emu_new((f.blocks + 1) * sizeof *f.erases);
    f.memory = outside ? outside->image : NULL;
    if (f.memory) return;
    if (kept.memory && kept.size == f.size) {
        f.memory = kept.memory;
        kept.memory = NULL;
        return;
    }
    flash_contents_forget();
    f.memory = emu_new(f.size + 1);
    memset(f.memory, 0xff, f.size);
}

// ---- faults ----------------------------------------------------------------------------------------------------------------
static uint32_t random_next(uint32_t *seed) { // xorshift
    uint32_t x = *seed ? *seed : 1;
    x ^= x << 13;
    x ^= x >> 17;
    x ^= x << 5;
    return *seed = x;
}

void flash_faults_forget(void) { n_faults = 0; }

static bool number_take(const char **text, uint64_t *out) {
    char *end;
    if (**text < '0' || **text > '9') return false;
    *out = strtoull(*text, &end, 10);
    *text = end;
    return *out <= UINT32_MAX;
}

static bool cut_parse(const char *text, struct fault *fault) {
    uint64_t seed = 1;
    fault->kind = FAULT_CUT;
    if (!number_take(&text, &fault->n) || fault->n == 0) return false;
    if (strncmp(text, ":torn", 5) == 0) {
        fault->torn = true;
        text += 5;
        if (*text == ':' && (text++, !number_take(&text, &seed))) return false;
    }
    fault->seed = (uint32_t)seed;
    return *text == 0;
}

const char *flash_fault_add(const char *text) {
    struct fault fault = {0};
    uint64_t a, b;
    const char *rest = text;
    bool good = false;
    if (n_faults == FAULTS) return "too many faults";
    if (strncmp(text, "cut:", 4) == 0) {
        good = cut_parse(text + 4, &fault);
    } else if (strncmp(text, "wear:", 5) == 0) {
        rest = text + 5;
        good = number_take(&rest, &a) && *rest++ == ':' && number_take(&rest, &b) && *rest == 0;
        if (good) fault = (struct fault){.kind = FAULT_WEAR, .block = (uint32_t)a, .n = b};
    } else if (strncmp(text, "flip:", 5) == 0) {
        rest = text + 5;
        good = number_take(&rest, &a) && *rest == 0;
        fault = (struct fault){.kind = FAULT_FLIP, .seed = (uint32_t)a};
        if (good) fault.n = random_next(&fault.seed) % 64 + 1;
    }
    if (!good) return "write cut:N, cut:N:torn, cut:N:torn:SEED, wear:BLOCK:N or flip:SEED";
    faults[n_faults++] = fault;
    return NULL;
}

static void power_cut(const struct fault *fault, const char *what, uint32_t at) {
    char text[200], torn[32] = "";
    if (fault->torn) snprintf(torn, sizeof torn, ":torn:%u", (unsigned)fault->seed);
    snprintf(text, sizeof text, "power cut in flash operation %llu, %s at 0x%x; --flash-fault=cut:%llu%s does it again",
             (unsigned long long)fault->n, what, (unsigned)at, (unsigned long long)fault->n, torn);
    flash_sync();
    if (outside && outside->power_cut) outside->power_cut(outside->data, text);
    emu_report(EMU_WARNING, "%s", text);
}

// Counts an operation. The fault that ends it, or NULL.
static const struct fault *operation_begin(void) {
    f.operations++;
    for (unsigned i = 0; i < n_faults; i++)
        if (faults[i].kind == FAULT_CUT && faults[i].n == f.operations) return &faults[i];
    return NULL;
}

static void flip_look(uint32_t at, size_t n) {
    for (unsigned i = 0; i < n_faults; i++) {
        struct fault *fault = &faults[i];
        if (fault->kind != FAULT_FLIP || fault->done || fault->n > f.operations || n == 0) continue;
        fault->done = true;
        uint32_t bit = random_next(&fault->seed) % (uint32_t)(n * 8);
        f.memory[at + bit / 8] ^= (uint8_t)(1 << bit % 8);
        emu_report(EMU_NOTE, "flash: bit %u of byte 0x%x has flipped", (unsigned)(bit % 8), (unsigned)(at + bit / 8));
    }
}

static bool is_worn(uint32_t block) {
    for (unsigned i = 0; i < n_faults; i++)
        if (faults[i].kind == FAULT_WEAR && faults[i].block == block && f.erases[block] > faults[i].n) return true;
    return false;
}

// ---- geometry --------------------------------------------------------------------------------------------------------------
size_t flash_size(void) {
    flash_ready();
    return f.size;
}

const uint8_t *flash_memory(void) {
    flash_ready();
    return f.memory;
}

uint32_t flash_blocks(void) {
    flash_ready();
    return f.blocks;
}

uint32_t flash_block_of(uint32_t at) {
    uint32_t block = 0;
    for (size_t i = 0; i < geometry()->n_regions; i++) {
        uint64_t bytes = (uint64_t)geometry()->region[i].block * geometry()->region[i].count;
        if (at < bytes) return block + at / geometry()->region[i].block;
        at -= (uint32_t)bytes;
        block += geometry()->region[i].count;
    }
    return block;
}

uint32_t flash_block_start(uint32_t block) {
    uint32_t at = 0;
    for (size_t i = 0; i < geometry()->n_regions; i++) {
        uint32_t n = block < geometry()->region[i].count ? block : geometry()->region[i].count;
        at += n * geometry()->region[i].block;
        block -= n;
    }
    return at;
}

uint32_t flash_block_bytes(uint32_t block) { return flash_block_start(block + 1) - flash_block_start(block); }

struct flash_figures flash_figures(void) { return f.figures; }
uint32_t flash_erases(uint32_t block) { return f.ready && block < f.blocks ? f.erases[block] : 0; }

// ---- operations ------------------------------------------------------------------------------------------------------------
static bool inside(uint32_t at, size_t n) {
    flash_ready();
    return at <= f.size && n <= f.size - at;
}

enum flash_result flash_read(uint32_t at, void *to, size_t n) {
    if (!inside(at, n)) return FLASH_OUTSIDE;
    memcpy(to, f.memory + at, n);
    return FLASH_DONE;
}

static void page_program(uint32_t at, const uint8_t *from, size_t n) {
    const struct fault *cut = operation_begin();
    uint32_t seed = cut ? cut->seed : 0;
    size_t part = n;
    if (cut) part = cut->torn ? random_next(&seed) % n : 0;
    bool over = false;
    for (size_t i = 0; i < part; i++) {
        over |= (from[i] & ~f.memory[at + i]) != 0;
        f.memory[at + i] &= from[i];
    }
    if (cut) {
        if (cut->torn) f.memory[at + part] &= (uint8_t)(from[part] | random_next(&seed)); // the byte in which it happened
        power_cut(cut, "program", at);
    }
    f.figures.programs++;
    f.figures.over_programmed += over;
    if (over) emu_report(EMU_FAULT, "flash: programming over bits that are not erased, in block %u", (unsigned)flash_block_of(at));
    clock_advance(geometry()->program_ns);
    flip_look(at, n);
}

enum flash_result flash_program(uint32_t at, const void *from, size_t n) {
    if (!inside(at, n)) return FLASH_OUTSIDE;
    const uint8_t *bytes = from;
    uint32_t page = geometry()->page ? geometry()->page : 1;
    enum flash_result result = FLASH_DONE;
    while (n > 0) {
        size_t part = page - at % page;
        if (part > n) part = n;
        page_program(at, bytes, part);
        if (memcmp(f.memory + at, bytes, part) != 0 && is_worn(flash_block_of(at))) result = FLASH_FAILED;
        at += (uint32_t)part;
        bytes += part;
        n -= part;
    }
    return result;
}

enum flash_result flash_erase(uint32_t block) {
    flash_ready();
    if (block >= f.blocks) return FLASH_OUTSIDE;
    uint32_t at = flash_block_start(block), n = flash_block_bytes(block);
    const struct fault *cut = operation_begin();
    uint32_t seed = cut ? cut->seed : block * 2654435761u + 1;
    if (cut) {
        if (cut->torn)
            for (uint32_t i = 0; i < n; i++) f.memory[at + i] |= (uint8_t)random_next(&seed);
        power_cut(cut, "erase", at);
    }
    f.erases[block]++;
    f.figures.erases++;
    bool worn = is_worn(block);
    if (worn)
        for (uint32_t i = 0; i < n; i++) f.memory[at + i] |= random_next(&seed) & 7 ? 0xff : 0xfe; // one byte of eight keeps its lowest bit
    else memset(f.memory + at, 0xff, n);
    clock_advance((uint64_t)geometry()->erase_us * NS_PER_US * n / 16384);
    return worn ? FLASH_FAILED : FLASH_DONE;
}

void flash_sync(void) {
    if (f.ready && outside && outside->sync) outside->sync(outside->data);
}
