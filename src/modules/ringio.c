// SPDX-License-Identifier: MIT
// micropython.RingIO: a queue of bytes between an interrupt handler and the program, as a stream that never waits.
//
// Invariants
//  - One place of the memory stays free: empty is get == put. Writers move put only, readers get only: one may interrupt the other.
//  - On the board: type, pointer, three half-words (2 words and 6 bytes), and the memory: a run of size + 1 bytes, or the caller's object.
//  - The caller's object may have been resized since: places are used only while they are inside what it offers now.
#include "heap/heap.h"
#include "modules/stream.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/types.h"
#include "run/raise.h"

enum { LARGEST = 65535 }; // bytes of memory

struct ring {
    const struct type *type;
    obj_t memory; // a run of our own, or an object with a buffer
    uint16_t size, get, put;
    bool owned;
};
extern const struct type type_ringio;

static struct ring *ring_self(obj_t o) { return (struct ring *)obj_native(o, &type_ringio); }

static uint8_t *ring_memory(const struct ring *r, size_t *size) {
    *size = r->size;
    if (r->owned) return (uint8_t *)r->memory;
    struct buffer b;
    obj_buffer(r->memory, &b, BUFFER_WRITE);
    if (b.len < *size) *size = b.len;
    return b.data;
}

static obj_t ring_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    args_check(n, kw, 1, 1, false);
    struct buffer b;
    bool given = obj_buffer_maybe(args[0], &b, BUFFER_WRITE);
    intptr_t size = given ? (intptr_t)b.len : obj_get_int(args[0]);
    if (!given && size < LARGEST) size++; // the free place
    else if (!given) size = LARGEST + 1;
    if (size < 2 || size > LARGEST) raise_message(&type_ValueError, "invalid buffer size");
    struct ring *r = heap_new(2, 6, HEAP_REFS);
    r->type = type;
    r->size = (uint16_t)size;
    r->owned = !given;
    r->memory = given ? args[0] : (obj_t)heap_new(0, (size_t)size, HEAP_DATA);
    return OBJ_PTR(r);
}

static void ring_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)self, (void)kind;
    print_text(p, "<RingIO>");
}

static size_t ring_filled(const struct ring *r) { return (size_t)(r->put >= r->get ? r->put - r->get : r->size - r->get + r->put); }

static ptrdiff_t ring_read(obj_t self, void *data, size_t len, int *error) {
    (void)error;
    struct ring *r = ring_self(self);
    size_t size, n = 0;
    const uint8_t *memory = ring_memory(r, &size);
    for (uint8_t *to = data; n < len && r->get != r->put; n++) {
        to[n] = r->get < size ? memory[r->get] : 0;
        r->get = (uint16_t)(r->get + 1 == r->size ? 0 : r->get + 1);
    }
    return (ptrdiff_t)n;
}

static ptrdiff_t ring_write(obj_t self, const void *data, size_t len, int *error) {
    (void)error;
    struct ring *r = ring_self(self);
    size_t size, n = 0;
    uint8_t *memory = ring_memory(r, &size);
    for (const uint8_t *from = data; n < len; n++) {
        uint16_t next = (uint16_t)(r->put + 1 == r->size ? 0 : r->put + 1);
        if (next == r->get) break;
        if (r->put < size) memory[r->put] = from[n];
        r->put = next;
    }
    return (ptrdiff_t)n;
}

static ptrdiff_t ring_ioctl(obj_t self, unsigned request, uintptr_t arg, int *error) {
    (void)error;
    const struct ring *r = ring_self(self);
    if (request == STREAM_CLOSE || request == STREAM_FLUSH) return 0;
    if (request != STREAM_POLL) {
        *error = 22; // EINVAL
        return -1;
    }
    size_t filled = ring_filled(r);
    ptrdiff_t ready = filled > 0 ? STREAM_READABLE : 0;
    if (filled + 1 < r->size) ready |= STREAM_WRITABLE;
    return ready & (ptrdiff_t)arg;
}

static obj_t ring_any(obj_t self) { return OBJ_INT((intptr_t)ring_filled(ring_self(self))); }
BUILTIN_1(ring_any_fn, ring_any);

static const struct map_slot ring_members[] = {
    MEMBER(any, &ring_any_fn),
    MEMBER(read, &stream_read_fn),
    MEMBER(readline, &stream_readline_fn),
    MEMBER(readinto, &stream_readinto_fn),
    MEMBER(write, &stream_write_fn),
    MEMBER(close, &stream_close_fn),
};
static FIXED_DICT(ring_dict, ring_members);
static const struct stream_ops ring_stream = {.read = ring_read, .write = ring_write, .ioctl = ring_ioctl};
static const struct type_ops ring_ops = {.construct = ring_construct, .print = ring_print, .stream = &ring_stream};
const struct type type_ringio = {.type = &type_type, .name = Q_RingIO, .ops = &ring_ops, .members = &ring_dict};
