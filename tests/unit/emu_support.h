// SPDX-License-Identifier: MIT
// What the tests of the emulated computer share: counting failures, and host memory as struct emu_host wants it.
#ifndef TESTS_UNIT_EMU_SUPPORT_H
#define TESTS_UNIT_EMU_SUPPORT_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

static int failures;

static void expect(bool good, const char *what) {
    if (good) return;
    failures++;
    printf("FAILED: %s\n", what);
}

static void *test_resize(void *p, size_t bytes) {
    if (bytes == 0) {
        free(p);
        return NULL;
    }
    if (p) return realloc(p, bytes);
    return calloc(1, bytes);
}

#endif
