// SPDX-License-Identifier: MIT
// Module deflate: DeflateIO, a stream that reads and writes compressed data of another stream; and module zlib, whole buffers at once.
//
// What a DeflateIO needs for reading and for writing is made at the first read and write. Closed: stream is OBJ_NULL.
#include "heap/heap.h"
#include "modules/deflate.h"
#include "modules/stream.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/str.h"
#include "objects/types.h"
#include "rt.h"
#include "run/raise.h"
#include "run/vm.h"

#include <errno.h>

struct deflate_io { // 5 words
    const struct type *type;
    obj_t stream;
    struct inflate *reader;
    struct compress *writer;
    uint8_t format, window_bits;
    bool closes; // the stream with it
};
static const struct type type_DeflateIO;

static struct deflate_io *deflate_io_new(obj_t stream, enum deflate_format format, unsigned window_bits) {
    struct deflate_io *d = heap_new(5, 0, HEAP_REFS);
    d->type = &type_DeflateIO;
    d->stream = stream;
    d->format = (uint8_t)format;
    d->window_bits = (uint8_t)window_bits;
    return d;
}

static obj_t deflate_io_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    (void)type;
    args_no_keywords(kw);
    args_check(n, kw, 1, 4, false);
    intptr_t format = n > 1 ? obj_get_int(args[1]) : DEFLATE_AUTO, bits = n > 2 ? obj_get_int(args[2]) : 0;
    if (format < DEFLATE_AUTO || format > DEFLATE_GZIP) raise_message(&type_ValueError, "format");
    if (bits != 0 && (bits < WINDOW_BITS_LEAST || bits > WINDOW_BITS_MOST)) raise_message(&type_ValueError, "wbits");
    bool closes = n > 3 && obj_true(args[3]);
    struct deflate_io *d = deflate_io_new(args[0], (enum deflate_format)format, (unsigned)bits);
    d->closes = closes;
    return OBJ_PTR(d);
}

static struct deflate_io *deflate_io_self(obj_t o) {
    obj_t native = obj_native(o, &type_DeflateIO);
    if (native == OBJ_NULL) raise_format(&type_TypeError, "argument should be a 'DeflateIO' not a '%s'", obj_type_name(o));
    return (struct deflate_io *)native;
}

static ptrdiff_t deflate_io_read(obj_t self, void *data, size_t len, int *error) {
    struct deflate_io *d = deflate_io_self(self);
    if (d->stream == OBJ_NULL) {
        *error = EINVAL;
        return -1;
    }
    if (!d->reader) d->reader = inflate_new((enum deflate_format)d->format, d->window_bits);
    return (ptrdiff_t)inflate_read(d->reader, d->stream, data, len);
}

static ptrdiff_t deflate_io_write(obj_t self, const void *data, size_t len, int *error) {
    struct deflate_io *d = deflate_io_self(self);
    if (d->stream == OBJ_NULL) {
        *error = EINVAL;
        return -1;
    }
    if (!d->writer) d->writer = compress_new((enum deflate_format)d->format, d->window_bits);
    compress_write(d->writer, d->stream, data, len);
    return (ptrdiff_t)len;
}

static ptrdiff_t deflate_io_ioctl(obj_t self, unsigned request, uintptr_t arg, int *error) {
    (void)arg;
    struct deflate_io *d = deflate_io_self(self);
    if (request != STREAM_CLOSE) {
        *error = EINVAL;
        return -1;
    }
    obj_t stream = d->stream;
    if (stream == OBJ_NULL) return 0;
    struct compress *writer = d->writer;
    d->stream = OBJ_NULL;
    d->reader = NULL;
    d->writer = NULL;
    if (writer) compress_end(writer, stream);
    if (!d->closes) return 0;
    const struct stream_ops *ops = obj_stream(stream);
    return ops->ioctl ? ops->ioctl(stream, STREAM_CLOSE, 0, error) : 0;
}

static const struct map_slot deflate_io_members[] = {
    MEMBER(read, &stream_read_fn),
    MEMBER(readinto, &stream_readinto_fn),
    MEMBER(readline, &stream_readline_fn),
    MEMBER(write, &stream_write_fn),
    MEMBER(close, &stream_close_fn),
    MEMBER(__enter__, &stream_enter_fn),
    MEMBER(__exit__, &stream_exit_fn),
};
static FIXED_DICT(deflate_io_dict, deflate_io_members);
static const struct stream_ops deflate_io_stream = {deflate_io_read, deflate_io_write, deflate_io_ioctl, false};
static const struct type_ops deflate_io_ops = {.construct = deflate_io_construct, .stream = &deflate_io_stream};
static const struct type type_DeflateIO = {
    .type = &type_type, .name = Q_DeflateIO, .ops = &deflate_io_ops, .members = &deflate_io_dict};

static const struct map_slot deflate_members[] = {
    MEMBER(__name__, OBJ_QSTR(Q_deflate)),
    MEMBER(DeflateIO, &type_DeflateIO),
    MEMBER(AUTO, OBJ_INT(DEFLATE_AUTO)),
    MEMBER(RAW, OBJ_INT(DEFLATE_RAW)),
    MEMBER(ZLIB, OBJ_INT(DEFLATE_ZLIB)),
    MEMBER(GZIP, OBJ_INT(DEFLATE_GZIP)),
};
static FIXED_DICT(deflate_dict, deflate_members);
const struct module module_deflate = {&type_module, &deflate_dict, {0}};
MODULE(deflate, false, NULL, "");

// ---- module zlib ----------------------------------------------------------------------------------------------------------------
// wbits of zlib: 5..15 zlib, -5..-15 raw, 21..31 gzip; reading also 0 (zlib, as its header says) and 37..47 (zlib or gzip).
static struct deflate_io *zlib_stream(obj_t stream, intptr_t wbits, bool reads) {
    enum deflate_format format = DEFLATE_ZLIB;
    intptr_t bits = wbits;
    if (wbits < 0) format = DEFLATE_RAW, bits = wbits < -WINDOW_BITS_MOST ? WINDOW_BITS_MOST + 1 : -wbits;
    else if (reads && wbits > 32) format = DEFLATE_AUTO, bits = wbits - 32;
    else if (wbits > 16) format = DEFLATE_GZIP, bits = wbits - 16;
    if (bits < WINDOW_BITS_LEAST ? wbits != 0 || !reads : bits > WINDOW_BITS_MOST) raise_message(&type_ValueError, "wbits");
    return deflate_io_new(stream, format, (unsigned)bits);
}

enum { READ_LEAST = 256 };

static obj_t bytes_io(obj_t data) {
    if (data == OBJ_NULL) return call_0(OBJ_PTR(&type_BytesIO));
    return call_1(OBJ_PTR(&type_BytesIO), data);
}

static obj_t zlib_decompress(size_t n, const obj_t *args) {
    intptr_t wbits = n > 1 ? obj_get_int(args[1]) : WINDOW_BITS_MOST;
    struct buffer b;
    obj_buffer(args[0], &b, BUFFER_READ);
    struct deflate_io *d = zlib_stream(bytes_io(args[0]), wbits, true);
    struct text_buffer out;
    text_buffer_init(&out, READ_LEAST);
    for (;;) {
        size_t piece = out.len > READ_LEAST ? out.len : READ_LEAST;
        char *room = text_buffer_extend(&out, piece);
        int error;
        size_t n = (size_t)deflate_io_read(OBJ_PTR(d), room, piece, &error);
        out.len -= piece - n;
        if (n < piece) return text_buffer_bytes(&out);
        poll_keyboard();
    }
}

static obj_t zlib_compress(size_t n, const obj_t *args) {
    intptr_t wbits = n > 1 ? obj_get_int(args[1]) : WINDOW_BITS_MOST;
    struct buffer b;
    obj_buffer(args[0], &b, BUFFER_READ);
    obj_t target = bytes_io(OBJ_NULL);
    struct deflate_io *d = zlib_stream(target, wbits, false);
    d->writer = compress_new((enum deflate_format)d->format, d->window_bits);
    compress_start(d->writer, target);
    obj_buffer(args[0], &b, BUFFER_READ);
    compress_write(d->writer, target, b.data, b.len);
    compress_end(d->writer, target);
    return call_method_0(target, Q_getvalue);
}

static obj_t zlib_DecompIO(size_t n, const obj_t *args) {
    return OBJ_PTR(zlib_stream(args[0], n > 1 ? obj_get_int(args[1]) : 0, true));
}

BUILTIN_VAR(decompress_fn, 1, 3, zlib_decompress);
BUILTIN_VAR(compress_fn, 1, 2, zlib_compress);
BUILTIN_VAR(DecompIO_fn, 1, 2, zlib_DecompIO);
static const struct map_slot zlib_members[] = {
    MEMBER(__name__, OBJ_QSTR(Q_zlib)),
    MEMBER(compress, &compress_fn),
    MEMBER(decompress, &decompress_fn),
    MEMBER(DecompIO, &DecompIO_fn),
};
static FIXED_DICT(zlib_dict, zlib_members);
const struct module module_zlib = {&type_module, &zlib_dict, {0}};
MODULE(zlib, true, NULL, "");
