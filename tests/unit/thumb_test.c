// SPDX-License-Identifier: MIT
// The Thumb processor alone: a loop, a call, memory beyond its end, why it stops; then random code, which may do anything but harm.
#include "native/thumb.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MEMORY = 4096, BASE = 0x20000000, CASES = 20000, CASE_STEPS = 200 };
static uint8_t memory[MEMORY];
static jmp_buf refused;

static uint32_t load(void *data, uint32_t address, unsigned bytes) {
    uint32_t at = address - BASE, value = 0;
    (void)data;
    if (at >= MEMORY || bytes > MEMORY - at) longjmp(refused, 1);
    for (unsigned i = 0; i < bytes; i++) value |= (uint32_t)memory[at + i] << (8 * i);
    return value;
}

static void store(void *data, uint32_t address, unsigned bytes, uint32_t value) {
    uint32_t at = address - BASE;
    (void)data;
    if (at >= MEMORY || bytes > MEMORY - at) longjmp(refused, 1);
    for (unsigned i = 0; i < bytes; i++) memory[at + i] = (uint8_t)(value >> (8 * i));
}

static struct thumb begin(const uint16_t *code, size_t n) {
    struct thumb t = {.load = load, .store = store};
    memset(memory, 0, sizeof memory);
    for (size_t i = 0; i < n; i++) store(NULL, BASE + 2 * (uint32_t)i, 2, code[i]);
    t.r[THUMB_PC] = BASE;
    t.r[THUMB_SP] = BASE + MEMORY;
    t.r[THUMB_LR] = THUMB_END | 1;
    return t;
}

static int failures;
static void check(bool holds, const char *what) {
    if (holds) return;
    printf("failed: %s\n", what);
    failures++;
}

static void test_loop(void) { // r0 = 1 + 2 + ... + r1
    static const uint16_t code[] = {0x2000, 0x1840, 0x3901, 0xd1fc, 0x4770};
    struct thumb t = begin(code, 5);
    t.r[1] = 100;
    check(thumb_run(&t, 10) == THUMB_STEPS, "ten steps are too few");
    check(thumb_run(&t, 1000) == THUMB_RETURNED && t.r[0] == 5050, "sum of a loop");
}

static void test_call(void) { // push {lr}; bl +4; pop {pc}; mul r0, r0; bx lr
    static const uint16_t code[] = {0xb500, 0xf000, 0xf801, 0xbd00, 0x4340, 0x4770};
    struct thumb t = begin(code, 6);
    t.r[0] = 12;
    check(thumb_run(&t, 100) == THUMB_RETURNED && t.r[0] == 144 && t.r[THUMB_SP] == BASE + MEMORY, "a subroutine");
}

static void test_stops(void) {
    static const uint16_t code[] = {0xbf30, 0xb672, 0xb662, 0xde00};
    struct thumb t = begin(code, 4);
    check(thumb_run(&t, 100) == THUMB_WAITS && t.r[THUMB_PC] == BASE + 2, "wfi");
    check(thumb_run(&t, 100) == THUMB_MASK && t.masked, "cpsid");
    check(thumb_run(&t, 100) == THUMB_MASK && !t.masked, "cpsie");
    check(thumb_run(&t, 100) == THUMB_UNDEFINED && t.r[THUMB_PC] == BASE + 6, "udf");
}

static void test_wide(void) { // movw r0, #0x5678; movt r0, #0x1234; ubfx r1, r0, #8, #16; umull r2, r3, r0, r0; rev r4, r0; bx lr
    static const uint16_t code[] = {0xf245, 0x6078, 0xf2c1, 0x2034, 0xf3c0, 0x210f, 0xfba0, 0x2300, 0xba04, 0x4770};
    struct thumb t = begin(code, 10);
    check(thumb_run(&t, 100) == THUMB_RETURNED && t.r[0] == 0x12345678, "movw, movt");
    check(t.r[1] == 0x3456, "ubfx");
    check(t.r[2] == 0x1df4d840 && t.r[3] == 0x014b66dc, "umull");
    check(t.r[4] == 0x78563412, "rev");
}

static void test_modified(void) { // add.w r0, r1, #0xff00ff00; subs r2, r1, r1, lsl #4; ldr r3, [r4], #4; tbb
    static const uint16_t code[] = {0xf101, 0x20ff, 0xebb1, 0x1201, 0xf854, 0x3b04, 0x4770};
    struct thumb t = begin(code, 7);
    t.r[1] = 0x10;
    t.r[4] = BASE + 64;
    store(NULL, BASE + 64, 4, 0xcafe);
    check(thumb_run(&t, 100) == THUMB_RETURNED && t.r[0] == 0xff00ff10, "a modified immediate");
    check(t.r[2] == 0xffffff10 && t.n && !t.c, "a shifted operand");
    check(t.r[3] == 0xcafe && t.r[4] == BASE + 68, "an address that moves");
}

static void test_random(void) {
    static volatile unsigned stops;
    srand(1);
    for (volatile unsigned i = 0; i < CASES; i++) {
        uint16_t code[64];
        for (unsigned k = 0; k < 64; k++) code[k] = (uint16_t)((rand() >> 3 & 0xff) << 8 | (rand() >> 3 & 0xff));
        for (unsigned k = 0; k < 64; k += 4) code[k] = (uint16_t)(0xe800 | (code[k] & 0x17ff)); // 32 bits more often
        struct thumb t = begin(code, 64);
        for (unsigned k = 0; k < 13; k++) t.r[k] = (uint32_t)BASE + (uint32_t)(rand() % MEMORY);
        if (setjmp(refused)) continue;
        for (unsigned k = 0; k < CASE_STEPS && thumb_run(&t, 1) != THUMB_UNDEFINED; k++) stops++;
    }
    check(stops > CASES, "some random instructions run");
}

int main(void) {
    if (setjmp(refused)) {
        printf("failed: memory was refused\n");
        return 1;
    }
    test_loop();
    test_call();
    test_stops();
    test_wide();
    test_modified();
    test_random();
    return failures != 0;
}
