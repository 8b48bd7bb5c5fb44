// SPDX-License-Identifier: MIT
// Module os over the host's files, as MicroPython's Unix port has it.
//
// Invariants
//  - Paths go to the host as they are. A path with a NUL inside is no path: ENOENT.
//  - Failures are OSError(errno).
//  - The iterator of ilistdir() holds an open directory until its end or its finaliser.
#define _GNU_SOURCE
#include "heap/heap.h"
#include "host.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "objects/types.h"
#include "ports/unix/port.h"
#include "rt.h"
#include "run/call.h"
#include "run/raise.h"
#include "run/vm.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/utsname.h>
#include <unistd.h>


static const char *os_path(obj_t path) {
    size_t len;
    if (!obj_is_str_or_bytes(path)) raise_format(&type_TypeError, "can't convert '%s' object to str implicitly", obj_type_name(path));
    const char *text = str_data(path, &len);
    if (memchr(text, 0, len)) raise_os(ENOENT);
    return text;
}

static obj_t os_done(int result) {
    if (result != 0) raise_os(errno);
    return OBJ_NONE;
}

static obj_t os_chdir(obj_t path) { return os_done(chdir(os_path(path))); }
static obj_t os_mkdir(obj_t path) { return os_done(mkdir(os_path(path), 0777)); }
static obj_t os_rmdir(obj_t path) { return os_done(rmdir(os_path(path))); }
static obj_t os_remove(obj_t path) { return os_done(unlink(os_path(path))); }
static obj_t os_rename(obj_t from, obj_t to) { return os_done(rename(os_path(from), os_path(to))); }
BUILTIN_1(os_chdir_fn, os_chdir);
BUILTIN_1(os_mkdir_fn, os_mkdir);
BUILTIN_1(os_rmdir_fn, os_rmdir);
BUILTIN_1(os_remove_fn, os_remove);
BUILTIN_2(os_rename_fn, os_rename);

static obj_t os_getcwd(void) {
    char path[PATH_MAX];
    if (!getcwd(path, sizeof(path))) raise_os(errno);
    return str_new(path, strlen(path));
}
BUILTIN_0(os_getcwd_fn, os_getcwd);

static obj_t os_stat(obj_t path) {
    struct stat st;
    if (stat(os_path(path), &st) != 0) raise_os(errno);
    const uint64_t values[10] = {st.st_mode, st.st_ino, st.st_dev, st.st_nlink, st.st_uid, st.st_gid, (uint64_t)st.st_size,
                                 (uint64_t)st.st_atime, (uint64_t)st.st_mtime, (uint64_t)st.st_ctime};
    obj_t t = tuple_new(10, NULL);
    for (int i = 0; i < 10; i++) ((struct tuple *)t)->items[i] = OBJ_INT(0);
    for (int i = 0; i < 10; i++) ((struct tuple *)t)->items[i] = int_from_i64((int64_t)values[i]);
    return t;
}
BUILTIN_1(os_stat_fn, os_stat);

static obj_t os_statvfs(obj_t path) {
    struct statvfs st;
    if (statvfs(os_path(path), &st) != 0) raise_os(errno);
    const uint64_t values[10] = {st.f_bsize, st.f_frsize, st.f_blocks, st.f_bfree, st.f_bavail,
                                 st.f_files, st.f_ffree, st.f_favail, st.f_flag, st.f_namemax};
    obj_t t = tuple_new(10, NULL);
    for (int i = 0; i < 10; i++) ((struct tuple *)t)->items[i] = OBJ_INT(0);
    for (int i = 0; i < 10; i++) ((struct tuple *)t)->items[i] = int_from_u64(values[i]);
    return t;
}
BUILTIN_1(os_statvfs_fn, os_statvfs);

// ---- folders -----------------------------------------------------------------------------------------------------------
struct folder_iter { // 4 words on the board
    const struct type *type;
    DIR *dir; // NULL at the end
    bool bytes;
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

static obj_t folder_name(const struct folder_iter *it, const char *name) {
    return it->bytes || !utf8_valid(name, strlen(name)) ? bytes_new(name, strlen(name)) : str_new(name, strlen(name));
}

static obj_t folder_iter_next(obj_t self) {
    struct folder_iter *it = (struct folder_iter *)self;
    struct dirent *e = folder_entry(it);
    rt.stop_value = OBJ_NONE;
    if (!e) return OBJ_NULL;
    int kind = e->d_type == DT_DIR ? S_IFDIR : e->d_type == DT_REG ? S_IFREG : 0;
    obj_t items[3] = {folder_name(it, e->d_name), OBJ_INT(kind), int_from_u64(e->d_ino)};
    return tuple_new(3, items);
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

static obj_t os_ilistdir(size_t n, const obj_t *args) {
    const char *path = n > 0 ? os_path(args[0]) : ".";
    struct folder_iter *it = heap_new(4, 0, HEAP_DATA | HEAP_FINAL);
    it->type = &type_folder_iter;
    it->bytes = n > 0 && !obj_is_str(args[0]);
    it->dir = opendir(*path ? path : ".");
    if (!it->dir) raise_os(errno);
    return OBJ_PTR(it);
}
BUILTIN_VAR(os_ilistdir_fn, 0, 1, os_ilistdir);

static obj_t os_listdir(size_t n, const obj_t *args) {
    struct folder_iter *it = (struct folder_iter *)os_ilistdir(n, args);
    obj_t names = list_new(0, NULL);
    for (struct dirent *e; (e = folder_entry(it));) list_append(names, folder_name(it, e->d_name));
    return names;
}
BUILTIN_VAR(os_listdir_fn, 0, 1, os_listdir);

// ---- the process ---------------------------------------------------------------------------------------------------------
static obj_t os_getenv(size_t n, const obj_t *args) {
    const char *value = getenv(str_data(args[0], NULL));
    if (!value) return n > 1 ? args[1] : OBJ_NONE;
    return str_new(value, strlen(value));
}
BUILTIN_VAR(os_getenv_fn, 1, 2, os_getenv);

static obj_t os_putenv(obj_t name, obj_t value) { return os_done(setenv(str_data(name, NULL), str_data(value, NULL), 1)); }
static obj_t os_unsetenv(obj_t name) { return os_done(unsetenv(str_data(name, NULL))); }
BUILTIN_2(os_putenv_fn, os_putenv);
BUILTIN_1(os_unsetenv_fn, os_unsetenv);

static obj_t os_system(obj_t command) {
    const char *text = str_data(command, NULL);
    console_flush();
    int r = system(text);
    if (r < 0) raise_os(errno);
    if (rt.poll) poll_run();
    return OBJ_INT(r);
}
BUILTIN_1(os_system_fn, os_system);

static obj_t os_urandom(obj_t count) {
    intptr_t n = obj_get_int(count);
    if (n < 0) raise_message(&type_ValueError, "negative argument not allowed");
    struct text_buffer b;
    text_buffer_init(&b, (size_t)n + 1);
    char *data = text_buffer_extend(&b, (size_t)n);
    for (size_t done = 0; done < (size_t)n;) {
        ssize_t got = getrandom(data + done, (size_t)n - done, 0);
        if (got < 0 && errno != EINTR) raise_os(errno);
        if (got > 0) done += (size_t)got;
    }
    return text_buffer_bytes(&b);
}
BUILTIN_1(os_urandom_fn, os_urandom);

static obj_t os_errno(size_t n, const obj_t *args) {
    if (n == 0) return OBJ_INT(errno);
    errno = (int)obj_get_int(args[0]);
    return OBJ_NONE;
}
BUILTIN_VAR(os_errno_fn, 0, 1, os_errno);

static obj_t os_uname(void) {
    struct utsname u;
    if (uname(&u) != 0) raise_os(errno);
    static const qstr_t fields[5] = {Q_sysname, Q_nodename, Q_release, Q_version, Q_machine};
    const char *texts[5] = {rt.profile.platform, u.nodename, "1.28.0", "v1.28.0 on 2026-04-06", rt.profile.machine};
    obj_t items[5];
    for (int i = 0; i < 5; i++) items[i] = str_new(texts[i], strlen(texts[i]));
    return attrtuple_new(5, items, fields);
}
BUILTIN_0(os_uname_fn, os_uname);

static const struct map_slot os_members[] = {
    MEMBER(__name__, OBJ_QSTR(Q_os)),
    MEMBER(sep, OBJ_QSTR(Q_slash)),
    MEMBER(chdir, &os_chdir_fn),
    MEMBER(errno, &os_errno_fn),
    MEMBER(getcwd, &os_getcwd_fn),
    MEMBER(getenv, &os_getenv_fn),
    MEMBER(ilistdir, &os_ilistdir_fn),
    MEMBER(listdir, &os_listdir_fn),
    MEMBER(mkdir, &os_mkdir_fn),
    MEMBER(putenv, &os_putenv_fn),
    MEMBER(remove, &os_remove_fn),
    MEMBER(rename, &os_rename_fn),
    MEMBER(rmdir, &os_rmdir_fn),
    MEMBER(stat, &os_stat_fn),
    MEMBER(statvfs, &os_statvfs_fn),
    MEMBER(system, &os_system_fn),
    MEMBER(uname, &os_uname_fn),
    MEMBER(unlink, &os_remove_fn),
    MEMBER(unsetenv, &os_unsetenv_fn),
    MEMBER(urandom, &os_urandom_fn),
};
static FIXED_DICT(os_dict, os_members);
const struct module module_os = {&type_module, &os_dict, {0}};
MODULE(os, true, NULL, "");
