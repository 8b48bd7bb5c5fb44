// SPDX-License-Identifier: MIT
// StringIO and BytesIO: streams in memory.
//
// Invariants (spec/heap-model.md 2.3)
//  - A header of 4 words, a buffer record of 4 words, and the bytes: 16, or as many as were asked for, or none as long as the stream only
//    reads the text or bytes it was made from. The first write then copies exactly the initial bytes (copy on write).
//  - Closed: record is NULL. The place survives closing.
//  - The place may lie behind the end; a write there fills the gap with zeros.
#include "heap/heap.h"
#include "modules/stream.h"
#include "objects/num.h"
#include "objects/str.h"
#include "objects/types.h"
#include "rt.h"
#include "run/raise.h"

#include <errno.h>

enum { FIRST_CAPACITY = 16 };

struct memory_stream { // 4 words
    const struct type *type;
    struct text_buffer *record; // a heap run
    size_t place;
    obj_t source; // whose bytes are read, OBJ_NULL once the record has its own
};

static struct memory_stream *memory_stream_self(obj_t o) {
    obj_t native = obj_native(o, &type_StringIO);
    if (native == OBJ_NULL) native = obj_native(o, &type_BytesIO);
    if (native == OBJ_NULL) raise_format(&type_TypeError, "argument should be a 'BytesIO' not a '%s'", obj_type_name(o));
    return (struct memory_stream *)native;
}

static struct memory_stream *memory_stream_open(obj_t o) {
    struct memory_stream *s = memory_stream_self(o);
    if (!s->record) raise_message(&type_ValueError, "I/O operation on closed file");
    return s;
}

static void memory_stream_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    struct memory_stream *s = memory_stream_self(self);
    print_format(p, s->type == &type_StringIO ? "<io.StringIO 0x%lx>" : "<io.BytesIO 0x%lx>", (unsigned long)heap_address(s));
}

static ptrdiff_t memory_stream_read(obj_t self, void *data, size_t len, int *error) {
    (void)error;
    struct memory_stream *s = memory_stream_open(self);
    size_t end = s->record->len;
    size_t left = s->place < end ? end - s->place : 0;
    if (len > left) len = left;
    if (len == 0) return 0;
    memcpy(data, s->record->data + s->place, len);
    s->place += len;
    return (ptrdiff_t)len;
}

const uint8_t *memory_stream_peek(obj_t stream, size_t *left) {
    if (!obj_is(stream, &type_BytesIO) && !obj_is(stream, &type_StringIO)) return NULL;
    const struct memory_stream *s = (const struct memory_stream *)stream;
    if (!s->record || s->place >= s->record->len) return NULL;
    *left = s->record->len - s->place;
    return (const uint8_t *)s->record->data + s->place;
}

void memory_stream_skip(obj_t stream, size_t n) { ((struct memory_stream *)stream)->place += n; }

// Gives the stream bytes of its own.
static void memory_stream_detach(struct memory_stream *s) {
    const char *data = s->record->data;
    size_t len = s->record->len;
    struct text_buffer own;
    text_buffer_init(&own, len);
    if (len) text_buffer_add(&own, data, len);
    *s->record = own;
    s->source = OBJ_NULL;
}

static ptrdiff_t memory_stream_write(obj_t self, const void *data, size_t len, int *error) {
    (void)error;
    struct memory_stream *s = memory_stream_open(self);
    if (s->source != OBJ_NULL) memory_stream_detach(s);
    if (len > PTRDIFF_MAX - s->place) raise_no_memory(len);
    size_t end = s->place + len, old = s->record->len;
    if (end > old) {
        text_buffer_extend(s->record, end - old);
        if (s->place > old) memset(s->record->data + old, 0, s->place - old);
    }
    if (len) memmove(s->record->data + s->place, data, len); // the data may be a view of this very buffer
    s->place = end;
    return (ptrdiff_t)len;
}

static ptrdiff_t memory_stream_seek(struct memory_stream *s, struct stream_seek *seek, int *error) {
    int64_t from = 0;
    if (seek->whence == 1) from = (int64_t)s->place;
    else if (seek->whence == 2) from = s->record ? (int64_t)s->record->len : 0;
    int64_t to;
    if (__builtin_add_overflow(from, seek->offset, &to)) {
        *error = EINVAL;
        return -1;
    }
    if (to < 0) to = 0; // backwards beyond the start is the start
    s->place = (size_t)to;
    seek->offset = to;
    return 0;
}

static ptrdiff_t memory_stream_ioctl(obj_t self, unsigned request, uintptr_t arg, int *error) {
    struct memory_stream *s = memory_stream_self(self);
    switch (request) {
    case STREAM_FLUSH: return 0;
    case STREAM_SEEK: return memory_stream_seek(s, (struct stream_seek *)arg, error);
    case STREAM_CLOSE:
        if (s->record) {
            if (s->source == OBJ_NULL) text_buffer_free(s->record);
            heap_free(s->record);
        }
        s->record = NULL;
        s->source = OBJ_NULL;
        return 0;
    default: *error = EINVAL; return -1;
    }
}

static obj_t memory_stream_getvalue(obj_t self) {
    struct memory_stream *s = memory_stream_open(self);
    const char *data = s->record->data ? s->record->data : "";
    return s->type == &type_StringIO ? str_new(data, s->record->len) : bytes_new(data, s->record->len);
}
BUILTIN_1(memory_stream_getvalue_fn, memory_stream_getvalue);

static struct memory_stream *memory_stream_new(const struct type *type) {
    struct memory_stream *s = heap_new(4, 0, HEAP_REFS);
    s->type = type;
    s->record = heap_new(4, 0, HEAP_REFS);
    return s;
}

static obj_t memory_stream_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    enum { ARG_FIRST, ARG_ALLOC };
    static const struct arg_spec spec[] = {{Q_initial, ARG_OBJ, 0, {.obj = OBJ_NULL}}, {Q_alloc_size, ARG_INT, ARG_KW_ONLY, {.i = -1}}};
    union arg_value v[2];
    args_parse(n, kw, args, 2, spec, v);
    intptr_t room = v[ARG_ALLOC].i;
    obj_t first = v[ARG_FIRST].obj;
    if (first != OBJ_NULL && obj_is_integer(first)) room = obj_get_int(first);
    struct buffer from = {NULL, 0, 'B'};
    bool has_source = first != OBJ_NULL && !obj_is_integer(first);
    if (has_source) obj_buffer(first, &from, BUFFER_READ);
    struct memory_stream *s = memory_stream_new(type);
    if (has_source) {
        *s->record = (struct text_buffer){from.len, from.len, from.data, true};
        if (obj_is_str_or_bytes(first)) s->source = first;
        else memory_stream_detach(s); // it may change or move
    } else {
        text_buffer_init(s->record, room < 0 && first == OBJ_NULL ? FIRST_CAPACITY : (size_t)room);
    }
    return OBJ_PTR(s);
}

static const struct map_slot memory_stream_members[] = {
    MEMBER(read, &stream_read_fn),
    MEMBER(readinto, &stream_readinto_fn),
    MEMBER(readline, &stream_readline_fn),
    MEMBER(write, &stream_write_fn),
    MEMBER(seek, &stream_seek_fn),
    MEMBER(tell, &stream_tell_fn),
    MEMBER(flush, &stream_flush_fn),
    MEMBER(close, &stream_close_fn),
    MEMBER(getvalue, &memory_stream_getvalue_fn),
    MEMBER(__enter__, &stream_enter_fn),
    MEMBER(__exit__, &stream_exit_fn),
};
static FIXED_DICT(memory_stream_dict, memory_stream_members);

static const struct stream_ops stringio_stream = {memory_stream_read, memory_stream_write, memory_stream_ioctl, true};
static const struct stream_ops bytesio_stream = {memory_stream_read, memory_stream_write, memory_stream_ioctl, false};
static const struct type_ops stringio_ops = {
    .print = memory_stream_print, .construct = memory_stream_construct, .iter = iter_self, .next = stream_next, .stream = &stringio_stream};
static const struct type_ops bytesio_ops = {
    .print = memory_stream_print, .construct = memory_stream_construct, .iter = iter_self, .next = stream_next, .stream = &bytesio_stream};
const struct type type_StringIO = {
    .type = &type_type, .name = Q_StringIO, .flags = TYPE_SELF_ITER, .ops = &stringio_ops, .members = &memory_stream_dict};
const struct type type_BytesIO = {
    .type = &type_type, .name = Q_BytesIO, .flags = TYPE_SELF_ITER, .ops = &bytesio_ops, .members = &memory_stream_dict};
