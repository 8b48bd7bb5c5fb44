// SPDX-License-Identifier: MIT
// sys.stdin, sys.stdout and sys.stderr of a device: the terminal as stream objects.
//
// Text streams turn \r into \n when read and \n into \r\n when written; their `buffer` is the same line without that. Reading waits until
// all the bytes asked for are there; a line that has ended for good gives fewer. The objects are in static memory, as on a board.
#include "modules/stream.h"
#include "objects/map.h"
#include "objects/types.h"
#include "repl/terminal.h"
#include "run/call.h"

#include <errno.h>

struct terminal_stream {
    const struct type *type;
    int fd;
};

static const struct type type_line_text, type_line_bytes;
static struct terminal_stream streams[3] = {{&type_line_text, 0}, {&type_line_text, 1}, {&type_line_text, 2}};
static struct terminal_stream buffers[3] = {{&type_line_bytes, 0}, {&type_line_bytes, 1}, {&type_line_bytes, 2}};

obj_t terminal_stream(int fd) { return OBJ_PTR(&streams[fd]); }

static void terminal_stream_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    const struct terminal_stream *s = (struct terminal_stream *)self;
    print_format(p, s->type == &type_line_text ? "<io.TextIOWrapper %d>" : "<io.FileIO %d>", s->fd);
}

static ptrdiff_t terminal_stream_read(obj_t self, void *data, size_t len, int *error) {
    struct terminal_stream *s = (struct terminal_stream *)self;
    if (s->fd != 0) {
        *error = EPERM;
        return -1;
    }
    for (size_t i = 0; i < len; i++) {
        int c = terminal_read();
        if (c < 0) return (ptrdiff_t)i;
        ((char *)data)[i] = (char)(c == '\r' && s->type == &type_line_text ? '\n' : c);
    }
    return (ptrdiff_t)len;
}

static ptrdiff_t terminal_stream_write(obj_t self, const void *data, size_t len, int *error) {
    struct terminal_stream *s = (struct terminal_stream *)self;
    if (s->fd == 0) {
        *error = EPERM;
        return -1;
    }
    if (s->type == &type_line_text) terminal_print(s->fd, data, len);
    else terminal_write(data, len);
    return (ptrdiff_t)len;
}

static ptrdiff_t terminal_stream_ioctl(obj_t self, unsigned request, uintptr_t arg, int *error) {
    (void)self;
    if (request == STREAM_POLL)
        return (ptrdiff_t)((arg & STREAM_WRITABLE) | ((arg & STREAM_READABLE) && terminal_readable() ? STREAM_READABLE : 0));
    if (request == STREAM_CLOSE || request == STREAM_FLUSH) return 0;
    if (request == STREAM_FILENO) return ((struct terminal_stream *)self)->fd;
    *error = EINVAL;
    return -1;
}

static void terminal_stream_attr(obj_t self, qstr_t name, obj_t value, obj_t out[2]) {
    if (value == OBJ_NULL && name == Q_buffer) out[0] = OBJ_PTR(&buffers[((struct terminal_stream *)self)->fd]);
}

static obj_t terminal_stream_fileno(obj_t self) { return OBJ_INT(((struct terminal_stream *)self)->fd); }
BUILTIN_1(terminal_stream_fileno_fn, terminal_stream_fileno);

static const struct map_slot terminal_stream_members[] = {
    MEMBER(__enter__, &stream_enter_fn),
    MEMBER(__exit__, &stream_exit_fn),
    MEMBER(close, &stream_close_fn),
    MEMBER(fileno, &terminal_stream_fileno_fn),
    MEMBER(flush, &stream_flush_fn),
    MEMBER(read, &stream_read_fn),
    MEMBER(readinto, &stream_readinto_fn),
    MEMBER(readline, &stream_readline_fn),
    MEMBER(readlines, &stream_readlines_fn),
    MEMBER(write, &stream_write_fn),
};
static FIXED_DICT(terminal_stream_dict, terminal_stream_members);
static const struct stream_ops text_stream = {terminal_stream_read, terminal_stream_write, terminal_stream_ioctl, true};
static const struct stream_ops bytes_stream = {terminal_stream_read, terminal_stream_write, terminal_stream_ioctl, false};
static const struct type_ops text_ops = {.print = terminal_stream_print, .attr = terminal_stream_attr, .iter = iter_self,
                                         .next = stream_next, .stream = &text_stream};
static const struct type_ops bytes_ops = {.print = terminal_stream_print, .iter = iter_self, .next = stream_next, .stream = &bytes_stream};
static const struct type type_line_text = {
    .type = &type_type, .name = Q_TextIOWrapper, .flags = TYPE_SELF_ITER, .ops = &text_ops, .members = &terminal_stream_dict};
static const struct type type_line_bytes = {
    .type = &type_type, .name = Q_FileIO, .flags = TYPE_SELF_ITER, .ops = &bytes_ops, .members = &terminal_stream_dict};
