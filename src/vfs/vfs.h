// SPDX-License-Identifier: MIT
// The virtual file system: a table of mounted file systems, and what the interpreter does with files through it.
//
// Invariants
//  - A file system is any object with the methods of one: mount(readonly, mkfs), umount(), open(path, mode), ilistdir(path), stat(path),
//    chdir(path), getcwd(), mkdir, remove, rename, rmdir, statvfs. A native one is a type with these members and, for import,
//    `struct vfs_ops`; it need not be known here otherwise.
//  - A mount point starts with '/' and ends without one, but for the root "/". Root mounts stand last in the table; of several the
//    first one counts.
//  - The current folder is the top ("/", where mount points are seen beside the root's own entries), or is inside one mounted file
//    system, which alone knows where. Relative paths are handed to it as they are.
//  - A file system sees paths that start at its own root: "/mnt/a" mounted at "/mnt" is "/a". The root file system sees what was written.
#ifndef SRC_VFS_H
#define SRC_VFS_H

#include "host.h"
#include "obj.h"

struct vfs_mount { // 4 words
    const char *point; // characters of the text that named it
    size_t len;
    obj_t fs;
    struct vfs_mount *next;
};
enum vfs_where { VFS_NOWHERE, VFS_TOP, VFS_MOUNTED };
struct vfs_place {
    enum vfs_where where;
    struct vfs_mount *mount; // VFS_MOUNTED
    const char *path;        // as the file system sees it; NUL-terminated
};

// What a native file system offers beside its methods. Both may be NULL.
struct vfs_ops {
    enum host_kind (*kind)(obj_t self, const char *path); // import looks for files with it; never raises
    // 0 and *text as host_read_file() gives it, or the number of the error
    int (*read_file)(obj_t self, const char *path, char **text, size_t *len);
};

void vfs_start(void); // mounts the port's file system at "/"
void vfs_root_at(const char *point); // and this moves it elsewhere; before anything else is mounted
void vfs_find(const char *path, struct vfs_place *out);
struct vfs_mount *vfs_first(void);   // the table, in order
struct vfs_mount *vfs_current(void); // NULL: the current folder is the top
void vfs_enter(struct vfs_mount *m); // m NULL: the top

// All raise what the methods of the file system raise; OSError(ENODEV) where nothing is mounted.
void vfs_mount(obj_t fs, obj_t point, obj_t readonly, obj_t mkfs); // EPERM: already mounted, EINVAL: no mount point
void vfs_umount(obj_t point_or_fs);                               // EINVAL
obj_t vfs_call(const struct vfs_mount *m, qstr_t method, size_t n, const obj_t *args); // n <= 3
obj_t vfs_path_object(const struct vfs_place *place, obj_t path); // place->path as an object of the kind of `path`
const char *vfs_path_text(obj_t path);                            // TypeError when it is neither text nor bytes

enum host_kind vfs_kind(const char *path);
char *vfs_read_file(const char *path, size_t *len); // host_alloc'ed, NUL-terminated

extern const struct builtin vfs_open_builtin; // open()
// What the port gives (libport, or whoever links the interpreter)
obj_t vfs_host_root(void);                            // the file system mounted at "/" at the start, OBJ_NULL: none
obj_t vfs_open_number(obj_t number, obj_t mode);      // open(3): a file of the host that is open already
extern const struct type type_VfsPosix;

#endif
