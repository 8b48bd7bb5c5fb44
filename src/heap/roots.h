// SPDX-License-Identifier: MIT
// Roots that other files of this folder mark.
#ifndef SRC_ROOTS_H
#define SRC_ROOTS_H

void intern_mark(void); // intern.c: data chunks and index pools

#endif
