// SPDX-License-Identifier: MIT
// The pages of a database: reading and writing them through a small cache, cells, and the search for a key.
//
// File (all numbers little-endian). Page 0 begins with 24 bytes: "BreadDB1", page size, root, number of pages, first free page. The other
// pages are
//     node      kind (1 leaf, 2 inner), 0, count of cells (2 bytes), bytes in use (4), first child (4, inner), then the cells in order
//     overflow  kind 3, 3 bytes 0, next page (4), bytes here (4), then bytes of a long key or value
//     free      kind 4, 3 bytes 0, next free page (4)
// A cell is a key and, in a leaf, a value, in an inner node the child (4) with the keys from this one on. A key or value is its length
// (4) and its bytes; when longer than an eighth of a page, top bit of the length set, the number of its first overflow page.
//
// A page is tested when it is read: cells end where the page says, and nothing points outside. What is wrong is OSError(EINVAL).
// The cache holds at least SLOTS_LEAST pages; a page that is in use is pinned and stays. One operation runs at a time (`busy`), and
// when it ends, also by an exception, all pins are taken away.
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
    store_32(header + 12, t->root);
    store_32(header + 16, t->pages);
    store_32(header + 20, t->free);
    stream_go(t, 0);
    stream_write_all(t->stream, header, sizeof header);
    t->dirty = false;
}

void btree_flush(struct btree *t) {
    for (size_t i = 0; i < t->n_slots; i++)
        if (t->slots[i].dirty) slot_write(t, &t->slots[i]);
    if (t->dirty) header_write(t);
}

// ---- pages -----------------------------------------------------------------------------------------------------------------------
// Bytes of the key or value at p, with its length; 0: it does not end before `end`.
static size_t blob_size_checked(const struct btree *t, const uint8_t *p, const uint8_t *end) {
    if (end - p < 4) return 0;
    uint32_t len = load_32(p);
    if (len & LONG) return end - p >= 8 && load_32(p + 4) < t->pages && load_32(p + 4) > 0 ? 8 : 0;
    return len <= t->page_size / 8 && len <= (size_t)(end - p) - 4 ? 4 + len : 0;
}

static bool node_is_sound(const struct btree *t, const uint8_t *page) {
    bool inner = page[0] == PAGE_INNER;
    uint32_t count = load_16(page + 2), used = load_32(page + 4);
    if (used < NODE_HEADER || used > t->page_size) return false;
    if (inner && (load_32(page + 8) == 0 || load_32(page + 8) >= t->pages)) return false;
    const uint8_t *at = page + NODE_HEADER, *end = page + used;
    for (; count > 0; count--) {
        size_t n = blob_size_checked(t, at, end);
        if (n == 0) return false;
        at += n;
        n = inner ? 4 : blob_size_checked(t, at, end);
        if (n == 0 || (size_t)(end - at) < n) return false;
        if (inner && (load_32(at) == 0 || load_32(at) >= t->pages)) return false;
        at += n;
    }
    return at == end;
}

static bool page_is_sound(const struct btree *t, const uint8_t *page) {
    switch (page[0]) {
    case PAGE_LEAF:
    case PAGE_INNER: return node_is_sound(t, page);
    case PAGE_OVERFLOW: return load_32(page + 4) < t->pages && load_32(page + 8) <= t->page_size - NODE_HEADER;
    case PAGE_FREE: return load_32(page + 4) < t->pages;
    default: return false;
    }
}

static struct page_slot *slot_free(struct btree *t) {
    struct page_slot *best = NULL;
    for (size_t i = 0; i < t->n_slots; i++) {
        struct page_slot *s = &t->slots[i];
        if (!s->data) return s;
        if (s->pins == 0 && (!best || s->used < best->used)) best = s;
    }
    if (!best) btree_corrupt(); // a file whose depth has no end
    if (best->dirty) slot_write(t, best);
    best->number = 0;
    return best;
}

static uint8_t *slot_take(struct btree *t, struct page_slot *s, uint32_t number) {
    s->number = number;
    s->pins++;
    s->used = ++t->clock;
    return s->data;
}

static struct page_slot *slot_of(struct btree *t, const uint8_t *page) {
    for (size_t i = 0; i < t->n_slots; i++)
        if (t->slots[i].data == page) return &t->slots[i];
    return NULL;
}

uint8_t *page_get(struct btree *t, uint32_t number) {
    if (number == 0 || number >= t->pages) btree_corrupt();
    for (size_t i = 0; i < t->n_slots; i++)
        if (t->slots[i].data && t->slots[i].number == number) return slot_take(t, &t->slots[i], number);
    struct page_slot *s = slot_free(t);
    if (!s->data) s->data = heap_new(0, t->page_size, HEAP_DATA);
    stream_go(t, (uint64_t)number * t->page_size);
    if (stream_take(t, s->data, t->page_size) < t->page_size || !page_is_sound(t, s->data)) btree_corrupt();
    return slot_take(t, s, number);
}

void page_put(struct btree *t, const uint8_t *page) { slot_of(t, page)->pins--; }
void page_dirty(struct btree *t, const uint8_t *page) { slot_of(t, page)->dirty = true; }

// A new page, all zero but for its kind, pinned.
uint8_t *page_new(struct btree *t, enum page_kind kind, uint32_t *number) {
    if (t->free) {
        *number = t->free;
        uint8_t *page = page_get(t, *number);
        if (page[0] != PAGE_FREE) btree_corrupt();
        t->free = load_32(page + 4);
        memset(page, 0, t->page_size);
        page[0] = (uint8_t)kind;
        t->dirty = true;
        page_dirty(t, page);
        return page;
    }
    struct page_slot *s = slot_free(t);
    if (!s->data) s->data = heap_new(0, t->page_size, HEAP_DATA);
    *number = t->pages++;
    memset(s->data, 0, t->page_size);
    s->data[0] = (uint8_t)kind;
    s->dirty = t->dirty = true;
    return slot_take(t, s, *number);
}

void page_drop(struct btree *t, uint32_t number) {
    uint8_t *page = page_get(t, number);
    memset(page, 0, t->page_size);
    page[0] = PAGE_FREE;
    store_32(page + 4, t->free);
    t->free = number;
    t->dirty = true;
    page_dirty(t, page);
    page_put(t, page);
}

// ---- keys and values -----------------------------------------------------------------------------------------------------------
size_t blob_size(const uint8_t *p) {
    uint32_t len = load_32(p);
    return len & LONG ? 8 : 4 + (size_t)len;
}

// As bytes of Python. The page of `p` must be pinned.
obj_t blob_load(struct btree *t, const uint8_t *p) {
    uint32_t len = load_32(p);
    if (!(len & LONG)) return bytes_new((const char *)p + 4, len);
    struct text_buffer out;
    text_buffer_init(&out, 16);
    len &= ~(uint32_t)LONG;
    for (uint32_t number = load_32(p + 4); out.len < len;) {
        uint8_t *page = page_get(t, number);
        uint32_t here = load_32(page + 8);
        if (page[0] != PAGE_OVERFLOW || here == 0 || here > len - out.len) btree_corrupt();
        text_buffer_add(&out, (const char *)page + NODE_HEADER, here);
        number = load_32(page + 4);
        page_put(t, page);
    }
    return text_buffer_bytes(&out);
}

// Writes it to `out` (at most an eighth of a page and 4 bytes); a long one into overflow pages. Returns its size.
size_t blob_store(struct btree *t, uint8_t *out, const uint8_t *data, size_t len) {
    store_32(out, (uint32_t)len);
    if (len <= t->page_size / 8) {
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

void blob_drop(struct btree *t, const uint8_t *p) {
    if (!(load_32(p) & LONG)) return;
    uint32_t len = load_32(p) & ~(uint32_t)LONG;
    for (uint32_t number = load_32(p + 4); len > 0;) {
        uint8_t *page = page_get(t, number);
        uint32_t here = load_32(page + 8), next = load_32(page + 4);
        if (page[0] != PAGE_OVERFLOW || here == 0 || here > len) btree_corrupt();
        page_put(t, page);
        page_drop(t, number);
        number = next;
        len -= here;
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
    size_t stored_len;
    obj_t other = blob_load(t, p);
    const char *text = str_data(other, &stored_len);
    return bytes_compare(key, len, (const uint8_t *)text, stored_len);
}

// ---- opening -------------------------------------------------------------------------------------------------------------------
void btree_start(struct btree *t, uint32_t page_size) {
    uint8_t header[HEADER_BYTES];
    size_t n = stream_take(t, header, sizeof header);
    t->page_size = page_size ? page_size : PAGE_USUAL;
    if (n > 0) { // the file decides
        if (n < sizeof header || memcmp(header, magic, sizeof magic) != 0) btree_corrupt();
        t->page_size = load_32(header + 8);
        t->root = load_32(header + 12);
        t->pages = load_32(header + 16);
        t->free = load_32(header + 20);
        bool fits = t->page_size >= PAGE_LEAST && t->page_size <= PAGE_MOST;
        if (!fits || t->root == 0 || t->root >= t->pages || t->free >= t->pages) btree_corrupt();
        return;
    }
    stream_go(t, 0);
    t->pages = 1;
    uint8_t *root = page_new(t, PAGE_LEAF, &t->root);
    store_32(root + 4, NODE_HEADER);
    page_put(t, root);
}
