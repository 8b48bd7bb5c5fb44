// SPDX-License-Identifier: MIT
// A database in a stream: between btree_pages.c (pages, keys and values), btree_tree.c (search, insertion, removal), btree.c (the module).
#ifndef SRC_BTREE_H
#define SRC_BTREE_H

#include "obj.h"

enum { HEADER_BYTES = 24, NODE_HEADER = 12, PAGE_LEAST = 512, PAGE_MOST = 65536, PAGE_USUAL = 4096, SLOTS_LEAST = 16 };
enum page_kind { PAGE_LEAF = 1, PAGE_INNER, PAGE_OVERFLOW, PAGE_FREE };

struct page_slot {
    uint8_t *data;   // a heap run of page_size bytes, NULL: not made yet
    uint32_t number, pins;
    uint64_t used;   // when it was asked for last
    bool dirty;
};

struct btree { // 10 words
    const struct type *type;
    obj_t stream;            // OBJ_NULL: closed
    struct page_slot *slots; // a heap run
    size_t n_slots;
    uint64_t clock;
    uint32_t page_size, root, pages, free;
    bool dirty, busy;        // the header is to be written; an operation is running
};

_Noreturn void btree_corrupt(void); // OSError(EINVAL)
void btree_start(struct btree *t, uint32_t page_size); // reads the header, or makes an empty database
void btree_flush(struct btree *t);

// Pages are pinned from get or new to put.
uint8_t *page_get(struct btree *t, uint32_t number);
uint8_t *page_new(struct btree *t, enum page_kind kind, uint32_t *number);
void page_put(struct btree *t, const uint8_t *page);
void page_dirty(struct btree *t, const uint8_t *page);
void page_drop(struct btree *t, uint32_t number);

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
