// SPDX-License-Identifier: MIT
// The pages of a database: reading and writing them through a small cache, operations that happen as a whole, keys and values.
//
// File (all numbers little-endian). Page 0 begins with 24 bytes: "BreadDB1", page size, root, number of pages, first free page. The other
// pages are
//     node      kind (1 leaf, 2 inner), 0, count of cells (2 bytes), bytes in use (4), first child (4, inner), then the cells in order
//     overflow  kind 3, 3 bytes 0, next page (4), bytes here (4), then bytes of a long key or value
//     free      kind 4 or 3, 3 bytes 0, next free page (4); the overflow pages of what was removed go into the list as they are
// A cell is a key and, in a leaf, a value, in an inner node the child (4) with the keys from this one on. A key or value is its length
// (4) and its bytes; when longer than `inline_most`, at most an eighth of a page, top bit of the length set, the number of its first
// overflow page. All pages of such a chain but the last are full.
//
// A page is tested when it is read: cells end where the page says, and nothing points outside. What is wrong is OSError(EINVAL).
// It may lead in circles: what a walk meets is counted, and more pages than the highest number seen are too many.
//
// One operation runs at a time (`busy`). Pages that are in use are pinned. A page that the operation changes is copied first; changed and
// new pages are not written before its end, nor is the header, so a failure at any point is undone in memory alone: by the copies, by
// handing new pages back, by the header of before. The cache is as large as it was asked for, at least SLOTS_LEAST pages; while an
// operation needs more it grows, until the next flush.
#include "heap/heap.h"
#include "modules/btree.h"
#include "modules/stream.h"
#include "objects/str.h"
#include "run/raise.h"

#include <errno.h>

enum { LONG = 1u << 31 }; // in a length: the bytes are in overflow pages
static const char magic[8] = "BreadDB1";

uint32_t load_16(const uint8_t *p) { return p[0] | (uint32_t)p[1] << 8; }
uint32_t load_32(const uint8_t *p) { return load_16(p) | load_16(p + 2) << 16; }
void store_32(uint8_t *p, uint32_t v) {
    for (int i = 0; i < 4; i++) p[i] = (uint8_t)(v >> 8 * i);
}

_Noreturn void btree_corrupt(void) { raise_os(EINVAL); }

// ---- the stream ----------------------------------------------------------------------------------------------------------------
static void stream_go(struct btree *t, uint64_t offset) {
    const struct stream_ops *ops = obj_stream(t->stream);
    if (!ops->ioctl || !ops->read || !ops->write) raise_message(&type_OSError, "stream operation not supported");
    struct stream_seek seek = {(int64_t)offset, 0};
    int error = 0;
    if (ops->ioctl(t->stream, STREAM_SEEK, (uintptr_t)&seek, &error) < 0) raise_os(error);
}

// Bytes read; fewer at the end of the stream.
static size_t stream_take(struct btree *t, uint8_t *data, size_t len) {
    const struct stream_ops *ops = obj_stream(t->stream);
    size_t done = 0;
    if (!ops->read) raise_message(&type_OSError, "stream operation not supported");
    while (done < len) {
        int error = 0;
        ptrdiff_t n = ops->read(t->stream, data + done, len - done, &error);
        if (n < 0) raise_os(error);
        if (n == 0) break;
        done += (size_t)n;
    }
    return done;
}

static void slot_write(struct btree *t, struct page_slot *s) {
    stream_go(t, (uint64_t)s->number * t->page_size);
    stream_write_all(t->stream, s->data, t->page_size);
    s->dirty = false;
}

static void header_write(struct btree *t) {
    uint8_t header[HEADER_BYTES];
    memcpy(header, magic, sizeof magic);
    store_32(header + 8, t->page_size);
    store_32(header + 12, t->now.root);
    store_32(header + 16, t->now.pages);
    store_32(header + 20, t->now.free);
    stream_go(t, 0);
    stream_write_all(t->stream, header, sizeof header);
    t->now.dirty = false;
}

void btree_flush(struct btree *t) {
    for (size_t i = 0; i < t->n_slots; i++)
        if (t->slots[i].dirty) slot_write(t, &t->slots[i]);
    if (t->now.dirty) header_write(t);
    if (t->n_slots <= t->keep) return;
    for (size_t i = t->keep; i < t->n_slots; i++) heap_free(t->slots[i].data);
    heap_resize(t->slots, 5 * t->keep, 0, HEAP_REFS);
    t->n_slots = t->keep;
}

// ---- operations ------------------------------------------------------------------------------------------------------------------
void btree_begin(struct btree *t) { t->before = t->now; }

static void slot_undo(const struct btree *t, struct page_slot *s) {
    if (s->copy) {
        memcpy(s->data, s->copy, t->page_size);
        s->dirty = s->was_dirty;
    } else if (s->origin == FROM_FREE) {
        memset(s->data, 0, NODE_HEADER);
        s->data[0] = PAGE_FREE;
        store_32(s->data + 4, s->next_free);
    } else if (s->origin == FROM_END) {
        s->number = 0;
        s->dirty = false;
    }
}

void btree_end(struct btree *t, bool failed) {
    if (failed) t->now = t->before;
    for (size_t i = 0; i < t->n_slots; i++) {
        struct page_slot *s = &t->slots[i];
        if (failed) slot_undo(t, s);
        heap_free(s->copy);
        s->copy = NULL;
        s->origin = FROM_BEFORE;
        s->pins = 0;
    }
}

// ---- pages -----------------------------------------------------------------------------------------------------------------------
// Bytes of the key or value at p, with its length; 0: it does not end before `end`.
static size_t blob_size_checked(const struct btree *t, const uint8_t *p, const uint8_t *end) {
    if (end - p < 4) return 0;
    uint32_t len = load_32(p);
    if (len & LONG) return end - p >= 8 && load_32(p + 4) < t->now.pages && load_32(p + 4) > 0 ? 8 : 0;
    return len <= t->page_size / 8 && len <= (size_t)(end - p) - 4 ? 4 + len : 0;
}

static bool node_is_sound(const struct btree *t, const uint8_t *page) {
    bool inner = page[0] == PAGE_INNER;
    uint32_t count = load_16(page + 2), used = load_32(page + 4);
    if (used < NODE_HEADER || used > t->page_size) return false;
    if (inner && (load_32(page + 8) == 0 || load_32(page + 8) >= t->now.pages)) return false;
    const uint8_t *at = page + NODE_HEADER, *end = page + used;
    for (; count > 0; count--) {
        size_t n = blob_size_checked(t, at, end);
        if (n == 0) return false;
        at += n;
        n = inner ? 4 : blob_size_checked(t, at, end);
        if (n == 0 || (size_t)(end - at) < n) return false;
        if (inner && (load_32(at) == 0 || load_32(at) >= t->now.pages)) return false;
        at += n;
    }
    return at == end;
}

static bool page_is_sound(const struct btree *t, const uint8_t *page) {
    switch (page[0]) {
    case PAGE_LEAF:
    case PAGE_INNER: return node_is_sound(t, page);
    case PAGE_OVERFLOW: return load_32(page + 4) < t->now.pages && load_32(page + 8) <= t->page_size - NODE_HEADER;
    case PAGE_FREE: return load_32(page + 4) < t->now.pages;
    default: return false;
    }
}

_Static_assert(sizeof(struct page_slot) == 40, "5 words");
static struct page_slot *slots_grow(struct btree *t, size_t more) {
    size_t n = t->n_slots;
    t->slots = heap_resize(t->slots, 5 * (n + more), 0, HEAP_REFS);
    t->n_slots = n + more;
    return &t->slots[n];
}

// A slot for another page. Slots may have moved.
static struct page_slot *slot_free(struct btree *t) {
    struct page_slot *best = NULL, *spare = NULL;
    for (size_t i = 0; i < t->n_slots; i++) {
        struct page_slot *s = &t->slots[i];
        if (!s->data && i < t->keep) return s;
        if (!s->data) spare = s;
        else if (s->pins == 0 && !s->copy && s->origin == FROM_BEFORE && (!best || s->used < best->used)) best = s;
    }
    if (!best) return spare ? spare : slots_grow(t, t->n_slots / 4 + 4);
    if (best->dirty) slot_write(t, best);
    best->number = 0;
    return best;
}

static uint8_t *slot_take(struct btree *t, struct page_slot *s, uint32_t number) {
    s->number = number;
    s->pins++;
    s->used = ++t->clock;
    if (number > t->highest) t->highest = number;
    return s->data;
}

static struct page_slot *slot_of(struct btree *t, const uint8_t *page) {
    for (size_t i = 0; i < t->n_slots; i++)
        if (t->slots[i].data == page) return &t->slots[i];
    return NULL;
}

uint8_t *page_get(struct btree *t, uint32_t number) {
    if (number == 0 || number >= t->now.pages) btree_corrupt();
    for (size_t i = 0; i < t->n_slots; i++)
        if (t->slots[i].data && t->slots[i].number == number) return slot_take(t, &t->slots[i], number);
    struct page_slot *s = slot_free(t);
    if (!s->data) s->data = heap_new(0, t->page_size, HEAP_DATA);
    stream_go(t, (uint64_t)number * t->page_size);
    if (stream_take(t, s->data, t->page_size) < t->page_size || !page_is_sound(t, s->data)) btree_corrupt();
    return slot_take(t, s, number);
}

void page_put(struct btree *t, const uint8_t *page) { slot_of(t, page)->pins--; }

void page_change(struct btree *t, const uint8_t *page) {
    struct page_slot *s = slot_of(t, page);
    if (!s->copy && s->origin == FROM_BEFORE) {
        s->copy = heap_new(0, t->page_size, HEAP_DATA);
        memcpy(s->copy, page, t->page_size);
        s->was_dirty = s->dirty;
    }
    s->dirty = true;
}

// The first free page; NULL: none.
static uint8_t *page_reuse(struct btree *t, uint32_t *number) {
    if (!t->now.free) return NULL;
    *number = t->now.free;
    uint8_t *page = page_get(t, *number);
    struct page_slot *s = slot_of(t, page);
    if (page[0] != PAGE_FREE && page[0] != PAGE_OVERFLOW) btree_corrupt();
    t->now.free = load_32(page + 4);
    if (page[0] == PAGE_OVERFLOW) { // what it holds was perhaps removed by this operation
        page_change(t, page);
    } else if (!s->copy && s->origin == FROM_BEFORE) {
        s->origin = FROM_FREE;
        s->next_free = t->now.free;
    }
    return page;
}

// A new page, all zero but for its kind, pinned.
uint8_t *page_new(struct btree *t, enum page_kind kind, uint32_t *number) {
    uint8_t *page = page_reuse(t, number);
    if (!page) {
        struct page_slot *s = slot_free(t);
        if (t->now.pages == UINT32_MAX) btree_corrupt();
        if (!s->data) s->data = heap_new(0, t->page_size, HEAP_DATA);
        s->origin = FROM_END;
        page = slot_take(t, s, *number = t->now.pages++);
    }
    memset(page, 0, t->page_size);
    page[0] = (uint8_t)kind;
    slot_of(t, page)->dirty = t->now.dirty = true;
    return page;
}

// ---- keys and values -----------------------------------------------------------------------------------------------------------
size_t blob_size(const uint8_t *p) {
    uint32_t len = load_32(p);
    return len & LONG ? 8 : 4 + (size_t)len;
}

struct chain { uint32_t number, left, steps; }; // of overflow pages: the next one, bytes that are left, pages passed

static struct chain chain_of(const uint8_t *p) { return (struct chain){load_32(p + 4), load_32(p) & ~(uint32_t)LONG, 0}; }

// The next page, pinned, and how many bytes are in it.
static uint8_t *chain_next(struct btree *t, struct chain *c, uint32_t *here) {
    uint32_t room = t->page_size - NODE_HEADER;
    uint8_t *page = page_get(t, c->number);
    *here = c->left < room ? c->left : room;
    if (page[0] != PAGE_OVERFLOW || load_32(page + 8) != *here || ++c->steps > t->highest) btree_corrupt();
    c->left -= *here;
    c->number = load_32(page + 4);
    return page;
}

// As bytes of Python. The page of `p` must be pinned.
obj_t blob_load(struct btree *t, const uint8_t *p) {
    if (!(load_32(p) & LONG)) return bytes_new((const char *)p + 4, load_32(p));
    struct text_buffer out;
    text_buffer_init(&out, 16);
    for (struct chain c = chain_of(p); c.left > 0;) {
        uint32_t here;
        uint8_t *page = chain_next(t, &c, &here);
        text_buffer_add(&out, (const char *)page + NODE_HEADER, here);
        page_put(t, page);
    }
    return text_buffer_bytes(&out);
}

// Writes it to `out` (at most an eighth of a page and 4 bytes); a long one into overflow pages. Returns its size.
size_t blob_store(struct btree *t, uint8_t *out, const uint8_t *data, size_t len) {
    store_32(out, (uint32_t)len);
    if (len <= t->inline_most) {
        if (len) memcpy(out + 4, data, len);
        return 4 + len;
    }
    uint32_t first = 0;
    size_t room = t->page_size - NODE_HEADER, part = len % room ? len % room : room;
    for (size_t left = len; left > 0; part = room) { // from the end, so that each page knows the next one
        uint32_t number;
        uint8_t *page = page_new(t, PAGE_OVERFLOW, &number);
        left -= part;
        store_32(page + 4, first);
        store_32(page + 8, (uint32_t)part);
        memcpy(page + NODE_HEADER, data + left, part);
        page_put(t, page);
        first = number;
    }
    store_32(out, (uint32_t)len | LONG);
    store_32(out + 4, first);
    return 8;
}

// Its overflow pages, if it has any, become the first of the free ones.
void blob_drop(struct btree *t, const uint8_t *p) {
    if (!(load_32(p) & LONG)) return;
    uint32_t first = load_32(p + 4), here;
    for (struct chain c = chain_of(p); c.left > 0;) {
        uint8_t *page = chain_next(t, &c, &here);
        if (c.left == 0) {
            page_change(t, page);
            store_32(page + 4, t->now.free);
            t->now.free = first;
            t->now.dirty = true;
        }
        page_put(t, page);
    }
}

static int bytes_compare(const uint8_t *a, size_t an, const uint8_t *b, size_t bn) {
    int order = memcmp(a, b, an < bn ? an : bn);
    return order ? order : an < bn ? -1 : an > bn;
}

// < 0: the key is before the one stored at p
int blob_compare(struct btree *t, const uint8_t *key, size_t len, const uint8_t *p) {
    uint32_t stored = load_32(p);
    if (!(stored & LONG)) return bytes_compare(key, len, p + 4, stored);
    struct chain c = chain_of(p);
    size_t at = 0, stored_len = c.left;
    int order = 0;
    while (at < len && c.left > 0 && order == 0) {
        uint32_t here;
        uint8_t *page = chain_next(t, &c, &here);
        if (here > len - at) here = (uint32_t)(len - at);
        order = memcmp(key + at, page + NODE_HEADER, here);
        at += here;
        page_put(t, page);
    }
    return order ? order : len < stored_len ? -1 : len > stored_len;
}

// ---- opening -------------------------------------------------------------------------------------------------------------------
static void cache_start(struct btree *t, size_t cache, uint32_t min_keys) {
    size_t keep = cache / t->page_size, each = (t->page_size - NODE_HEADER) / (min_keys > 3 ? min_keys : 3);
    t->keep = (uint32_t)(keep < SLOTS_LEAST ? SLOTS_LEAST : keep > INT16_MAX ? INT16_MAX : keep);
    if (each < 16) raise_os(EINVAL); // not even references to overflow pages would have room
    t->inline_most = t->page_size / 8 < each / 2 - 4 ? t->page_size / 8 : (uint32_t)each / 2 - 4;
    slots_grow(t, t->keep);
}

void btree_start(struct btree *t, uint32_t page_size, size_t cache, uint32_t min_keys) {
    uint8_t header[HEADER_BYTES];
    size_t n = stream_take(t, header, sizeof header);
    t->page_size = page_size ? page_size : PAGE_USUAL;
    if (n > 0) { // the file decides
        if (n < sizeof header || memcmp(header, magic, sizeof magic) != 0) btree_corrupt();
        t->page_size = load_32(header + 8);
        t->now = (struct btree_state){load_32(header + 12), load_32(header + 16), load_32(header + 20), false};
        bool fits = t->page_size >= PAGE_LEAST && t->page_size <= PAGE_MOST;
        if (!fits || t->now.root == 0 || t->now.root >= t->now.pages || t->now.free >= t->now.pages) btree_corrupt();
        cache_start(t, cache, min_keys);
        return;
    }
    stream_go(t, 0); // so that a stream that cannot is refused now
    cache_start(t, cache, min_keys);
    t->now.pages = 1;
    uint8_t *root = page_new(t, PAGE_LEAF, &t->now.root);
    store_32(root + 4, NODE_HEADER);
    page_put(t, root);
}
