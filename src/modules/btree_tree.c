// SPDX-License-Identifier: MIT
// The tree: finding a key or its neighbour, putting in, taking out.
//
// All keys are in leaves. In an inner node the first child has the keys before the first cell's key; a cell's child has the keys from the
// cell's on. A leaf may become empty and stays; so a search for a neighbour goes on in the next subtree when one has none.
// An insertion that finds no room splits the node into two at the cell nearest to the middle and puts the first key of the right one into
// the parent. A node has room for at least three cells (btree_pages.c), so both halves have one. The depth is at most DEPTH_MOST: more is
// no database of ours.
#include "heap/heap.h"
#include "modules/btree.h"
#include "run/raise.h"
#include "rt.h"

enum { DEPTH_MOST = 12 };

static uint8_t *cell_room(const struct btree *t) { return heap_new(0, t->page_size / 4 + 16, HEAP_DATA); } // no cell is larger

static size_t cell_size(const uint8_t *page, const uint8_t *cell) {
    size_t key = blob_size(cell);
    return key + (page[0] == PAGE_INNER ? 4 : blob_size(cell + key));
}

static uint8_t *first_cell(uint8_t *page) { return page + NODE_HEADER; }
static uint8_t *cells_end(uint8_t *page) { return page + load_32(page + 4); }

// ---- searching ------------------------------------------------------------------------------------------------------------------
struct search {
    struct btree *t;
    struct key key;
    enum btree_find how;
    obj_t *found_key, *found_value;
    uint32_t visits; // of nodes
};

static bool wants_smaller(enum btree_find how) { return how == FIND_UP_TO || how == FIND_BEFORE; }

// Order of the searched key and a cell's.
static int search_compare(const struct search *s, const uint8_t *cell) {
    if (s->key.is_end) return wants_smaller(s->how) ? 1 : -1;
    return blob_compare(s->t, s->key.data, s->key.len, cell);
}

static bool search_takes(enum btree_find how, int order) {
    switch (how) {
    case FIND_EQUAL: return order == 0;
    case FIND_FROM: return order <= 0;
    case FIND_AFTER: return order < 0;
    case FIND_UP_TO: return order >= 0;
    default: return order > 0;
    }
}

static bool search_leaf(const struct search *s, uint8_t *page) {
    uint8_t *best = NULL;
    for (uint8_t *cell = first_cell(page), *end = cells_end(page); cell < end; cell += cell_size(page, cell)) {
        int order = search_compare(s, cell);
        if (search_takes(s->how, order)) {
            best = cell;
            if (!wants_smaller(s->how)) break;
        } else if (order < 0) {
            break;
        }
    }
    if (!best) return false;
    if (s->found_key) *s->found_key = blob_load(s->t, best);
    if (s->found_value) *s->found_value = blob_load(s->t, best + blob_size(best));
    return true;
}

static bool search_node(struct search *s, uint32_t number, unsigned depth);

// Children in the order in which they may have it. For a larger key: from the one where the key would be, onwards; else backwards.
static bool search_inner(struct search *s, uint8_t *page, unsigned depth) {
    uint32_t count = load_16(page + 2), home = 0, i = 0;
    for (uint8_t *cell = first_cell(page); i < count; cell += cell_size(page, cell), i++)
        if (search_compare(s, cell) >= 0) home = i + 1;
    for (;;) {
        uint32_t child = load_32(page + 8);
        uint8_t *cell = first_cell(page);
        for (i = 0; i < home; i++) {
            child = load_32(cell + blob_size(cell));
            cell += cell_size(page, cell);
        }
        if (search_node(s, child, depth + 1)) return true;
        if (s->how == FIND_EQUAL || (wants_smaller(s->how) ? home == 0 : home == count)) return false;
        home = wants_smaller(s->how) ? home - 1 : home + 1;
    }
}

static bool search_node(struct search *s, uint32_t number, unsigned depth) {
    stack_check();
    if (depth > DEPTH_MOST) btree_corrupt();
    uint8_t *page = page_get(s->t, number);
    if (++s->visits > s->t->highest) btree_corrupt();
    bool found = page[0] == PAGE_LEAF ? search_leaf(s, page) : page[0] == PAGE_INNER && search_inner(s, page, depth);
    page_put(s->t, page);
    return found;
}

bool btree_search(struct btree *t, struct key key, enum btree_find how, obj_t *found_key, obj_t *found_value) {
    struct search s = {t, key, how, found_key, found_value, 0};
    return search_node(&s, t->now.root, 0);
}

// ---- changing -------------------------------------------------------------------------------------------------------------------
static void node_set(uint8_t *page, uint32_t count, uint32_t used) {
    page[2] = (uint8_t)count;
    page[3] = (uint8_t)(count >> 8);
    store_32(page + 4, used);
}

static void cell_remove(struct btree *t, uint8_t *page, uint8_t *cell) {
    size_t n = cell_size(page, cell);
    uint8_t *end = cells_end(page);
    page_change(t, page);
    memmove(cell, cell + n, (size_t)(end - cell) - n);
    node_set(page, load_16(page + 2) - 1, load_32(page + 4) - (uint32_t)n);
}

static void cell_put(struct btree *t, uint8_t *page, uint8_t *at, const uint8_t *cell, size_t n) {
    page_change(t, page);
    memmove(at + n, at, (size_t)(cells_end(page) - at));
    memcpy(at, cell, n);
    node_set(page, load_16(page + 2) + 1, load_32(page + 4) + (uint32_t)n);
}

// What a split hands to the parent: a cell of key and new child.
struct promoted {
    uint8_t *cell; // cell_room()
    size_t len;    // 0: nothing
};

// The cells of the full page and the new one, in order, in a run that is larger than a page; then they are dealt out.
static void node_split(struct btree *t, uint8_t *page, const uint8_t *at, const uint8_t *cell, size_t n, struct promoted *up) {
    uint32_t used = load_32(page + 4), right_number, count = load_16(page + 2) + 1, left = 0;
    bool inner = page[0] == PAGE_INNER;
    uint8_t *all = heap_new(0, used + n, HEAP_DATA), *end = all + used + n, *middle = all + NODE_HEADER;
    size_t before = (size_t)(at - page);
    memcpy(all, page, before);
    memcpy(all + before, cell, n);
    memcpy(all + before + n, at, used - before);
    while (left + 1 < count && (left == 0 || (size_t)(middle - all) < (used + n) / 2)) {
        middle += cell_size(all, middle);
        left++;
    }
    page_change(t, page);
    uint8_t *right = page_new(t, (enum page_kind)page[0], &right_number), *from = middle;
    up->len = blob_size(middle) + 4;
    memcpy(up->cell, middle, blob_size(middle));
    store_32(up->cell + blob_size(middle), right_number);
    if (inner) { // the key goes up, its child is the right node's first
        store_32(right + 8, load_32(middle + blob_size(middle)));
        from += cell_size(all, middle);
    }
    memcpy(right + NODE_HEADER, from, (size_t)(end - from));
    node_set(right, count - left - inner, NODE_HEADER + (uint32_t)(end - from));
    memcpy(page, all, (size_t)(middle - all));
    node_set(page, left, (uint32_t)(middle - all));
    page_put(t, right);
    heap_free(all);
}

static void node_add(struct btree *t, uint8_t *page, uint8_t *at, const uint8_t *cell, size_t n, struct promoted *up) {
    if (load_32(page + 4) + n <= t->page_size) cell_put(t, page, at, cell, n);
    else node_split(t, page, at, cell, n, up);
}

// A long key that goes into an inner node needs overflow pages of its own: the leaf's may be freed with it.
static void promoted_own_key(struct btree *t, struct promoted *up) {
    uint32_t child = load_32(up->cell + blob_size(up->cell));
    obj_t key = blob_load(t, up->cell);
    struct buffer b;
    obj_buffer(key, &b, BUFFER_READ);
    size_t n = blob_store(t, up->cell, b.data, b.len);
    store_32(up->cell + n, child);
    up->len = n + 4;
}

struct insertion {
    struct btree *t;
    struct key key;
    const uint8_t *cell; // the new one
    size_t len;
};

static void insert_into(const struct insertion *in, uint32_t number, unsigned depth, struct promoted *up) {
    stack_check();
    if (depth > DEPTH_MOST) btree_corrupt();
    struct btree *t = in->t;
    uint8_t *page = page_get(t, number), *at = first_cell(page), *end = cells_end(page);
    uint32_t child = load_32(page + 8);
    if (page[0] != PAGE_LEAF && page[0] != PAGE_INNER) btree_corrupt();
    for (; at < end && blob_compare(t, in->key.data, in->key.len, at) >= 0; at += cell_size(page, at))
        if (page[0] == PAGE_INNER) child = load_32(at + blob_size(at));
    if (page[0] == PAGE_LEAF) {
        node_add(t, page, at, in->cell, in->len, up);
        if (up->len) promoted_own_key(t, up);
    } else {
        struct promoted below = {cell_room(t), 0};
        insert_into(in, child, depth + 1, &below);
        if (below.len) node_add(t, page, at, below.cell, below.len, up);
        heap_free(below.cell);
    }
    page_put(t, page);
}

void btree_insert(struct btree *t, struct key key, const uint8_t *value, size_t len) {
    uint8_t *cell = cell_room(t);
    size_t n = blob_store(t, cell, key.data, key.len);
    n += blob_store(t, cell + n, value, len);
    btree_remove(t, key); // after that, so that no page of the old value is needed for the new one
    struct insertion in = {t, key, cell, n};
    struct promoted up = {cell_room(t), 0};
    insert_into(&in, t->now.root, 0, &up);
    if (up.len) { // a new root over the two halves of the old one
        uint32_t number;
        uint8_t *root = page_new(t, PAGE_INNER, &number);
        store_32(root + 8, t->now.root);
        memcpy(first_cell(root), up.cell, up.len);
        node_set(root, 1, NODE_HEADER + (uint32_t)up.len);
        t->now.root = number;
        t->now.dirty = true;
        page_put(t, root);
    }
    heap_free(up.cell);
    heap_free(cell);
}

bool btree_remove(struct btree *t, struct key key) {
    uint32_t number = t->now.root;
    for (unsigned depth = 0; depth <= DEPTH_MOST; depth++) {
        uint8_t *page = page_get(t, number), *cell = first_cell(page), *end = cells_end(page);
        int order = 1;
        number = load_32(page + 8);
        for (; cell < end && (order = blob_compare(t, key.data, key.len, cell)) >= 0; cell += cell_size(page, cell)) {
            if (page[0] == PAGE_INNER) number = load_32(cell + blob_size(cell));
            else if (order == 0) break;
        }
        bool is_leaf = page[0] == PAGE_LEAF, found = is_leaf && cell < end && order == 0;
        if (!is_leaf && page[0] != PAGE_INNER) btree_corrupt();
        if (found) {
            blob_drop(t, cell);
            blob_drop(t, cell + blob_size(cell));
            cell_remove(t, page, cell);
        }
        page_put(t, page);
        if (is_leaf) return found;
    }
    btree_corrupt();
}
