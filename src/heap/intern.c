// SPDX-License-Identifier: MIT
// Interned texts: one number for each different text (spec/heap-model.md 2.3).
//
// Numbers 1 .. Q_first_dynamic - 1 are the built-in names, those up to first_dynamic - 1 the names of frozen modules; both lie in static
// memory. Later ones are dynamic:
//  - their characters, each text with a closing NUL, are packed into chunks of the Python heap, data runs of 128 bytes or more that grow
//    in place while they can;
//  - for every 20, 40, 80, ... of them a board has an index pool. Here the pool is a run of that size and nothing is kept in it.
// What look-up needs is host memory: `entries` by number, and an open hash table of numbers that is at most half full. Most texts that are
// asked for are not known: `filter` has a bit for the ends and the length of each that is, so that they need not even be hashed.
// A new text deals with the chunk first and then with the pool, as the board does. Nothing is given back before intern_stop().
#include "heap/intern.h"
#include "frozen/frozen.h"
#include "heap/heap.h"
#include "heap/names_table.h"
#include "heap/roots.h"
#include "rt.h"
#include "run/raise.h"

enum { FILTER_BITS = 16, CHUNK_BYTES = 128, POOL_FIRST = 20, TEXT_MAX = 255 };

struct entry {
    const char *text;
    uint32_t len, hash; // all 32 bits of the hash
};
static struct {
    struct entry *entries;
    uint32_t count, room;   // numbers in use (0 included), capacity
    uint32_t first_dynamic;
    uint32_t *table;        // 0: empty
    uint32_t mask;
    uint64_t filter[(1 << FILTER_BITS) / 64];
    char *chunk;            // the one that takes new texts, or NULL
    size_t chunk_used, chunk_room;
    char **chunks;
    size_t n_chunks;
    void **pools;
    size_t n_pools, pool_size, pool_used; // of the newest pool
    size_t data_bytes;
} texts;

uint32_t text_hash_more(uint32_t h, const char *text, size_t len) {
    for (size_t i = 0; i < len; i++) h = h * 33 ^ (uint8_t)text[i];
    return h;
}

static uint32_t hash_full(const char *text, size_t len) { return text_hash_more(TEXT_HASH_SEED, text, len); }

static uint32_t hash_cut(uint32_t h) {
    h &= rt.profile.hash_bytes == 1 ? 0xff : 0xffff;
    return h ? h : 1;
}

uint32_t text_hash_end(uint32_t h) { return hash_cut(h); }

uint32_t text_hash(const char *text, size_t len) { return hash_cut(hash_full(text, len)); }

// ---- look-up --------------------------------------------------------------------------------------------------------------
static inline uint32_t table_start(uint32_t hash) { return hash * 0x9e3779b1u >> 7; }

// A number of FILTER_BITS bits.
static inline uint32_t filter_place(const char *text, size_t len) {
    uint64_t head = 0, tail = len;
    if (len >= 8) {
        memcpy(&head, text, 8);
        memcpy(&tail, text + len - 8, 8);
    } else if (len >= 4) {
        memcpy(&head, text, 4);
        memcpy((char *)&head + 4, text + len - 4, 4);
    } else if (len > 0) {
        head = (uint8_t)text[0] | (uint32_t)(uint8_t)text[len / 2] << 8 | (uint32_t)(uint8_t)text[len - 1] << 16;
    }
    uint64_t mixed = (head ^ (tail << 29 | tail >> 35)) + len;
    return (uint32_t)(mixed * 0x9e3779b97f4a7c15u >> (64 - FILTER_BITS));
}

static void filter_note(const char *text, size_t len) {
    uint32_t at = filter_place(text, len);
    texts.filter[at / 64] |= (uint64_t)1 << (at % 64);
}

static void table_enter(qstr_t q) {
    uint32_t i = table_start(texts.entries[q].hash);
    while (texts.table[i & texts.mask]) i++;
    texts.table[i & texts.mask] = q;
}

static void table_make(uint32_t size) {
    host_free(texts.table);
    texts.table = host_alloc(size * sizeof *texts.table);
    memset(texts.table, 0, size * sizeof *texts.table);
    texts.mask = size - 1;
    for (qstr_t q = 1; q < texts.count; q++) table_enter(q);
}

static qstr_t table_find(const char *text, size_t len, uint32_t hash) {
    for (uint32_t i = table_start(hash);; i++) {
        qstr_t q = texts.table[i & texts.mask];
        if (!q) return 0;
        const struct entry *e = &texts.entries[q];
        if (e->hash == hash && e->len == len && (len == 0 || memcmp(e->text, text, len) == 0)) return q;
    }
}

// Host room for one more entry.
static void entries_extend(void) {
    if (texts.count == texts.room) {
        texts.room *= 2;
        texts.entries = host_resize(texts.entries, texts.room * sizeof *texts.entries);
    }
    if (texts.count * 2 >= texts.mask) table_make((texts.mask + 1) * 2);
}

// A new text gets the next number; one that is known keeps its own.
static qstr_t text_enter(const char *text, size_t len, uint32_t hash) {
    qstr_t q = table_find(text, len, hash);
    if (q) return q;
    entries_extend();
    q = texts.count++;
    texts.entries[q] = (struct entry){text, (uint32_t)len, hash};
    filter_note(text, len);
    table_enter(q);
    return q;
}

void intern_start(void) {
    memset(&texts, 0, sizeof texts);
    texts.count = Q_first_dynamic;
    texts.room = Q_first_dynamic + 256;
    texts.entries = host_alloc(texts.room * sizeof *texts.entries);
    texts.entries[0] = (struct entry){"", 0, 0};
    for (qstr_t q = 1; q < Q_first_dynamic; q++) {
        const struct builtin_name *n = &builtin_names[q];
        texts.entries[q] = (struct entry){n->text, (uint32_t)n->len, hash_full(n->text, n->len)};
        filter_note(n->text, n->len);
    }
    uint32_t size = 1024;
    while (size < texts.room * 2) size *= 2;
    table_make(size);
    for (const struct builtin_name *n = frozen_names; n->text; n++) text_enter(n->text, n->len, hash_full(n->text, n->len));
    texts.first_dynamic = texts.count;
}

void intern_stop(void) {
    host_free(texts.entries);
    host_free(texts.table);
    host_free(texts.chunks);
    host_free(texts.pools);
    memset(&texts, 0, sizeof texts);
}

void intern_mark(void) {
    for (size_t i = 0; i < texts.n_chunks; i++) heap_mark(texts.chunks[i]);
    for (size_t i = 0; i < texts.n_pools; i++) heap_mark(texts.pools[i]);
}

// ---- chunks and pools ---------------------------------------------------------------------------------------------------------
static void chunk_close(void) {
    if (!texts.chunk) return;
    heap_try_resize(texts.chunk, 0, texts.chunk_used, HEAP_DATA, false);
    if (texts.chunk_used == 0) texts.n_chunks--; // nothing ever got into it
    texts.chunk = NULL;
}

// A place for `size` bytes.
static char *chunk_take(size_t size) {
    if (texts.chunk && texts.chunk_used + size > texts.chunk_room) {
        if (heap_try_resize(texts.chunk, 0, texts.chunk_room + size, HEAP_DATA, false)) texts.chunk_room += size;
        else chunk_close();
    }
    if (!texts.chunk) {
        size_t room = size > CHUNK_BYTES ? size : CHUNK_BYTES;
        char *chunk = heap_try_new(0, room, HEAP_DATA);
        if (!chunk) chunk = heap_new(0, room = size, HEAP_DATA);
        texts.chunks = host_resize(texts.chunks, (texts.n_chunks + 1) * sizeof *texts.chunks);
        texts.chunks[texts.n_chunks++] = texts.chunk = chunk;
        texts.chunk_room = room;
        texts.chunk_used = 0;
    }
    return texts.chunk + texts.chunk_used;
}

// 24 bytes and, for each text, a pointer, a length and a hash.
static void pool_take(void) {
    if (texts.n_pools > 0 && texts.pool_used < texts.pool_size) return;
    size_t size = texts.n_pools ? texts.pool_size * 2 : POOL_FIRST;
    void *pool = heap_new(6 + size, size * (1u + rt.profile.hash_bytes), HEAP_DATA);
    texts.pools = host_resize(texts.pools, (texts.n_pools + 1) * sizeof *texts.pools);
    texts.pools[texts.n_pools++] = pool;
    texts.pool_size = size;
    texts.pool_used = 0;
}

// ---- the door -----------------------------------------------------------------------------------------------------------------
qstr_t intern_find(const char *text, size_t len) {
    uint32_t at = filter_place(text, len);
    if (!(texts.filter[at / 64] >> (at % 64) & 1)) return 0;
    return table_find(text, len, hash_full(text, len));
}

qstr_t intern(const char *text, size_t len) {
    uint32_t hash = hash_full(text, len);
    qstr_t q = table_find(text, len, hash);
    if (q) return q;
    if (len > TEXT_MAX) raise_message(&type_RuntimeError, "name too long");
    char *place = chunk_take(len + 1);
    pool_take();
    memcpy(place, text, len);
    place[len] = 0;
    texts.chunk_used += len + 1;
    texts.data_bytes += len + 1;
    texts.pool_used++;
    return text_enter(place, len, hash);
}

qstr_t intern_text(const char *text) { return intern(text, strlen(text)); }

const char *qstr_text(qstr_t q, size_t *len) {
    const struct entry *e = &texts.entries[q < texts.count ? q : 0];
    if (len) *len = e->len;
    return e->text;
}

size_t qstr_len(qstr_t q) { return texts.entries[q < texts.count ? q : 0].len; }
uint32_t qstr_hash(qstr_t q) { return hash_cut(texts.entries[q < texts.count ? q : 0].hash); }
bool qstr_is_cross(qstr_t q) { return q < Q_first_dynamic && builtin_names[q].cross; }
uint32_t intern_count(void) { return texts.count; }

// ---- micropython.qstr_info ------------------------------------------------------------------------------------------------------
void intern_report(const struct printer *p, bool all) {
    size_t blocks = 0;
    for (size_t i = 0; i < texts.n_pools; i++) blocks += heap_run_blocks(texts.pools[i]);
    print_format(p, "qstr pool: n_pool=%lu, n_qstr=%lu, n_str_data_bytes=%lu, n_total_bytes=%lu\n", (unsigned long)texts.n_pools,
                 (unsigned long)(texts.count - texts.first_dynamic), (unsigned long)texts.data_bytes,
                 (unsigned long)(texts.data_bytes + (blocks << rt.profile.block_shift)));
    if (!all) return;
    uint32_t end = texts.count, size = (uint32_t)texts.pool_used; // of pool i - 1, newest first
    for (size_t i = texts.n_pools; i > 0; i--) {
        if (i < texts.n_pools) size = (uint32_t)POOL_FIRST << (i - 1);
        end -= size;
        for (qstr_t q = end; q < end + size; q++) {
            print_text(p, "Q(");
            print_bytes(p, texts.entries[q].text, texts.entries[q].len);
            print_text(p, ")\n");
        }
    }
}
