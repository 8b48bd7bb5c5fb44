// SPDX-License-Identifier: MIT
// The methods that every stream type shares: read, readinto, readline(s), write, seek, tell, flush, close, ioctl, with, iteration.
//
// Invariants
//  - A stream is whatever obj_stream() answers for: a native type with stream operations, or an instance of a Python class whose native
//    base has them. The operations get the object itself and find their own native part, so a subclass is as safe as the type.
//  - Text streams count characters in read(n), bytes everywhere else; readline(n) counts bytes.
//  - A stream that has nothing to give now (EAGAIN) gives None, or what it had before.
//  - Requests to the heap are those of a board: read() a buffer of 256 that grows, read(n) n + 1 bytes, readline() 16 that grow.
#include "modules/stream.h"
#include "objects/num.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "objects/types.h"
#include "rt.h"
#include "run/raise.h"
#include "run/vm.h"

#include <errno.h>
#include <limits.h>

enum { READ_ALL_BUFFER = 256, LINE_BUFFER = 16 };

const struct stream_ops *obj_stream(obj_t o) {
    const struct type *t = obj_type(o);
    if (t->flags & TYPE_CLASS) t = t->native;
    const struct stream_ops *ops = t && t->ops ? t->ops->stream : NULL;
    if (!ops) raise_message(&type_OSError, "stream operation not supported");
    return ops;
}

static const struct stream_ops *stream_reader(obj_t o) {
    const struct stream_ops *ops = obj_stream(o);
    if (!ops->read) raise_message(&type_OSError, "stream operation not supported");
    return ops;
}

static const struct stream_ops *stream_writer(obj_t o) {
    const struct stream_ops *ops = obj_stream(o);
    if (!ops->write) raise_message(&type_OSError, "stream operation not supported");
    return ops;
}

// Reads until len bytes are there, the end, or nothing more for now. Returns the count; *error is EAGAIN for the last. Raises for others.
static size_t stream_read_exactly(obj_t self, const struct stream_ops *ops, char *data, size_t len, int *error) {
    size_t done = 0;
    *error = 0;
    while (done < len) {
        ptrdiff_t n = ops->read(self, data + done, len - done, error);
        if (n < 0) {
            if (*error != EAGAIN) raise_os(*error);
            return done;
        }
        if (n == 0) break;
        done += (size_t)n;
    }
    *error = 0;
    return done;
}

static obj_t stream_result(const struct stream_ops *ops, struct text_buffer *b) {
    return ops->is_text ? text_buffer_str(b) : text_buffer_bytes(b);
}

// Nothing was there and more may come: None. Gives the buffer back.
static obj_t stream_nothing(struct text_buffer *b) {
    text_buffer_free(b);
    return OBJ_NONE;
}

static size_t utf8_width(unsigned char lead) { return lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4; }

// n characters: each is at least one byte, so asking for as many bytes as characters are missing never takes too much.
static obj_t stream_read_text(obj_t self, const struct stream_ops *ops, size_t n) {
    struct text_buffer b;
    if (n >= PTRDIFF_MAX) raise_no_memory(n);
    text_buffer_init(&b, n + 1);
    size_t at = 0, missing = n;
    int error = 0;
    while (missing > 0) {
        char *room = text_buffer_extend(&b, missing);
        size_t got = stream_read_exactly(self, ops, room, missing, &error);
        b.len -= missing - got;
        bool ended = got < missing;
        while (at < b.len && n > 0) {
            size_t width = utf8_width((unsigned char)b.data[at]);
            if (width > b.len - at) break;
            at += width;
            n--;
        }
        if (ended) break;
        missing = n;
        if (at < b.len) missing += utf8_width((unsigned char)b.data[at]) - (b.len - at) - 1;
    }
    if (error && b.len == 0) return stream_nothing(&b);
    return stream_result(ops, &b);
}

static obj_t stream_read_all(obj_t self, const struct stream_ops *ops) {
    struct text_buffer b;
    text_buffer_init(&b, READ_ALL_BUFFER);
    int error = 0;
    for (size_t piece = READ_ALL_BUFFER - 1;;) {
        char *room = text_buffer_extend(&b, piece);
        poll_keyboard();
        ptrdiff_t n = ops->read(self, room, piece, &error);
        b.len -= n > 0 ? piece - (size_t)n : piece;
        if (n < 0 && error == EAGAIN && b.len == 0) return stream_nothing(&b);
        if (n < 0 && error != EAGAIN) raise_os(error);
        if (n <= 0) break;
        piece = b.capacity > b.len + 1 ? b.capacity - b.len - 1 : READ_ALL_BUFFER;
    }
    return stream_result(ops, &b);
}

static obj_t stream_read_bytes(obj_t self, const struct stream_ops *ops, size_t n, bool once) {
    struct text_buffer b;
    if (n >= PTRDIFF_MAX) raise_no_memory(n + 1);
    text_buffer_init(&b, n + 1);
    char *room = text_buffer_extend(&b, n);
    int error = 0;
    size_t got;
    if (once) {
        ptrdiff_t r = ops->read(self, room, n, &error);
        if (r < 0 && error != EAGAIN) raise_os(error);
        got = r < 0 ? 0 : (size_t)r;
        if (r >= 0) error = 0;
    } else {
        got = stream_read_exactly(self, ops, room, n, &error);
    }
    b.len = got;
    if (error && got == 0) return stream_nothing(&b);
    return stream_result(ops, &b);
}

static obj_t stream_read_counted(size_t n, const obj_t *args, bool once) {
    const struct stream_ops *ops = stream_reader(args[0]);
    intptr_t size = n > 1 ? obj_get_int(args[1]) : -1;
    if (size == -1) return stream_read_all(args[0], ops);
    if (ops->is_text && !once) return stream_read_text(args[0], ops, (size_t)size);
    return stream_read_bytes(args[0], ops, (size_t)size, once);
}

static obj_t stream_read(size_t n, const obj_t *args) { return stream_read_counted(n, args, false); }
static obj_t stream_read1(size_t n, const obj_t *args) { return stream_read_counted(n, args, true); }

bool stream_lend(obj_t o, struct buffer *out, unsigned flags) {
    obj_buffer(o, out, flags);
    struct array *a = (struct array *)o;
    if (!(obj_is(o, &type_bytearray) || obj_is(o, &type_array)) || a->typecode & ARRAY_VIEWED) return false;
    a->typecode |= ARRAY_VIEWED;
    return true;
}

void stream_give_back(obj_t o, bool marked) {
    if (marked) ((struct array *)o)->typecode &= ARRAY_CODE;
}

static obj_t stream_readinto(size_t n, const obj_t *args) {
    const struct stream_ops *ops = stream_reader(args[0]);
    size_t most = n > 2 ? (size_t)obj_get_int(args[2]) : SIZE_MAX;
    struct buffer to;
    bool marked = stream_lend(args[1], &to, BUFFER_WRITE);
    size_t len = most < to.len ? most : to.len;
    int error;
    size_t got = stream_read_exactly(args[0], ops, to.data, len, &error);
    stream_give_back(args[1], marked);
    return error && got == 0 ? OBJ_NONE : int_from((intptr_t)got);
}

// One line of at most `most` bytes, its end included.
static obj_t stream_line(obj_t self, const struct stream_ops *ops, size_t most) {
    struct text_buffer b;
    text_buffer_init(&b, LINE_BUFFER);
    while (most-- > 0) {
        poll_keyboard();
        char *c = text_buffer_extend(&b, 1);
        int error = 0;
        ptrdiff_t n = ops->read(self, c, 1, &error);
        if (n <= 0) {
            b.len--;
            if (n < 0 && error != EAGAIN) raise_os(error);
            if (n < 0 && b.len == 0) return stream_nothing(&b);
            break;
        }
        if (*c == '\n') break;
    }
    return stream_result(ops, &b);
}

static obj_t stream_readline(size_t n, const obj_t *args) {
    intptr_t size = n > 1 ? obj_get_int(args[1]) : -1;
    return stream_line(args[0], stream_reader(args[0]), (size_t)size);
}

obj_t stream_next(obj_t self) {
    obj_t line = stream_line(self, stream_reader(self), SIZE_MAX);
    rt.stop_value = OBJ_NONE;
    return line == OBJ_NONE || !obj_true(line) ? OBJ_NULL : line;
}

static obj_t stream_readlines(obj_t self) {
    obj_t lines = list_new(0, NULL);
    for (obj_t line; (line = stream_next(self)) != OBJ_NULL;) list_append(lines, line);
    return lines;
}

// Writes until all is done or the stream takes no more for now.
static size_t stream_write_some(obj_t self, const char *data, size_t len, int *error) {
    const struct stream_ops *ops = stream_writer(self);
    size_t done = 0;
    *error = 0;
    while (done < len) {
        ptrdiff_t n = ops->write(self, data + done, len - done, error);
        if (n < 0) return done;
        if (n == 0) break;
        done += (size_t)n;
    }
    *error = 0;
    return done;
}

void stream_write_all(obj_t stream, const void *data, size_t len) {
    int error;
    stream_write_some(stream, data, len, &error);
    if (error) raise_os(error);
}

// write(data), write(data, count), write(data, offset, count); out of range means "up to the end"
static obj_t stream_write(size_t n, const obj_t *args) {
    stream_writer(args[0]);
    size_t start = n > 3 ? (size_t)obj_get_int(args[2]) : 0;
    size_t count = n > 2 ? (size_t)obj_get_int(args[n > 3 ? 3 : 2]) : SIZE_MAX;
    struct buffer from;
    bool marked = stream_lend(args[1], &from, BUFFER_READ);
    if (start > from.len) start = from.len;
    if (count > from.len - start) count = from.len - start;
    int error;
    size_t done = stream_write_some(args[0], from.data ? (const char *)from.data + start : "", count, &error);
    stream_give_back(args[1], marked);
    if (error && error != EAGAIN) raise_os(error);
    return error && done == 0 ? OBJ_NONE : int_from((intptr_t)done);
}

static ptrdiff_t stream_request(obj_t self, unsigned request, uintptr_t arg) {
    const struct stream_ops *ops = obj_stream(self);
    if (!ops->ioctl) raise_message(&type_OSError, "stream operation not supported");
    int error = 0;
    ptrdiff_t r = ops->ioctl(self, request, arg, &error);
    if (r < 0) raise_os(error);
    return r;
}

static obj_t stream_seek_to(obj_t self, int64_t offset, intptr_t whence) {
    if (whence == 0 && offset < 0) raise_os(EINVAL);
    struct stream_seek seek = {offset, whence >= INT_MIN && whence <= INT_MAX ? (int)whence : -1};
    stream_request(self, STREAM_SEEK, (uintptr_t)&seek);
    return int_from_i64(seek.offset);
}

static obj_t stream_seek(size_t n, const obj_t *args) {
    return stream_seek_to(args[0], obj_get_int(args[1]), n > 2 ? obj_get_int(args[2]) : 0);
}

static obj_t stream_tell(obj_t self) { return stream_seek_to(self, 0, 1); }

static obj_t stream_flush(obj_t self) {
    stream_request(self, STREAM_FLUSH, 0);
    return OBJ_NONE;
}

static obj_t stream_close(obj_t self) {
    stream_request(self, STREAM_CLOSE, 0);
    return OBJ_NONE;
}

static obj_t stream_exit(size_t n, const obj_t *args) {
    (void)n;
    return stream_close(args[0]);
}
static obj_t stream_enter(obj_t self) { return self; }

// Requests that carry a structure of C have methods of their own: their argument from Python would be an address.
static obj_t stream_ioctl(size_t n, const obj_t *args) {
    intptr_t request = obj_get_int(args[1]);
    if (request <= 0 || request == STREAM_SEEK || request > UINT16_MAX) raise_os(EINVAL);
    uintptr_t arg = n > 2 ? (uintptr_t)obj_get_int(args[2]) : 0;
    return int_from(stream_request(args[0], (unsigned)request, arg));
}

const struct builtin stream_read_fn = {BUILTIN_TYPE(FORM_VAR), FORM_VAR, 1, 2, 0, {.var = stream_read}};
const struct builtin stream_read1_fn = {BUILTIN_TYPE(FORM_VAR), FORM_VAR, 1, 2, 0, {.var = stream_read1}};
const struct builtin stream_readinto_fn = {BUILTIN_TYPE(FORM_VAR), FORM_VAR, 2, 3, 0, {.var = stream_readinto}};
const struct builtin stream_readline_fn = {BUILTIN_TYPE(FORM_VAR), FORM_VAR, 1, 2, 0, {.var = stream_readline}};
const struct builtin stream_readlines_fn = {BUILTIN_TYPE(FORM_1), FORM_1, 1, 1, 0, {.f1 = stream_readlines}};
const struct builtin stream_write_fn = {BUILTIN_TYPE(FORM_VAR), FORM_VAR, 2, 4, 0, {.var = stream_write}};
const struct builtin stream_close_fn = {BUILTIN_TYPE(FORM_1), FORM_1, 1, 1, 0, {.f1 = stream_close}};
const struct builtin stream_seek_fn = {BUILTIN_TYPE(FORM_VAR), FORM_VAR, 2, 3, 0, {.var = stream_seek}};
const struct builtin stream_tell_fn = {BUILTIN_TYPE(FORM_1), FORM_1, 1, 1, 0, {.f1 = stream_tell}};
const struct builtin stream_flush_fn = {BUILTIN_TYPE(FORM_1), FORM_1, 1, 1, 0, {.f1 = stream_flush}};
const struct builtin stream_ioctl_fn = {BUILTIN_TYPE(FORM_VAR), FORM_VAR, 2, 3, 0, {.var = stream_ioctl}};
const struct builtin stream_enter_fn = {BUILTIN_TYPE(FORM_1), FORM_1, 1, 1, 0, {.f1 = stream_enter}};
const struct builtin stream_exit_fn = {BUILTIN_TYPE(FORM_VAR), FORM_VAR, 4, 4, 0, {.var = stream_exit}};
