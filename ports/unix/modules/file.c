// SPDX-License-Identifier: MIT
// Files of the host as streams: FileIO (bytes), TextIOWrapper (text).
//
// Invariants
//  - fd is -1 when the file is closed; every operation then raises ValueError. The finaliser closes what a program forgot.
//  - Nothing is buffered here: a byte written is with the kernel. Console output that host_write() keeps back goes first.
//  - Descriptors 0, 1 and 2 are never given back to the host: errors must still be shown when a program closed its sys.stderr.
//  - An interrupted system call looks for pending work (Ctrl-C raises) and goes on.
#define _GNU_SOURCE
#include "ports/unix/modules/file.h"
#include "heap/heap.h"
#include "modules/stream.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/str.h"
#include "objects/types.h"
#include "ports/unix/keys.h"
#include "ports/unix/port.h"
#include "rt.h"
#include "run/raise.h"
#include "run/vm.h"
#include "run/wait.h"
#include "vfs/vfs.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

struct file { // 2 words
    const struct type *type;
    int32_t fd;
    int32_t may_wait; // a pipe, a terminal ...: not a file on a disk; -1: to be found out
};

static const struct type type_FileIO, type_TextIOWrapper;

struct file file_std_text[3] = {{&type_TextIOWrapper, 0, -1}, {&type_TextIOWrapper, 1, -1}, {&type_TextIOWrapper, 2, -1}};
static struct file file_std_bytes[3] = {{&type_FileIO, 0, -1}, {&type_FileIO, 1, -1}, {&type_FileIO, 2, -1}};

obj_t file_std(int fd) { return OBJ_PTR(&file_std_text[fd]); }

static struct file *file_self(obj_t o) {
    obj_t native = obj_native(o, &type_TextIOWrapper);
    if (native == OBJ_NULL) native = obj_native(o, &type_FileIO);
    if (native == OBJ_NULL) raise_format(&type_TypeError, "argument should be a 'FileIO' not a '%s'", obj_type_name(o));
    return (struct file *)native;
}

static struct file *file_open_self(obj_t o) {
    struct file *f = file_self(o);
    if (f->fd < 0) raise_message(&type_ValueError, "I/O operation on closed file");
    return f;
}

static void file_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    struct file *f = file_self(self);
    print_format(p, f->type == &type_FileIO ? "<io.FileIO %d>" : "<io.TextIOWrapper %d>", f->fd);
}

static void file_opened(struct file *f) {
    struct stat st;
    f->may_wait = fstat(f->fd, &st) != 0 || !S_ISREG(st.st_mode);
}

// A blocking read waits here first: pending work that arrives meanwhile is not missed.
static void file_wait(struct file *f) {
    if (f->may_wait < 0) file_opened(f);
    if (!f->may_wait || fcntl(f->fd, F_GETFL) & O_NONBLOCK) return;
    struct host_poll p = {f->fd == 0 ? keys_watch() : f->fd, STREAM_READABLE, 0};
    wait_ready(&p, 1, -1);
}

static bool interrupted(void) {
    if (errno != EINTR) return false;
    if (rt.poll) poll_run();
    return true;
}

static ptrdiff_t file_read(obj_t self, void *data, size_t len, int *error) {
    struct file *f = file_open_self(self);
    console_flush();
    for (;;) {
        file_wait(f);
        int fd = f->fd == 0 ? keys_input() : f->fd;
        ssize_t n = read(fd, data, len);
        if (n > 0 && fd == 0) keys_heard(fd, data, (size_t)n);
        if (n >= 0) return n;
        if (interrupted()) continue;
        *error = errno;
        return -1;
    }
}

static ptrdiff_t file_write(obj_t self, const void *data, size_t len, int *error) {
    struct file *f = file_open_self(self);
    if (f->fd <= 2) console_flush();
    for (;;) {
        ssize_t n = write(f->fd, data, len);
        if (n > 0 && (f->fd == 1 || f->fd == 2) && host_console_tap) host_console_tap(f->fd, data, (uint64_t)n);
        if (n >= 0) return n;
        if (interrupted()) continue;
        *error = errno;
        return -1;
    }
}

static ptrdiff_t file_poll(int fd, uintptr_t wanted, int *error) {
    struct host_poll p = {fd, (short)(wanted & (STREAM_READABLE | STREAM_WRITABLE)), 0};
    return host_poll(&p, 1, 0, error) < 0 ? -1 : p.ready;
}

static void file_close(struct file *f) {
    if (f->fd > 2) close(f->fd);
    f->fd = -1;
}

static ptrdiff_t file_ioctl(obj_t self, unsigned request, uintptr_t arg, int *error) {
    if (request == STREAM_CLOSE) {
        file_close(file_self(self));
        return 0;
    }
    int fd = file_open_self(self)->fd;
    switch (request) {
    case STREAM_FLUSH:
        if (fd <= 2) console_flush();
        return 0;
    case STREAM_SEEK: {
        struct stream_seek *seek = (struct stream_seek *)arg;
        off_t at = lseek(fd, seek->offset, seek->whence);
        if (at < 0) break;
        seek->offset = at;
        return 0;
    }
    case STREAM_POLL: return file_poll(fd == 0 ? keys_watch() : fd, arg, error);
    case STREAM_FILENO: return fd == 0 ? keys_watch() : fd;
    default: errno = EINVAL;
    }
    *error = errno;
    return -1;
}

static obj_t file_fileno(obj_t self) { return OBJ_INT(file_open_self(self)->fd); }
BUILTIN_1(file_fileno_fn, file_fileno);

static obj_t file_del(obj_t self) {
    file_close(file_self(self));
    return OBJ_NONE;
}
BUILTIN_1(file_del_fn, file_del);

// sys.stdout.buffer and its like
static void file_attr(obj_t self, qstr_t name, obj_t value, obj_t out[2]) {
    struct file *f = (struct file *)self;
    if (value == OBJ_NULL && name == Q_buffer && f >= file_std_text && f < file_std_text + 3)
        out[0] = OBJ_PTR(&file_std_bytes[f - file_std_text]);
}

// ---- opening ------------------------------------------------------------------------------------------------------------
static const struct type *file_mode(obj_t mode, const struct type *type, int *flags) {
    size_t len;
    if (!obj_is_str_or_bytes(mode)) raise_format(&type_TypeError, "can't convert '%s' object to str implicitly", obj_type_name(mode));
    const char *text = str_data(mode, &len);
    int access = O_RDONLY, extra = 0;
    for (size_t i = 0; i < len; i++) {
        switch (text[i]) {
        case 'r': access = O_RDONLY; break;
        case 'w': access = O_WRONLY, extra = O_CREAT | O_TRUNC; break;
        case 'a': access = O_WRONLY, extra = O_CREAT | O_APPEND; break;
        case '+': access = O_RDWR; break;
        case 'b': type = &type_FileIO; break;
        case 't': type = &type_TextIOWrapper; break;
        default: break;
        }
    }
    *flags = access | extra | O_CLOEXEC;
    return type;
}

static struct file *file_new(const struct type *type) {
    struct file *f = heap_new(2, 0, HEAP_DATA | HEAP_FINAL);
    f->type = type;
    f->fd = -1;
    return f;
}

obj_t file_open(const char *path, obj_t mode) {
    int flags;
    const struct type *type = file_mode(mode, &type_TextIOWrapper, &flags);
    struct file *f = file_new(type);
    do f->fd = open(path, flags, 0666);
    while (f->fd < 0 && interrupted());
    if (f->fd < 0) raise_os(errno);
    file_opened(f);
    return OBJ_PTR(f);
}

bool file_mode_writes(obj_t mode) {
    int flags;
    file_mode(mode, &type_TextIOWrapper, &flags);
    return (flags & O_ACCMODE) != O_RDONLY;
}

obj_t vfs_open_number(obj_t number, obj_t mode) {
    int flags;
    struct file *f = file_new(file_mode(mode, &type_TextIOWrapper, &flags));
    if (obj_int(number) < 0 || obj_int(number) > INT32_MAX) raise_os(EBADF);
    f->fd = (int32_t)obj_int(number);
    file_opened(f);
    return OBJ_PTR(f);
}

static const struct map_slot file_members[] = {
    MEMBER(__del__, &file_del_fn),
    MEMBER(__enter__, &stream_enter_fn),
    MEMBER(__exit__, &stream_exit_fn),
    MEMBER(close, &stream_close_fn),
    MEMBER(fileno, &file_fileno_fn),
    MEMBER(flush, &stream_flush_fn),
    MEMBER(read, &stream_read_fn),
    MEMBER(readinto, &stream_readinto_fn),
    MEMBER(readline, &stream_readline_fn),
    MEMBER(readlines, &stream_readlines_fn),
    MEMBER(seek, &stream_seek_fn),
    MEMBER(tell, &stream_tell_fn),
    MEMBER(write, &stream_write_fn),
};
static FIXED_DICT(file_dict, file_members);
static const struct stream_ops file_stream_bytes = {file_read, file_write, file_ioctl, false};
static const struct stream_ops file_stream_text = {file_read, file_write, file_ioctl, true};
static const struct type_ops file_ops_bytes = {.print = file_print, .iter = iter_self, .next = stream_next,
                                               .stream = &file_stream_bytes};
static const struct type_ops file_ops_text = {.print = file_print, .attr = file_attr, .iter = iter_self,
                                              .next = stream_next, .stream = &file_stream_text};
static const struct type type_FileIO = {
    .type = &type_type, .name = Q_FileIO, .flags = TYPE_SELF_ITER | TYPE_HAS_FINALISER, .ops = &file_ops_bytes, .members = &file_dict};
static const struct type type_TextIOWrapper = {.type = &type_type, .name = Q_TextIOWrapper, .flags = TYPE_SELF_ITER | TYPE_HAS_FINALISER,
                                               .ops = &file_ops_text, .members = &file_dict};
