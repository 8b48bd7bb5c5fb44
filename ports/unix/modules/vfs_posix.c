// SPDX-License-Identifier: MIT
// VfsPosix: the host's files as a file system to mount, whole or below a root folder.
//
// Invariants
//  - Without a root, paths go to the host as they are. With one, "/" is that folder and no ".." leads out of it; a relative path starts
//    at the process's current folder when that is inside, else at the root. Symbolic links are the host's business and are followed.
//  - The current folder is the process's own: chdir() of any VfsPosix is seen by all, and by os.system().
//  - Mounted readonly, everything that would change a file is OSError(EROFS).
//  - The iterator of ilistdir() holds an open folder until its end or its finaliser.
#define _GNU_SOURCE
#include "heap/heap.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "objects/types.h"
#include "ports/unix/modules/file.h"
#include "rt.h"
#include "run/call.h"
#include "run/raise.h"
#include "vfs/vfs.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

struct vfs_posix { // 7 words
    const struct type *type;
    char *root; // a heap run, NUL-terminated, absolute and without a last '/'; NULL: none
    size_t root_len;
    bool readonly;
};

static struct vfs_posix host_root = {.type = &type_VfsPosix};

void vfs_host_root_set(const char *folder) {
    static char copy[PATH_MAX];
    snprintf(copy, sizeof(copy), "%s", folder);
    host_root.root = copy;
    host_root.root_len = strlen(copy);
}

obj_t vfs_host_root(void) {
    host_root.readonly = false;
    return OBJ_PTR(&host_root);
}

static struct vfs_posix *vfs_posix_self(obj_t o) {
    obj_t native = obj_native(o, &type_VfsPosix);
    if (native == OBJ_NULL) raise_format(&type_TypeError, "argument should be a 'VfsPosix' not a '%s'", obj_type_name(o));
    return (struct vfs_posix *)native;
}

static obj_t vfs_posix_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    args_no_keywords(kw);
    args_check(n, kw, 0, 1, false);
    char given[PATH_MAX] = "", full[PATH_MAX] = "";
    const char *path = n > 0 ? vfs_path_text(args[0]) : "";
    if (*path && *path != '/') {
        if (!getcwd(given, sizeof(given))) raise_os(errno);
        strncat(given, "/", sizeof(given) - strlen(given) - 1);
    }
    if (strlen(given) + strlen(path) >= sizeof(given)) raise_os(ENAMETOOLONG);
    strcat(given, path);
    if (*path && !realpath(given, full)) memcpy(full, given, sizeof(full)); // the folder may be made later
    struct vfs_posix *v = heap_new(7, 0, HEAP_REFS);
    v->type = type;
    v->root_len = strlen(full);
    while (v->root_len > 0 && full[v->root_len - 1] == '/') v->root_len--;
    if (v->root_len == 0) return OBJ_PTR(v);
    v->root = heap_new(0, v->root_len + 1, HEAP_DATA);
    memcpy(v->root, full, v->root_len);
    return OBJ_PTR(v);
}

// ---- paths -------------------------------------------------------------------------------------------------------------
// The rest of the process's folder below the root: "" or "/a/b"; "" when it is outside, or gone (false).
static bool folder_inside(const struct vfs_posix *v, char room[PATH_MAX]) {
    if (!getcwd(room, PATH_MAX)) {
        room[0] = 0;
        return false;
    }
    if (v->root_len == 0) return true;
    bool inside = strncmp(room, v->root, v->root_len) == 0 && (room[v->root_len] == '/' || !room[v->root_len]);
    if (inside) memmove(room, room + v->root_len, strlen(room + v->root_len) + 1);
    else room[0] = 0;
    return true;
}

// Adds path to out (which starts with the root) part by part. False: too long.
static bool path_walk(const struct vfs_posix *v, char out[PATH_MAX], const char *path) {
    size_t len = strlen(out);
    while (*path) {
        size_t part = strcspn(path, "/");
        if (part == 2 && memcmp(path, "..", 2) == 0) {
            while (len > v->root_len && out[--len] != '/') {}
        } else if (part > 0 && !(part == 1 && path[0] == '.')) {
            if (len + part + 2 > PATH_MAX) return false;
            out[len++] = '/';
            memcpy(out + len, path, part);
            len += part;
        }
        out[len] = 0;
        path += part + (path[part] == '/');
    }
    return true;
}

// The host's path; in room when it is not the path itself. NULL: too long.
static const char *path_of_host(const struct vfs_posix *v, const char *path, char room[PATH_MAX]) {
    if (v->root_len == 0) return path;
    if (v->root_len >= PATH_MAX) return NULL;
    memcpy(room, v->root, v->root_len + 1);
    char inside[PATH_MAX];
    if (path[0] != '/') {
        folder_inside(v, inside);
        if (!path_walk(v, room, inside)) return NULL;
    }
    return path_walk(v, room, path) ? room : NULL;
}

static const char *vfs_posix_path(const struct vfs_posix *v, obj_t path, char room[PATH_MAX]) {
    const char *text = path_of_host(v, vfs_path_text(path), room);
    if (!text) raise_os(ENAMETOOLONG);
    return text;
}

static struct vfs_posix *vfs_posix_writable(obj_t self) {
    struct vfs_posix *v = vfs_posix_self(self);
    if (v->readonly) raise_os(EROFS);
    return v;
}

// ---- mounting, the current folder ------------------------------------------------------------------------------------------
static obj_t vfs_posix_done(int result) {
    if (result != 0) raise_os(errno);
    return OBJ_NONE;
}

static obj_t vfs_posix_mount(obj_t self, obj_t readonly, obj_t mkfs) {
    struct vfs_posix *v = vfs_posix_self(self);
    if (obj_true(mkfs)) raise_os(EPERM);
    v->readonly = obj_true(readonly);
    return OBJ_NONE;
}
BUILTIN_3(vfs_posix_mount_fn, vfs_posix_mount);

static obj_t vfs_posix_umount(obj_t self) {
    vfs_posix_self(self);
    return OBJ_NONE;
}
BUILTIN_1(vfs_posix_umount_fn, vfs_posix_umount);

static obj_t vfs_posix_chdir(obj_t self, obj_t path) {
    char room[PATH_MAX];
    return vfs_posix_done(chdir(vfs_posix_path(vfs_posix_self(self), path, room)));
}
BUILTIN_2(vfs_posix_chdir_fn, vfs_posix_chdir);

static obj_t vfs_posix_getcwd(obj_t self) {
    char room[PATH_MAX];
    if (!folder_inside(vfs_posix_self(self), room)) raise_os(errno);
    const char *text = *room ? room : "/";
    return str_new(text, strlen(text));
}
BUILTIN_1(vfs_posix_getcwd_fn, vfs_posix_getcwd);

// ---- files -------------------------------------------------------------------------------------------------------------------
static obj_t vfs_posix_open(obj_t self, obj_t path, obj_t mode) {
    char room[PATH_MAX];
    struct vfs_posix *v = vfs_posix_self(self);
    if (file_mode_writes(mode) && v->readonly) raise_os(EROFS);
    return file_open(vfs_posix_path(v, path, room), mode);
}
BUILTIN_3(vfs_posix_open_fn, vfs_posix_open);

static obj_t vfs_posix_mkdir(obj_t self, obj_t path) {
    char room[PATH_MAX];
    return vfs_posix_done(mkdir(vfs_posix_path(vfs_posix_writable(self), path, room), 0777));
}
BUILTIN_2(vfs_posix_mkdir_fn, vfs_posix_mkdir);

static obj_t vfs_posix_rmdir(obj_t self, obj_t path) {
    char room[PATH_MAX];
    return vfs_posix_done(rmdir(vfs_posix_path(vfs_posix_writable(self), path, room)));
}
BUILTIN_2(vfs_posix_rmdir_fn, vfs_posix_rmdir);

static obj_t vfs_posix_remove(obj_t self, obj_t path) {
    char room[PATH_MAX];
    return vfs_posix_done(unlink(vfs_posix_path(vfs_posix_writable(self), path, room)));
}
BUILTIN_2(vfs_posix_remove_fn, vfs_posix_remove);

static obj_t vfs_posix_rename(obj_t self, obj_t from, obj_t to) {
    char room[PATH_MAX], other[PATH_MAX];
    struct vfs_posix *v = vfs_posix_writable(self);
    return vfs_posix_done(rename(vfs_posix_path(v, from, room), vfs_posix_path(v, to, other)));
}
BUILTIN_3(vfs_posix_rename_fn, vfs_posix_rename);

// A tuple of numbers, of which some may be big.
static obj_t numbers_tuple(const int64_t values[10]) {
    obj_t t = tuple_new(10, NULL);
    for (int i = 0; i < 10; i++) ((struct tuple *)t)->items[i] = OBJ_INT(0);
    for (int i = 0; i < 10; i++) ((struct tuple *)t)->items[i] = int_from_i64(values[i]);
    return t;
}

// stat(path[, follow_symlinks])
static obj_t vfs_posix_stat(size_t n, const obj_t *args) {
    char room[PATH_MAX];
    struct stat st;
    const char *path = vfs_posix_path(vfs_posix_self(args[0]), args[1], room);
    bool follow = n < 3 || obj_true(args[2]);
    if ((follow ? stat(path, &st) : lstat(path, &st)) != 0) raise_os(errno);
    const int64_t values[10] = {st.st_mode, (int64_t)st.st_ino, (int64_t)st.st_dev, (int64_t)st.st_nlink, st.st_uid, st.st_gid, st.st_size,
                                st.st_atime, st.st_mtime, st.st_ctime};
    return numbers_tuple(values);
}
BUILTIN_VAR(vfs_posix_stat_fn, 2, 3, vfs_posix_stat);

// A board's own folder answers for any name, as FAT and littlefs do.
static obj_t vfs_posix_statvfs(obj_t self, obj_t path) {
    char room[PATH_MAX];
    struct statvfs st;
    const struct vfs_posix *v = vfs_posix_self(self);
    const char *name = vfs_posix_path(v, path, room);
    if (statvfs(v == &host_root && v->root ? v->root : name, &st) != 0) raise_os(errno);
    const int64_t values[10] = {(int64_t)st.f_bsize, (int64_t)st.f_frsize, (int64_t)st.f_blocks, (int64_t)st.f_bfree, (int64_t)st.f_bavail,
                                (int64_t)st.f_files, (int64_t)st.f_ffree, (int64_t)st.f_favail, (int64_t)st.f_flag, (int64_t)st.f_namemax};
    return numbers_tuple(values);
}
BUILTIN_2(vfs_posix_statvfs_fn, vfs_posix_statvfs);

// ---- folders -------------------------------------------------------------------------------------------------------------------
struct folder_iter { // 4 words on the board
    const struct type *type;
    DIR *dir; // NULL at the end
    bool bytes, sized; // a device tells sizes too, as boards do
};
static const struct type type_folder_iter;

static void folder_close(struct folder_iter *it) {
    if (it->dir) closedir(it->dir);
    it->dir = NULL;
}

static struct dirent *folder_entry(struct folder_iter *it) {
    if (!it->dir) return NULL;
    for (;;) {
        struct dirent *e = readdir(it->dir);
        if (!e) {
            folder_close(it);
            return NULL;
        }
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0) return e;
    }
}

static obj_t folder_iter_next(obj_t self) {
    struct folder_iter *it = (struct folder_iter *)self;
    struct dirent *e = folder_entry(it);
    if (!e) return iter_end();
    int kind = e->d_type == DT_DIR ? S_IFDIR : e->d_type == DT_REG ? S_IFREG : 0;
    size_t len = strlen(e->d_name);
    obj_t name = it->bytes || !utf8_valid(e->d_name, len) ? bytes_new(e->d_name, len) : str_new(e->d_name, len);
    obj_t items[4] = {name, OBJ_INT(kind), int_from_u64(e->d_ino), OBJ_INT(0)};
    struct stat st;
    if (it->sized && kind == S_IFREG && fstatat(dirfd(it->dir), e->d_name, &st, 0) == 0) items[3] = int_from_u64((uint64_t)st.st_size);
    return tuple_new(it->sized ? 4 : 3, items);
}

static obj_t folder_iter_del(obj_t self) {
    if (obj_is(self, &type_folder_iter)) folder_close((struct folder_iter *)self);
    return OBJ_NONE;
}
BUILTIN_1(folder_iter_del_fn, folder_iter_del);
static const struct map_slot folder_iter_members[] = {MEMBER(__del__, &folder_iter_del_fn)};
static FIXED_DICT(folder_iter_dict, folder_iter_members);
static const struct type_ops folder_iter_ops = {.iter = iter_self, .next = folder_iter_next};
static const struct type type_folder_iter = {.type = &type_type, .name = Q_iterator, .flags = TYPE_SELF_ITER | TYPE_HAS_FINALISER,
                                             .ops = &folder_iter_ops, .members = &folder_iter_dict};

static obj_t vfs_posix_ilistdir(obj_t self, obj_t path) {
    char room[PATH_MAX];
    const char *folder = vfs_posix_path(vfs_posix_self(self), path, room);
    struct folder_iter *it = heap_new(4, 0, HEAP_DATA | HEAP_FINAL);
    it->type = &type_folder_iter;
    it->bytes = !obj_is_str(path);
    it->sized = self == OBJ_PTR(&host_root) && host_root.root;
    it->dir = opendir(*folder ? folder : ".");
    if (!it->dir) raise_os(errno);
    return OBJ_PTR(it);
}
BUILTIN_2(vfs_posix_ilistdir_fn, vfs_posix_ilistdir);

// ---- for import ------------------------------------------------------------------------------------------------------------------
static enum host_kind vfs_posix_kind(obj_t self, const char *path) {
    char room[PATH_MAX];
    const char *text = path_of_host((struct vfs_posix *)self, path, room);
    return text ? host_kind(text) : HOST_MISSING;
}

static int vfs_posix_read_file(obj_t self, const char *path, char **text, size_t *len) {
    char room[PATH_MAX];
    const char *host = path_of_host((struct vfs_posix *)self, path, room);
    int error = 0;
    if (!host) return ENAMETOOLONG;
    *text = host_read_file(host, len, &error);
    return *text ? 0 : error;
}

static const struct vfs_ops vfs_posix_vfs = {vfs_posix_kind, vfs_posix_read_file};

static const struct map_slot vfs_posix_members[] = {
    MEMBER(chdir, &vfs_posix_chdir_fn),
    MEMBER(getcwd, &vfs_posix_getcwd_fn),
    MEMBER(ilistdir, &vfs_posix_ilistdir_fn),
    MEMBER(mkdir, &vfs_posix_mkdir_fn),
    MEMBER(mount, &vfs_posix_mount_fn),
    MEMBER(open, &vfs_posix_open_fn),
    MEMBER(remove, &vfs_posix_remove_fn),
    MEMBER(rename, &vfs_posix_rename_fn),
    MEMBER(rmdir, &vfs_posix_rmdir_fn),
    MEMBER(stat, &vfs_posix_stat_fn),
    MEMBER(statvfs, &vfs_posix_statvfs_fn),
    MEMBER(umount, &vfs_posix_umount_fn),
};
static FIXED_DICT(vfs_posix_dict, vfs_posix_members);
static const struct type_ops vfs_posix_ops = {.construct = vfs_posix_construct, .vfs = &vfs_posix_vfs};
const struct type type_VfsPosix = {.type = &type_type, .name = Q_VfsPosix, .ops = &vfs_posix_ops, .members = &vfs_posix_dict};
