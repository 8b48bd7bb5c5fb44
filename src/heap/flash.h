// SPDX-License-Identifier: MIT
// Between heap.c and flash.c: runs that a board has in its program memory. heap.h has what others use.
#ifndef SRC_FLASH_H
#define SRC_FLASH_H

#include <stddef.h>

void *flash_new(size_t bytes, unsigned kind); // host bytes, zero
void *flash_resize(void *p, size_t bytes, unsigned kind); // NULL: not a run in flash
void flash_stop(void); // gives everything back

#endif
