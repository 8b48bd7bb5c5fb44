// SPDX-License-Identifier: MIT
// The functions of module os that work on any host: a port puts them into its table of members.
#ifndef SRC_OS_H
#define SRC_OS_H

#include "run/call.h"

struct module;
extern const struct module module_os; // the port's
// files, through the mount table (modules/os_files.c)
extern const struct builtin os_chdir_fn, os_getcwd_fn, os_ilistdir_fn, os_listdir_fn, os_mkdir_fn, os_remove_fn, os_rename_fn, os_rmdir_fn,
    os_stat_fn, os_statvfs_fn, os_sync_fn;
// mounting by the names that os had before vfs (modules/vfs_module.c)
extern const struct builtin vfs_mount_fn, vfs_umount_fn;

#endif
