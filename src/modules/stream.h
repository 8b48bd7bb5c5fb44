// SPDX-License-Identifier: MIT
// Requests of the stream protocol's ioctl, as MicroPython numbers them (Python's ioctl() methods see them), and the methods that every
// stream type shares.
#ifndef SRC_STREAM_H
#define SRC_STREAM_H

#include "obj.h"
#include "run/call.h"

struct module;

enum stream_request {
    STREAM_FLUSH = 1, STREAM_SEEK = 2, STREAM_POLL = 3, STREAM_CLOSE = 4, STREAM_TIMEOUT = 5, STREAM_GET_OPTS = 6,
    STREAM_SET_OPTS = 7, STREAM_GET_DATA_OPTS = 8, STREAM_SET_DATA_OPTS = 9, STREAM_FILENO = 10, STREAM_BUFFER_SIZE = 11 };
enum { STREAM_READABLE = 1, STREAM_WRITABLE = 4, STREAM_ERROR = 8, STREAM_HANGUP = 16, STREAM_INVALID = 32 };
struct stream_seek { int64_t offset; int whence; };

// builtin functions for member tables (modules/stream.c); the stream itself is found through its type, or, for a Python class with
// native base IOBase, through its methods
extern const struct builtin stream_read_fn, stream_readinto_fn, stream_readline_fn, stream_readlines_fn, stream_write_fn, stream_close_fn,
    stream_seek_fn, stream_tell_fn, stream_flush_fn, stream_ioctl_fn, stream_enter_fn, stream_exit_fn, stream_read1_fn;
obj_t stream_next(obj_t self);  // ops->next of line iteration: OBJ_NULL at the end
const struct stream_ops *obj_stream(obj_t o); // OSError/`stream operation not supported` when it is none
// Memory of an object for a call that may run Python code (which could resize a bytearray): its run stays until it is given back, or for
// ever when the call raises. The result of the first goes to the second.
bool stream_lend(obj_t o, struct buffer *out, unsigned flags);
void stream_give_back(obj_t o, bool marked);
// Writes everything or raises OSError
void stream_write_all(obj_t stream, const void *data, size_t len);

// A BytesIO or StringIO lends the bytes that can be read now, for as long as nothing else runs; NULL when it is another stream, or closed.
const uint8_t *memory_stream_peek(obj_t stream, size_t *left);
void memory_stream_skip(obj_t stream, size_t n); // n of them are read

extern const struct type type_StringIO, type_BytesIO, type_IOBase; // modules/stringio.c, modules/io.c
extern const struct module module_io;

#endif
