// SPDX-License-Identifier: MIT
// Natives that may take long: Ctrl-C gets through. Nothing here runs Python code or changes the thread, it raises KeyboardInterrupt or
// does nothing; so whoever calls it holds nothing that must be given back, and what it works on stays as it is.
#ifndef SRC_PATIENCE_H
#define SRC_PATIENCE_H

#include "run/vm.h"

enum { PATIENCE = 1 << 20 }; // bytes, or steps as cheap as that

// In a loop over i.
static inline void patience(size_t i) {
    if ((i & (PATIENCE - 1)) == PATIENCE - 1) poll_keyboard();
}

// How much of n, done in one go.
static inline size_t patience_piece(size_t n) {
    poll_keyboard();
    return n < 16 * PATIENCE ? n : 16 * PATIENCE;
}

static inline void copy_patiently(void *to, const void *from, size_t n) { // as memcpy
    for (size_t done = 0, piece; done < n; done += piece) {
        piece = patience_piece(n - done);
        memcpy((char *)to + done, (const char *)from + done, piece);
    }
}

static inline void fill_patiently(void *to, int c, size_t n) { // as memset
    for (size_t done = 0, piece; done < n; done += piece) {
        piece = patience_piece(n - done);
        memset((char *)to + done, c, piece);
    }
}

#endif
