// SPDX-License-Identifier: MIT
// Lines that were entered, newest first. A board keeps 8 in its heap (rt.history); the desktop keeps HISTORY_MOST in host memory, which a
// port fills and saves. No line twice in succession, no empty one.
#ifndef SRC_HISTORY_H
#define SRC_HISTORY_H

#include <stddef.h>

enum { HISTORY_MOST = 1000 };

void history_add(const char *text, size_t len);
const char *history_at(size_t age); // 0 is the newest; NULL: there is none so old
void history_clear(void);

#endif
