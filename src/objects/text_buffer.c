// SPDX-License-Identifier: MIT
// The growing text buffer.
//
// data is one run of `capacity` bytes of the Python heap, `len` of them used; there is no closing NUL until the buffer is turned into an
// object, which takes over the run. A fixed buffer is somebody else's run: it is never grown or freed.
// Requests follow spec/heap-model.md 2.3: growth to ((len + extra + 16) & ~7) + 8, a final resize to len + 1 when that is not the capacity
// already, then the header.
#include "heap/heap.h"
#include "objects/text.h"
#include "run/raise.h"

void text_buffer_init(struct text_buffer *b, size_t capacity) {
    if (capacity == 0) capacity = 1;
    *b = (struct text_buffer){capacity, 0, NULL, false};
    b->data = heap_new(0, capacity, HEAP_DATA);
}

static void text_buffer_grow(struct text_buffer *b, size_t extra) {
    if (b->fixed) raise_no_memory(extra);
    if (extra > PTRDIFF_MAX - 64 || b->len > (size_t)PTRDIFF_MAX - 64 - extra) raise_no_memory(extra);
    size_t capacity = ((b->len + extra + 16) & ~(size_t)7) + 8;
    b->data = heap_resize(b->data, 0, capacity, HEAP_DATA);
    b->capacity = capacity;
}

char *text_buffer_extend(struct text_buffer *b, size_t extra) {
    if (extra > b->capacity - b->len) text_buffer_grow(b, extra);
    char *end = b->data + b->len;
    b->len += extra;
    return end;
}

void text_buffer_add(struct text_buffer *b, const char *data, size_t len) {
    if (len == 0) return;
    char *end = text_buffer_extend(b, len);
    memcpy(end, data, len);
}

void text_buffer_add_char(struct text_buffer *b, uint32_t code) {
    char c[4];
    text_buffer_add(b, c, utf8_put(c, code));
}

void text_buffer_insert(struct text_buffer *b, size_t at, const char *data, size_t len) {
    if (at > b->len) at = b->len;
    size_t behind = b->len - at;
    if (len == 0) return;
    text_buffer_extend(b, len);
    memmove(b->data + at + len, b->data + at, behind);
    memcpy(b->data + at, data, len);
}

void text_buffer_cut(struct text_buffer *b, size_t at, size_t len) {
    if (at >= b->len) return;
    if (len > b->len - at) len = b->len - at;
    memmove(b->data + at, b->data + at + len, b->len - at - len);
    b->len -= len;
}

void text_buffer_free(struct text_buffer *b) {
    if (!b->fixed) heap_free(b->data);
    *b = (struct text_buffer){0};
}

static void text_buffer_write(void *data, const char *text, size_t len) { text_buffer_add(data, text, len); }

struct printer text_buffer_printer(struct text_buffer *b) { return (struct printer){b, text_buffer_write}; }

// The run in its final size, closed with a NUL; the buffer is empty afterwards.
static char *text_buffer_finish(struct text_buffer *b) {
    if (b->fixed) {
        char *copy = text_run(b->len);
        if (b->len) memcpy(copy, b->data, b->len);
        *b = (struct text_buffer){0};
        return copy;
    }
    char *run = b->data;
    if (b->len + 1 != b->capacity) run = heap_resize(run, 0, b->len + 1, HEAP_DATA);
    run[b->len] = 0;
    *b = (struct text_buffer){0};
    return run;
}

static obj_t text_buffer_object(struct text_buffer *b, const struct type *type) {
    size_t len = b->len;
    char *run = text_buffer_finish(b);
    struct str *s = heap_new(4, 0, HEAP_REFS);
    *s = (struct str){type, 0, len, run};
    return OBJ_PTR(s);
}

obj_t text_buffer_str(struct text_buffer *b) {
    qstr_t known = text_known(b->data, b->len);
    if (known) {
        text_buffer_free(b);
        return OBJ_QSTR(known);
    }
    if (!utf8_valid(b->data, b->len)) raise_type(&type_UnicodeError);
    return text_buffer_object(b, &type_str);
}

obj_t text_buffer_bytearray(struct text_buffer *b) {
    size_t len = b->len;
    return bytearray_take(text_buffer_finish(b), len);
}

obj_t text_buffer_bytes(struct text_buffer *b) {
    return text_buffer_object(b, &type_bytes);
}
