// SPDX-License-Identifier: MIT
// Files of the host as Python objects.
#ifndef PORTS_UNIX_FILE_H
#define PORTS_UNIX_FILE_H

#include "obj.h"

obj_t file_std(int fd); // sys.stdin, sys.stdout, sys.stderr: 0, 1, 2
obj_t file_open(const char *path, obj_t mode); // of the host; OSError
bool file_mode_writes(obj_t mode);

void vfs_host_root_set(const char *folder); // absolute: what is mounted at the start, instead of all files of the host

#endif
