// SPDX-License-Identifier: MIT
// Flash without any Python: geometry, NOR rules, counters, time, faults that come again, the window of small blocks.
//
// The board is a pyboard's flash; a power cut jumps out of the operation.
#include "emu/chip/flash.h"
#include "emu/core/clock.h"
#include "emu/core/host.h"
#include "emu/core/net.h"
#include "tests/unit/emu_support.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char reports[2000], cut_text[300];
static jmp_buf dark;
static uint8_t image[1 << 20];

static void test_report(enum emu_severity severity, const char *text) {
    (void)severity;
    strncat(reports, text, sizeof reports - strlen(reports) - 1);
}
static void test_attention(void) {}
static uint64_t test_zero(void) { return 0; }
static void test_ignore(uint64_t ns) { (void)ns; }
static const struct emu_host host = {test_resize, test_report, test_attention, test_zero, test_ignore, test_ignore, test_zero, test_ignore};

static void test_cut(void *data, const char *text) {
    (void)data;
    snprintf(cut_text, sizeof cut_text, "%s", text);
    longjmp(dark, 1);
}
static const struct flash_host outside = {image, NULL, test_cut, NULL};

static const struct board pyboard = {.flash = {.region = {{16384, 4}, {65536, 1}, {131072, 7}}, .n_regions = 3, .fs_start = 16384,
                                               .fs_bytes = 114688, .page = 4, .erase_us = 250000, .program_ns = 16000}};

static void fresh(bool keep_image) {
    emu_stop();
    reports[0] = cut_text[0] = 0;
    emu_open(&host);
    emu_start();
    clock_mode_set(CLOCK_VIRTUAL);
    board_current = &pyboard;
    flash_faults_forget();
    flash_host_set(&outside);
    if (!keep_image) memset(image, 0xff, sizeof image);
}

static void test_rules(void) {
    fresh(false);
    expect(flash_size() == 1 << 20 && flash_blocks() == 12, "size");
    expect(flash_block_of(0) == 0 && flash_block_of(16383) == 0 && flash_block_of(65536) == 4 && flash_block_of(131072) == 5, "blocks");
    expect(flash_block_start(4) == 65536 && flash_block_bytes(4) == 65536 && flash_block_start(11) == 7 << 17, "their places");
    uint8_t bytes[8];
    expect(flash_program(16384, "abcdefgh", 8) == FLASH_DONE && clock_now() == 32000, "a program takes the time of its pages");
    expect(flash_read(16384, bytes, 8) == FLASH_DONE && memcmp(bytes, "abcdefgh", 8) == 0 && reports[0] == 0, "reads what was programmed");
    expect(flash_program(16384, "\xff\x0f", 2) == FLASH_DONE && image[16384] == 'a' && image[16385] == ('b' & 0x0f), "1 does not set");
    expect(flash_figures().over_programmed == 1 && strstr(reports, "not erased, in block 1"), "and is counted and told");
    expect(flash_erase(1) == FLASH_DONE && image[16384] == 0xff && flash_erases(1) == 1 && flash_erases(0) == 0, "erased and counted");
    expect(clock_now() == 48000 + 250000000, "an erase takes its time");
    uint64_t before = clock_now();
    flash_erase(5);
    expect(clock_now() - before == 8 * UINT64_C(250000000), "a large one takes longer");
    expect(flash_program(1 << 20, "x", 1) == FLASH_OUTSIDE && flash_read((1 << 20) - 1, bytes, 2) == FLASH_OUTSIDE, "outside");
    expect(flash_erase(12) == FLASH_OUTSIDE && flash_figures().programs == 3 && flash_figures().erases == 2, "figures");
}

// Programs a block's worth of pages and erases it, again and again, until the power ends.
static bool work(unsigned rounds) {
    if (setjmp(dark)) return false;
    for (volatile unsigned i = 0; i < rounds; i++) {
        flash_erase(2);
        for (uint32_t at = 0; at < 64; at += 4) flash_program(32768 + at, "\x12\x34\x56\x78", 4);
    }
    return true;
}

static void test_cuts(void) {
    static uint8_t first[1 << 20];
    for (unsigned n = 1; n <= 34; n++)
        for (int torn = 0; torn < 2; torn++)
            for (int again = 0; again < 2; again++) {
                char text[40];
                snprintf(text, sizeof text, torn ? "cut:%u:torn:7" : "cut:%u", n);
                fresh(false);
                memset(image + 32768, 0, 64);
                expect(flash_fault_add(text) == NULL && !work(2), "the power is cut");
                expect(strstr(cut_text, text) != NULL, "the text says how to see it again");
                if (!again) memcpy(first, image, sizeof first);
                else expect(memcmp(first, image, sizeof first) == 0, "and then it is the same, to the bit");
                bool whole = n == 1 || n == 18; // an erase: undone without `torn`
                if (!torn && n == 1) expect(image[32768] == 0, "an operation that was cut whole did nothing");
                if (!torn && n == 18) expect(image[32768] == 0x12, "nor a later one");
                if (!torn && !whole) expect(image[32768 + 4 * ((n - 2) % 17)] == 0xff, "nor a program");
            }
    fresh(false);
    memset(image + 32768, 0, 16384);
    flash_fault_add("cut:1:torn");
    work(1);
    size_t ones = 0;
    for (size_t i = 0; i < 16384; i++) ones += image[32768 + i] == 0xff;
    expect(ones < 16000 && image[32768] != 0, "a torn erase leaves half of it");
    expect(strstr(cut_text, "--flash-fault=cut:1:torn:1 does it again"), "torn without a seed has one");
    fresh(true);
    expect(work(2), "and all is well when the power is back");
}

static void test_wear_and_flips(void) {
    fresh(false);
    expect(flash_fault_add("wear:3:2") == NULL, "wear");
    expect(flash_erase(3) == FLASH_DONE && flash_erase(3) == FLASH_DONE, "good for two");
    flash_program(49152, "\0\0\0\0\0\0\0\0", 8);
    memset(image + 49152, 0, 16384);
    expect(flash_erase(3) == FLASH_FAILED && memchr(image + 49152, 0xfe, 16384), "worn: some bits stay");
    expect(flash_erase(2) == FLASH_DONE, "others are good");
    char one[200] = "";
    for (int round = 0; round < 2; round++) {
        fresh(false);
        flash_fault_add("flip:12345");
        uint8_t zeros[512] = {0};
        flash_program(65536, zeros, 512);
        size_t flipped = 0;
        for (size_t i = 0; i < 512; i++) flipped += (size_t)__builtin_popcount(image[65536 + i]);
        expect(flipped == 1 && strstr(reports, "has flipped"), "one bit flips, and is told");
        if (round) expect(strcmp(one, reports) == 0, "the same one");
        snprintf(one, sizeof one, "%.199s", reports);
    }
    static const char *const bad[] = {"", "cut", "cut:0", "cut:x", "cut:1:torm", "cut:1:torn:", "cut:1:torn:5x", "wear:1", "wear:1:",
                                      "flip:", "flip:-1", "flip:99999999999", "cut:1:torn:1:"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) expect(flash_fault_add(bad[i]) != NULL, bad[i]);
}

static void test_storage(void) {
    fresh(false);
    uint8_t block[512], back[1024];
    memset(block, 0x5a, sizeof block);
    expect(storage_size() == 114688, "the window");
    expect(storage_write(512, block, 512) == FLASH_DONE && storage_dirty() && image[16384 + 512] == 0xff, "kept back at first");
    expect(storage_read(256, back, 1024) == FLASH_DONE && back[0] == 0xff && back[256] == 0x5a && back[768] == 0xff, "but seen by reads");
    expect(storage_sync() == FLASH_DONE && !storage_dirty() && image[16384 + 512] == 0x5a && flash_erases(1) == 0, "no erase was needed");
    uint64_t programs = flash_figures().programs;
    expect(programs == 128, "only what differs is programmed");
    block[0] = 0x50; // clears bits only
    storage_write(512, block, 1);
    storage_sync();
    expect(flash_erases(1) == 0 && flash_figures().programs == programs + 1, "clearing bits needs no erase");
    block[0] = 0xff;
    storage_write(512, block, 1);
    storage_write(16384, block, 512); // another erase block: the first goes back
    expect(flash_erases(1) == 1 && image[16384 + 512] == 0xff && image[16384 + 513] == 0x5a && storage_dirty(), "setting one does");
    while (storage_dirty() && clock_now() < 20 * NS_PER_S) clock_wait(clock_now() + NS_PER_S);
    expect(!storage_dirty() && image[32768] == 0xff && image[32769] == 0x5a, "it goes back by itself after a while");
    expect(storage_write(16384 - 256, block, 512) == FLASH_DONE && storage_read(114688 - 1, back, 2) == FLASH_OUTSIDE, "ends");
    expect(flash_figures().over_programmed == 0 && reports[0] == 0, "by the rules");
}

static void test_power(void) {
    fresh(false);
    flash_host_set(NULL);
    flash_program(0, "kept", 4);
    emu_stop();
    emu_start();
    expect(memcmp(flash_memory(), "kept", 4) == 0 && flash_figures().programs == 0, "contents outlive the power");
    emu_stop();
    flash_contents_forget();
    emu_start();
    expect(flash_memory()[0] == 0xff, "unless they are forgotten");
    emu_stop();
    flash_contents_forget();
}

int main(void) {
    emu_open(&host);
    test_rules();
    test_cuts();
    test_wear_and_flips();
    test_storage();
    test_power();
    fresh(false);
    emu_stop();
    return failures ? 1 : 0;
}
