// SPDX-License-Identifier: MIT
// The mount table: finding the file system of a path, mounting and unmounting.
//
// Invariants
//  - The first root mount is in static memory: a program that mounts nothing has nothing in the heap for it. Other mounts are runs
//    of 4 words.
//  - A record may be taken out of the table while somebody still holds it (an iterator, a running method): it stays readable.
#include "vfs/vfs.h"
#include "heap/heap.h"
#include "objects/str.h"
#include "objects/types.h"
#include "run/call.h"
#include "run/raise.h"

#include <errno.h>

static struct {
    struct vfs_mount *first, *current; // current NULL: the top
    struct vfs_mount root;
} table;

static void vfs_mark(void) {
    for (struct vfs_mount *m = table.first; m; m = m->next) {
        heap_mark(m);
        heap_mark(m->point);
        heap_mark((const void *)m->fs);
    }
}

void vfs_start(void) {
    memset(&table, 0, sizeof(table));
    heap_add_root(vfs_mark);
    obj_t fs = vfs_host_root();
    if (fs == OBJ_NULL) return;
    table.root = (struct vfs_mount){"/", 1, fs, NULL};
    table.first = table.current = &table.root;
}

void vfs_root_at(const char *point) {
    table.root.point = point;
    table.root.len = strlen(point);
}

struct vfs_mount *vfs_first(void) { return table.first; }
struct vfs_mount *vfs_current(void) { return table.current; }
void vfs_enter(struct vfs_mount *m) { table.current = m; }

void vfs_find(const char *path, struct vfs_place *out) {
    *out = (struct vfs_place){VFS_MOUNTED, table.current, path};
    if (path[0] != '/' && table.current) return;
    const char *tail = path[0] == '/' ? path + 1 : path;
    out->where = VFS_TOP;
    if (!*tail) return;
    size_t len = strlen(tail);
    for (struct vfs_mount *m = table.first; m; m = m->next) {
        size_t n = m->len - 1; // without the '/' that it starts with
        if (n > len || memcmp(m->point + 1, tail, n) != 0 || (n > 0 && tail[n] && tail[n] != '/')) continue;
        *out = (struct vfs_place){VFS_MOUNTED, m, n == 0 ? path : tail[n] ? tail + n : "/"};
        return;
    }
    out->where = VFS_NOWHERE;
}

const char *vfs_path_text(obj_t path) {
    size_t len;
    if (!obj_is_str_or_bytes(path)) raise_format(&type_TypeError, "can't convert '%s' object to str implicitly", obj_type_name(path));
    const char *text = str_data(path, &len);
    if (memchr(text, 0, len)) raise_os(ENOENT);
    return text;
}

obj_t vfs_path_object(const struct vfs_place *place, obj_t path) {
    if (place->path == str_data(path, NULL)) return path;
    return obj_is_str(path) ? str_new(place->path, strlen(place->path)) : bytes_new(place->path, strlen(place->path));
}

obj_t vfs_call(const struct vfs_mount *m, qstr_t method, size_t n, const obj_t *args) {
    obj_t pair[5];
    obj_load_method(m->fs, method, pair);
    for (size_t i = 0; i < n; i++) pair[2 + i] = args[i];
    return call_method(n, 0, pair);
}

static bool vfs_point_good(const char *point, size_t len) { return point[0] == '/' && (len == 1 || point[len - 1] != '/'); }

void vfs_mount(obj_t fs, obj_t point, obj_t readonly, obj_t mkfs) {
    obj_t method[4] = {OBJ_NULL, OBJ_NULL, readonly, mkfs};
    size_t len;
    const char *text = vfs_path_text(point);
    str_data(point, &len);
    if (!vfs_point_good(text, len)) raise_os(EINVAL);
    obj_load_method_maybe(fs, Q_mount, method);
    if (method[0] == OBJ_NULL) raise_os(ENODEV); // no file system, and none is known that could be on such a device
    call_method(2, 0, method);
    struct vfs_place place;
    vfs_find(text, &place);
    if (place.where == VFS_MOUNTED && place.mount->len > 1) raise_os(EPERM);
    struct vfs_mount *m = heap_new(4, 0, HEAP_REFS);
    *m = (struct vfs_mount){text, len, fs, NULL};
    struct vfs_mount **at = &table.first;
    while (*at && (*at)->len > 1) at = &(*at)->next;
    m->next = *at;
    *at = m;
}

static bool vfs_is_named(const struct vfs_mount *m, obj_t name) {
    size_t len;
    const char *text = str_data_maybe(name, &len);
    return text ? len == m->len && memcmp(text, m->point, len) == 0 : m->fs == name;
}

void vfs_umount(obj_t point_or_fs) {
    struct vfs_mount **at = &table.first;
    while (*at && !vfs_is_named(*at, point_or_fs)) at = &(*at)->next;
    struct vfs_mount *m = *at;
    if (!m) raise_os(EINVAL);
    *at = m->next;
    if (table.current == m) table.current = NULL;
    vfs_call(m, Q_umount, 0, NULL);
}
