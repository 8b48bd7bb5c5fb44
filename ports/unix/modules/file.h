// SPDX-License-Identifier: MIT
// The standard streams of the process as Python objects.
#ifndef PORTS_UNIX_FILE_H
#define PORTS_UNIX_FILE_H

#include "obj.h"

obj_t file_std(int fd); // sys.stdin, sys.stdout, sys.stderr: 0, 1, 2

#endif
