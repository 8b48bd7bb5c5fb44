// SPDX-License-Identifier: MIT
// A database in a stream: between btree_pages.c (pages, keys and values), btree_tree.c (search, insertion, removal), btree.c (the module).
#ifndef SRC_BTREE_H
#define SRC_BTREE_H

#include "obj.h"

enum { HEADER_BYTES = 24, NODE_HEADER = 12, PAGE_LEAST = 512, PAGE_MOST = 65536, PAGE_USUAL = 4096, SLOTS_LEAST = 5 };
enum page_kind { PAGE_LEAF = 1, PAGE_INNER, PAGE_OVERFLOW, PAGE_FREE };
enum page_origin { FROM_BEFORE, FROM_FREE, FROM_END }; // where a page was before the running operation

struct page_slot { // 5 words
    uint8_t *data;       // a heap run of page_size bytes, NULL: not made yet
    uint8_t *copy;       // what it was before the running operation, NULL: not changed by it
    uint64_t used;       // when it was asked for last
    uint32_t number;     // 0: none
    uint32_t next_free;  // FROM_FREE: what it said
    uint16_t pins;
    uint8_t origin;      // enum page_origin
    bool dirty, was_dirty;
};

struct btree { // 12 words
    const struct type *type;
    obj_t stream;            // OBJ_NULL: closed
    struct page_slot *slots; // a heap run
    size_t n_slots;
    uint64_t clock;
    uint32_t page_size, inline_most; // a key or value that is longer than this goes into overflow pages
    uint32_t highest;        // the highest page number that was seen in the file
    uint32_t keep;           // pages that the cache is meant for
    struct btree_state { uint32_t root, pages, free; bool dirty; } now, before; // the header; before the running operation
    bool busy;               // an operation is running
};

_Noreturn void btree_corrupt(void); // OSError(EINVAL)
// Reads the header, or makes an empty database. cache: in bytes; min_keys: that a page has room for.
void btree_start(struct btree *t, uint32_t page_size, size_t cache, uint32_t min_keys);
void btree_flush(struct btree *t);
// Each operation runs between these. After it failed, all pages and the header are what they were; btree_end() never raises.
void btree_begin(struct btree *t);
void btree_end(struct btree *t, bool failed);

// Pages are pinned from get or new to put.
uint8_t *page_get(struct btree *t, uint32_t number);
uint8_t *page_new(struct btree *t, enum page_kind kind, uint32_t *number);
void page_put(struct btree *t, const uint8_t *page);
void page_change(struct btree *t, const uint8_t *page); // before anything in it is changed; may raise

// A key or value as it is stored in a cell.
size_t blob_size(const uint8_t *p);
obj_t blob_load(struct btree *t, const uint8_t *p); // bytes
size_t blob_store(struct btree *t, uint8_t *out, const uint8_t *data, size_t len);
void blob_drop(struct btree *t, const uint8_t *p);
int blob_compare(struct btree *t, const uint8_t *key, size_t len, const uint8_t *p);

uint32_t load_16(const uint8_t *p);
uint32_t load_32(const uint8_t *p);
void store_32(uint8_t *p, uint32_t v);

// btree_tree.c
enum btree_find { FIND_EQUAL, FIND_FROM, FIND_AFTER, FIND_UP_TO, FIND_BEFORE }; // FROM: the first key >= it; UP_TO: the last key <= it
struct key { const uint8_t *data; size_t len; bool is_end; }; // is_end: before all keys for FROM, behind all for UP_TO
bool btree_search(struct btree *t, struct key key, enum btree_find how, obj_t *found_key, obj_t *found_value); // either may be NULL
void btree_insert(struct btree *t, struct key key, const uint8_t *value, size_t len);
bool btree_remove(struct btree *t, struct key key); // false: was not there

#endif
