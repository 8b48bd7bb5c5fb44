// SPDX-License-Identifier: MIT
// Files through the mount table: open(), and what import asks.
//
// Invariants
//  - A file that import reads is closed again before its text is compiled, whatever happens meanwhile. Its bytes are host memory.
//  - Only an OSError of stat() means "no such file"; other exceptions come through.
//  - A file system written in Python is asked for its buffer size (ioctl 11) and read in pieces of that many bytes, 1 to 255.
#include "heap/heap.h"
#include "modules/stream.h"
#include "objects/num.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "objects/types.h"
#include "run/raise.h"
#include "vfs/vfs.h"

#include <errno.h>

static const struct vfs_ops *vfs_native(obj_t fs) {
    const struct type *t = obj_type(fs);
    return t->flags & TYPE_CLASS || !t->ops ? NULL : t->ops->vfs;
}

// ---- open() ------------------------------------------------------------------------------------------------------------
static obj_t vfs_open(size_t n, size_t kw, const obj_t *args) {
    static const struct arg_spec spec[] = {{Q_file, ARG_OBJ, ARG_REQUIRED, {.obj = OBJ_NULL}},
                                           {Q_mode, ARG_OBJ, 0, {.obj = OBJ_QSTR(Q_r)}},
                                           {Q_buffering, ARG_INT, 0, {.i = -1}},
                                           {Q_encoding, ARG_OBJ, 0, {.obj = OBJ_NONE}}};
    union arg_value v[4];
    args_parse(n, kw, args, 4, spec, v);
    if (obj_is_int(v[0].obj)) return vfs_open_number(v[0].obj, v[1].obj);
    struct vfs_place place;
    vfs_find(vfs_path_text(v[0].obj), &place);
    if (place.where == VFS_NOWHERE) raise_os(ENODEV);
    if (place.where == VFS_TOP) raise_os(EISDIR);
    obj_t file_and_mode[2] = {vfs_path_object(&place, v[0].obj), v[1].obj};
    return vfs_call(place.mount, Q_open, 2, file_and_mode);
}
const struct builtin vfs_open_builtin = {BUILTIN_TYPE(FORM_KW), FORM_KW, 0, 255, Q_open, {.kw = vfs_open}};

// ---- is it there? ---------------------------------------------------------------------------------------------------------
struct stat_request {
    const struct vfs_place *place;
    obj_t mode;
};

static void stat_ask(void *data) {
    struct stat_request *r = data;
    obj_t path = str_new(r->place->path, strlen(r->place->path)), *items;
    seq_items_of_length(vfs_call(r->place->mount, Q_stat, 1, &path), 10, &items);
    r->mode = items[0];
}

enum host_kind vfs_kind(const char *path) {
    struct vfs_place place;
    vfs_find(path, &place);
    if (place.where == VFS_NOWHERE) return HOST_MISSING;
    if (place.where == VFS_TOP) return HOST_FOLDER;
    const struct vfs_ops *native = vfs_native(place.mount->fs);
    if (native && native->kind) return native->kind(place.mount->fs, place.path);
    stack_check();
    struct stat_request r = {&place, OBJ_NULL};
    obj_t exception;
    if (!protect(stat_ask, &r, &exception)) {
        if (!exception_matches(exception, OBJ_PTR(&type_OSError))) raise_object(exception);
        return HOST_MISSING;
    }
    enum { MODE_FOLDER = 0x4000 };
    return obj_get_int(r.mode) & MODE_FOLDER ? HOST_FOLDER : HOST_FILE;
}

// ---- the whole of a file -----------------------------------------------------------------------------------------------------
struct file_reading {
    obj_t file;
    char *text;
    size_t len, room, piece;
};

static void file_pieces_read(void *data) {
    struct file_reading *r = data;
    const struct stream_ops *ops = obj_stream(r->file);
    if (!ops->read) raise_message(&type_OSError, "stream operation not supported");
    for (;;) {
        if (r->room < r->len + r->piece + 1) r->text = host_resize(r->text, r->room = r->room * 2 + r->piece + 1);
        int error = 0;
        ptrdiff_t n = ops->read(r->file, r->text + r->len, r->piece, &error);
        if (n < 0) raise_os(error);
        if (n == 0) return;
        r->len += (size_t)n;
    }
}

// What the stream says about its best size of pieces.
static size_t file_piece(obj_t file) {
    enum { DEFAULT = 25, LARGEST = 255 };
    const struct stream_ops *ops = obj_stream(file);
    int error = 0;
    ptrdiff_t size = ops->ioctl ? ops->ioctl(file, STREAM_BUFFER_SIZE, 0, &error) : -1;
    return size <= 0 ? DEFAULT : size < LARGEST ? (size_t)size : LARGEST;
}

static void file_close(void *file) {
    int error = 0;
    const struct stream_ops *ops = obj_stream(*(obj_t *)file);
    if (ops->ioctl && ops->ioctl(*(obj_t *)file, STREAM_CLOSE, 0, &error) < 0) raise_os(error);
}

char *vfs_read_file(const char *path, size_t *len) {
    struct vfs_place place;
    vfs_find(path, &place);
    if (place.where != VFS_MOUNTED) raise_os(place.where == VFS_TOP ? EISDIR : ENODEV);
    const struct vfs_ops *native = vfs_native(place.mount->fs);
    if (native && native->read_file) {
        char *text = NULL;
        int failure = native->read_file(place.mount->fs, place.path, &text, len);
        if (failure) raise_os(failure);
        return text;
    }
    stack_check();
    obj_t args[2] = {str_new(place.path, strlen(place.path)), OBJ_QSTR(Q_rb)};
    struct file_reading r = {vfs_call(place.mount, Q_open, 2, args), NULL, 0, 0, 0};
    r.piece = file_piece(r.file);
    obj_t exception, second;
    bool read = protect(file_pieces_read, &r, &exception);
    bool closed = protect(file_close, &r.file, &second);
    if (!read || !closed) {
        host_free(r.text);
        raise_object(read ? second : exception);
    }
    r.text[r.len] = 0;
    *len = r.len;
    return r.text;
}
