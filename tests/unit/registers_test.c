// SPDX-License-Identifier: MIT
// Random stores and loads of registers, random levels on pins, time in between: nothing crashes, hangs or leaves a timer's counter
// outside of its range. tests/fuzz/build makes a libFuzzer target of this file (without main).
#include "emu/boards/board.h"
#include "emu/chip/chip.h"
#include "emu/chip/gpio.h"
#include "emu/chip/mmio.h"
#include "emu/chip/registers.h"
#include "emu/chip/tim.h"
#include "emu/core/clock.h"
#include "emu/core/host.h"
#include "emu/parts/part.h"

#include <stdio.h>
#include <stdlib.h>

enum { OP_BYTES = 7, LONGEST_US = 50, CASES = 400, CASE_BYTES = 700 };

static void *test_resize(void *p, size_t bytes) {
    if (bytes == 0) {
        free(p);
        return NULL;
    }
    return p ? realloc(p, bytes) : calloc(1, bytes);
}
static void test_report(enum emu_severity severity, const char *text) { (void)severity, (void)text; }
static void test_attention(void) {}
static uint64_t test_now(void) { return 0; }
static void test_at(uint64_t at) { (void)at; }
static const struct emu_host host = {test_resize, test_report, test_attention, test_now, test_at, test_at, test_now, test_at};

static struct board *board_get(void) {
    static struct board *board;
    if (board) return board;
    size_t len;
    char error[200];
    const char *text = board_builtin_text("pybv11", &len);
    return board = board_parse(text, len, error, sizeof error);
}

static uint32_t address_of(uint8_t unit, uint8_t offset) {
    static unsigned units;
    if (!units)
        while (register_units[units].name) units++;
    const struct register_unit *u = &register_units[unit % units];
    return u->base + (uint32_t)offset % (u->bytes < 0x60 ? u->bytes : 0x60);
}

static void op_run(const uint8_t *op, struct pad *hand) {
    uint32_t word = op[3] | (uint32_t)op[4] << 8 | (uint32_t)op[5] << 16 | (uint32_t)op[6] << 24, address = address_of(op[1], op[2]);
    uint64_t value = word;
    struct gpio *g = gpio_first();
    switch (op[0] % 8) {
    case 0:
    case 1:
    case 2: mmio_access(address & ~3u, 4, &value, true); break;
    case 3: mmio_access(address & ~1u, 2, &value, true); break;
    case 4: mmio_access(address, 1, &value, true); break;
    case 5: mmio_access(address & ~3u, 4, &value, false); break;
    case 6: clock_advance(word % (LONGEST_US * NS_PER_US)); break;
    default:
        for (unsigned i = op[1] % 48; i > 0 && g->next; i--) g = g->next;
        pad_attach(hand, g->net);
        if (op[2] % 4 == 3) pad_drive_volts(hand, op[3] / 60.0);
        else pad_drive(hand, op[2] % 4 == 0 ? DRIVE_NONE : op[2] % 4 == 1 ? DRIVE_LOW : DRIVE_HIGH);
        break;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct pad hand = {.name = "hand"};
    emu_open(&host);
    board_current = board_get();
    emu_start();
    clock_mode_set(CLOCK_VIRTUAL);
    board_build(board_current);
    chip_power_on(RESET_POWER_ON);
    parts_build(board_current);
    uint64_t all = UINT32_MAX; // every clock is on, or little would happen
    mmio_access(0x40023830, 4, &all, true);
    mmio_access(0x40023834, 4, &all, true);
    mmio_access(0x40023840, 4, &all, true);
    mmio_access(0x40023844, 4, &all, true);
    for (size_t i = 0; i + OP_BYTES <= size; i += OP_BYTES) op_run(data + i, &hand);
    clock_advance(LONGEST_US * NS_PER_US);
    for (unsigned n = 1; n <= TIM_COUNT; n++) {
        struct tim *t = tim_get(n);
        if (!tim_is_wide(t) && tim_read(t, TIM_CNT) > 0xffff) abort();
        if (!tim_is_wide(t) && tim_read(t, TIM_ARR) > 0xffff) abort();
    }
    pad_detach(&hand);
    parts_reset();
    chip_power_off();
    gpio_reset_all();
    emu_stop();
    return 0;
}

int main(void) {
    static uint8_t data[CASE_BYTES];
    uint64_t state = 1;
    for (int i = 0; i < CASES; i++) {
        for (size_t k = 0; k < sizeof data; k++) {
            state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            data[k] = (uint8_t)(state >> 56);
        }
        LLVMFuzzerTestOneInput(data, sizeof data);
    }
    board_free(board_get());
    puts("0 failures");
    return 0;
}
