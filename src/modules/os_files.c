// SPDX-License-Identifier: MIT
// Module os: folders and files, through the mount table.
//
// Invariants
//  - Each function finds the mounted file system of its path and calls the method of the same name with the rest of the path.
//  - At the top ("/") there are the mount points and, behind them, what the root file system has there.
//  - Nothing mounted: OSError(ENODEV). What a file system returns or raises is handed on as it is.
#include "heap/heap.h"
#include "modules/os.h"
#include "objects/num.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "objects/types.h"
#include "rt.h"
#include "run/raise.h"
#include "vfs/vfs.h"

#include <errno.h>

enum { MODE_FOLDER = 0x4000, LONGEST_NAME = 256 };

// ---- one path, one method -------------------------------------------------------------------------------------------------
static obj_t os_call(const struct vfs_place *place, qstr_t method, obj_t path) {
    if (place->where != VFS_MOUNTED) raise_os(ENODEV);
    obj_t inner = vfs_path_object(place, path);
    return vfs_call(place->mount, method, 1, &inner);
}

static obj_t os_path_method(obj_t path, qstr_t method) {
    struct vfs_place place;
    vfs_find(vfs_path_text(path), &place);
    return os_call(&place, method, path);
}

static obj_t os_remove(obj_t path) { return os_path_method(path, Q_remove); }
static obj_t os_rmdir(obj_t path) { return os_path_method(path, Q_rmdir); }
const struct builtin os_remove_fn = {BUILTIN_TYPE(FORM_1), FORM_1, 1, 1, 0, {.f1 = os_remove}};
const struct builtin os_rmdir_fn = {BUILTIN_TYPE(FORM_1), FORM_1, 1, 1, 0, {.f1 = os_rmdir}};

static obj_t os_mkdir(obj_t path) {
    struct vfs_place place;
    vfs_find(vfs_path_text(path), &place);
    bool mount_point = place.where == VFS_MOUNTED && place.mount->len > 1 && strcmp(place.path, "/") == 0;
    if (place.where == VFS_TOP || mount_point) raise_os(EEXIST);
    return os_call(&place, Q_mkdir, path);
}
const struct builtin os_mkdir_fn = {BUILTIN_TYPE(FORM_1), FORM_1, 1, 1, 0, {.f1 = os_mkdir}};

static obj_t os_rename(obj_t from, obj_t to) {
    struct vfs_place a, b;
    vfs_find(vfs_path_text(from), &a);
    vfs_find(vfs_path_text(to), &b);
    if (a.where == VFS_NOWHERE) raise_os(ENODEV);
    if (a.where != VFS_MOUNTED || b.where != VFS_MOUNTED || a.mount != b.mount) raise_os(EPERM);
    obj_t paths[2] = {vfs_path_object(&a, from), vfs_path_object(&b, to)};
    return vfs_call(a.mount, Q_rename, 2, paths);
}
const struct builtin os_rename_fn = {BUILTIN_TYPE(FORM_2), FORM_2, 2, 2, 0, {.f2 = os_rename}};

// stat(path[, follow_symlinks])
static obj_t os_stat(size_t n, size_t kw, const obj_t *args) {
    static const struct arg_spec spec[] = {{Q_path, ARG_OBJ, ARG_REQUIRED, {.obj = OBJ_NULL}},
                                           {Q_follow_symlinks, ARG_OBJ, 0, {.obj = OBJ_NULL}}};
    union arg_value v[2];
    args_parse(n, kw, args, 2, spec, v);
    struct vfs_place place;
    vfs_find(vfs_path_text(v[0].obj), &place);
    if (place.where == VFS_TOP) {
        obj_t items[10] = {OBJ_INT(MODE_FOLDER)};
        for (int i = 1; i < 10; i++) items[i] = OBJ_INT(0);
        return tuple_new(10, items);
    }
    if (v[1].obj == OBJ_NULL || place.where == VFS_NOWHERE) return os_call(&place, Q_stat, v[0].obj);
    obj_t inner[2] = {vfs_path_object(&place, v[0].obj), v[1].obj};
    return vfs_call(place.mount, Q_stat, 2, inner);
}
const struct builtin os_stat_fn = {BUILTIN_TYPE(FORM_KW), FORM_KW, 0, 255, 0, {.kw = os_stat}};

static struct vfs_mount *os_root(void) {
    struct vfs_mount *m = vfs_first();
    while (m && m->len > 1) m = m->next;
    return m;
}

static obj_t os_statvfs(obj_t path) {
    struct vfs_place place;
    vfs_find(vfs_path_text(path), &place);
    if (place.where != VFS_TOP) return os_call(&place, Q_statvfs, path);
    if (os_root()) {
        obj_t top = OBJ_QSTR(Q_slash);
        return vfs_call(os_root(), Q_statvfs, 1, &top);
    }
    obj_t items[10];
    for (int i = 0; i < 9; i++) items[i] = OBJ_INT(0);
    items[9] = OBJ_INT(LONGEST_NAME);
    return tuple_new(10, items);
}
const struct builtin os_statvfs_fn = {BUILTIN_TYPE(FORM_1), FORM_1, 1, 1, 0, {.f1 = os_statvfs}};

// ---- the current folder ------------------------------------------------------------------------------------------------------
static obj_t os_chdir(obj_t path) {
    struct vfs_place place;
    vfs_find(vfs_path_text(path), &place);
    struct vfs_mount *m = place.mount;
    obj_t inner = OBJ_QSTR(Q_slash);
    if (place.where == VFS_NOWHERE) raise_os(ENODEV);
    if (place.where == VFS_TOP) m = os_root();
    else inner = vfs_path_object(&place, path);
    if (m) vfs_call(m, Q_chdir, 1, &inner);
    vfs_enter(place.where == VFS_TOP ? NULL : m);
    return OBJ_NONE;
}
const struct builtin os_chdir_fn = {BUILTIN_TYPE(FORM_1), FORM_1, 1, 1, 0, {.f1 = os_chdir}};

static obj_t os_getcwd(void) {
    struct vfs_mount *m = vfs_current();
    if (!m) return OBJ_QSTR(Q_slash);
    obj_t inner = vfs_call(m, Q_getcwd, 0, NULL);
    size_t len;
    const char *text = str_data(inner, &len);
    if (m->len == 1) return inner;
    if (len == 1 && text[0] == '/') len = 0;
    struct text_buffer b;
    text_buffer_init(&b, m->len + len + 1);
    text_buffer_add(&b, m->point, m->len);
    text_buffer_add(&b, text, len);
    return text_buffer_str(&b);
}
const struct builtin os_getcwd_fn = {BUILTIN_TYPE(FORM_0), FORM_0, 0, 0, 0, {.f0 = os_getcwd}};

// ---- listing -------------------------------------------------------------------------------------------------------------------
struct top_iter { // 4 words: mount points, then the root file system's own iterator
    const struct type *type;
    struct vfs_mount *at;
    obj_t inner;
    bool bytes;
};

static obj_t top_iter_next(obj_t self) {
    struct top_iter *it = (struct top_iter *)self;
    struct vfs_mount *m = it->at;
    if (it->inner != OBJ_NULL) {
        obj_t entry = iter_next(it->inner);
        return entry == OBJ_NULL ? iter_end() : entry;
    }
    if (!m) return iter_end();
    if (m->len == 1) {
        it->at = NULL;
        obj_t top = it->bytes ? bytes_new("/", 1) : OBJ_QSTR(Q_slash);
        it->inner = iter_begin(vfs_call(m, Q_ilistdir, 1, &top), NULL);
        return top_iter_next(self);
    }
    it->at = m->next;
    obj_t name = it->bytes ? bytes_new(m->point + 1, m->len - 1) : str_new(m->point + 1, m->len - 1);
    obj_t items[3] = {name, OBJ_INT(MODE_FOLDER), OBJ_INT(0)};
    return tuple_new(3, items);
}
static const struct type_ops top_iter_ops = {.iter = iter_self, .next = top_iter_next};
static const struct type type_top_iter = {.type = &type_type, .name = Q_iterator, .flags = TYPE_SELF_ITER, .ops = &top_iter_ops};

static obj_t os_ilistdir(size_t n, const obj_t *args) {
    obj_t path = n > 0 ? args[0] : OBJ_QSTR(Q_empty);
    struct vfs_place place;
    vfs_find(vfs_path_text(path), &place);
    if (place.where != VFS_TOP) return os_call(&place, Q_ilistdir, path);
    struct top_iter *it = heap_new(4, 0, HEAP_REFS);
    it->type = &type_top_iter;
    it->at = vfs_first();
    it->bytes = !obj_is_str(path);
    return OBJ_PTR(it);
}
const struct builtin os_ilistdir_fn = {BUILTIN_TYPE(FORM_VAR), FORM_VAR, 0, 1, 0, {.var = os_ilistdir}};

static obj_t os_listdir(size_t n, const obj_t *args) {
    struct iter_buf buf;
    obj_t entries = iter_begin(os_ilistdir(n, args), &buf);
    obj_t names = list_new(0, NULL);
    for (obj_t entry; (entry = iter_next(entries)) != OBJ_NULL;) list_append(names, obj_subscr(entry, OBJ_INT(0), OBJ_SENTINEL));
    return names;
}
const struct builtin os_listdir_fn = {BUILTIN_TYPE(FORM_VAR), FORM_VAR, 0, 1, 0, {.var = os_listdir}};

// Each file system that keeps something back writes it.
static obj_t os_sync(void) {
    for (struct vfs_mount *m = vfs_first(); m; m = m->next) {
        obj_t pair[2];
        obj_load_method_maybe(m->fs, Q_sync, pair);
        if (pair[0] != OBJ_NULL) call_method(0, 0, pair);
    }
    return OBJ_NONE;
}
const struct builtin os_sync_fn = {BUILTIN_TYPE(FORM_0), FORM_0, 0, 0, 0, {.f0 = os_sync}};
