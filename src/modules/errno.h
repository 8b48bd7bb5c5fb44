// SPDX-License-Identifier: MIT
// The names of error numbers.
#ifndef SRC_ERRNO_H
#define SRC_ERRNO_H

#include "obj.h"

qstr_t errno_name(intptr_t number); // 0: no name

#endif
