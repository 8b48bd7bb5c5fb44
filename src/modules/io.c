// SPDX-License-Identifier: MIT
// Module io: open, StringIO, BytesIO, and two streams made of other objects:
//   IOBase          native base of Python classes that offer readinto(buffer), write(buffer), ioctl(request, argument)
//   BufferedWriter  collects `size` bytes before it hands them to another stream
//
// Invariants
//  - A Python method never sees memory of the caller: it works on bytes that are lent to it (objects/array_lend.c), which are copied.
//  - What a Python method returns is not trusted: None is EAGAIN, a negative number an error, a count is cut to what was asked for.
//  - BufferedWriter: used < size after every write; bytes leave only in whole buffers, or by flush().
#include "heap/heap.h"
#include "modules/stream.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/str.h"
#include "objects/types.h"
#include "rt.h"
#include "run/raise.h"
#include "vfs/vfs.h"

#include <errno.h>
#include <limits.h>

// ---- IOBase ----------------------------------------------------------------------------------------------------------
static ptrdiff_t iobase_answer(obj_t answer, size_t most, int *error) {
    if (answer == OBJ_NONE) {
        *error = EAGAIN;
        return -1;
    }
    intptr_t n = obj_get_int(answer);
    if (n < 0) {
        *error = n >= -INT_MAX ? (int)-n : EIO;
        return -1;
    }
    if ((size_t)n > most) { // more than was asked for
        *error = EIO;
        return -1;
    }
    return n;
}

// A call of readinto() or write() with bytes that are lent to it.
struct transfer {
    obj_t self, lent;
    void *into; // readinto(): where they go afterwards
    size_t len;
    ptrdiff_t done;
    int *error;
};

static void transfer_run(void *arg) {
    struct transfer *t = arg;
    t->done = iobase_answer(call_method_1(t->self, t->into ? Q_readinto : Q_write, t->lent), t->len, t->error);
    struct buffer got;
    if (!t->into || t->done <= 0) return;
    obj_buffer(t->lent, &got, BUFFER_READ);
    if ((size_t)t->done > got.len) t->done = (ptrdiff_t)got.len; // the method made it shorter
    if (t->done > 0) memcpy(t->into, got.data, (size_t)t->done);
}

static ptrdiff_t transfer(struct transfer t) {
    obj_t exception;
    bool returned = protect(transfer_run, &t, &exception);
    bytearray_give_back(t.lent);
    if (!returned) raise_object(exception);
    return t.done;
}

static ptrdiff_t iobase_read(obj_t self, void *data, size_t len, int *error) {
    stack_check();
    return transfer((struct transfer){self, bytearray_lend(NULL, len), data, len, 0, error});
}

static ptrdiff_t iobase_write(obj_t self, const void *data, size_t len, int *error) {
    stack_check();
    return transfer((struct transfer){self, bytearray_lend(data, len), NULL, len, 0, error});
}

static ptrdiff_t iobase_ioctl(obj_t self, unsigned request, uintptr_t arg, int *error) {
    stack_check();
    if (request == STREAM_SEEK) { // the structure as Python sees it: offset and whence
        struct stream_seek *seek = (struct stream_seek *)arg;
        obj_t pair[4] = {0, 0, OBJ_INT(STREAM_SEEK), int_from_i64(seek->offset)};
        obj_load_method(self, Q_ioctl, pair);
        ptrdiff_t n = iobase_answer(call_method(2, 0, pair), PTRDIFF_MAX, error);
        if (n >= 0) seek->offset = n;
        return n;
    }
    obj_t pair[4] = {0, 0, OBJ_INT((intptr_t)request), int_from((intptr_t)arg)};
    obj_load_method(self, Q_ioctl, pair);
    return iobase_answer(call_method(2, 0, pair), PTRDIFF_MAX, error);
}

static obj_t iobase_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    (void)n, (void)kw, (void)args; // what a class's __init__ takes comes here too when that does not call this one's
    static const struct object nothing = {&type_IOBase}; // there is nothing in it that could differ
    (void)type;
    return OBJ_PTR(&nothing);
}

static const struct stream_ops iobase_stream = {iobase_read, iobase_write, iobase_ioctl, false};
static const struct type_ops iobase_ops = {.construct = iobase_construct, .stream = &iobase_stream};
const struct type type_IOBase = {.type = &type_type, .name = Q_IOBase, .ops = &iobase_ops};

// ---- BufferedWriter ------------------------------------------------------------------------------------------------------
struct buffered_writer { // 4 words + size bytes
    const struct type *type;
    obj_t stream;
    size_t size, used;
    char data[];
};
static const struct type type_BufferedWriter;

static obj_t buffered_writer_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    args_no_keywords(kw);
    args_check(n, kw, 2, 2, false);
    intptr_t size = obj_get_int(args[1]);
    if (size <= 0) raise_message(&type_ValueError, "buffer too small");
    obj_stream(args[0]);
    struct buffered_writer *w = heap_new(4, (size_t)size, HEAP_REFS);
    w->type = type;
    w->stream = args[0];
    w->size = (size_t)size;
    return OBJ_PTR(w);
}

static struct buffered_writer *buffered_writer_self(obj_t o) {
    obj_t native = obj_native(o, &type_BufferedWriter);
    if (native == OBJ_NULL) raise_format(&type_TypeError, "argument should be a 'BufferedWriter' not a '%s'", obj_type_name(o));
    return (struct buffered_writer *)native;
}

static ptrdiff_t buffered_writer_write(obj_t self, const void *data, size_t len, int *error) {
    (void)error;
    struct buffered_writer *w = buffered_writer_self(self);
    const char *from = data;
    for (size_t left = len; left > 0;) {
        size_t n = w->size - w->used < left ? w->size - w->used : left;
        memcpy(w->data + w->used, from, n);
        w->used += n;
        from += n;
        left -= n;
        if (w->used < w->size) break;
        stream_write_all(w->stream, w->data, w->size);
        w->used = 0;
    }
    return (ptrdiff_t)len;
}

static obj_t buffered_writer_flush(obj_t self) {
    struct buffered_writer *w = buffered_writer_self(self);
    if (w->used > 0) {
        stream_write_all(w->stream, w->data, w->used);
        w->used = 0;
    }
    return OBJ_NONE;
}
BUILTIN_1(buffered_writer_flush_fn, buffered_writer_flush);

static const struct map_slot buffered_writer_members[] = {
    MEMBER(write, &stream_write_fn),
    MEMBER(flush, &buffered_writer_flush_fn),
};
static FIXED_DICT(buffered_writer_dict, buffered_writer_members);
static const struct stream_ops buffered_writer_stream = {NULL, buffered_writer_write, NULL, false};
static const struct type_ops buffered_writer_ops = {.construct = buffered_writer_construct, .stream = &buffered_writer_stream};
static const struct type type_BufferedWriter = {
    .type = &type_type, .name = Q_BufferedWriter, .ops = &buffered_writer_ops, .members = &buffered_writer_dict};

// ---- the module --------------------------------------------------------------------------------------------------------------
static const struct map_slot io_members[] = {
    MEMBER(__name__, OBJ_QSTR(Q_io)),
    MEMBER(open, &vfs_open_builtin),
    MEMBER(IOBase, &type_IOBase),
    MEMBER(StringIO, &type_StringIO),
    MEMBER(BytesIO, &type_BytesIO),
    MEMBER(BufferedWriter, &type_BufferedWriter),
};
static FIXED_DICT(io_dict, io_members);
const struct module module_io = {&type_module, &io_dict, {0}};
MODULE(io, true, NULL, "");
