// SPDX-License-Identifier: MIT
// pyb.Accel: the accelerometer on the board.
//
// Invariants
//  - The object is in program memory; `past` holds the last three samples of filtered_xyz().
// Known differences: it asks the part itself, not over the pins of I2C bus 1 (X9 and X10 stay free); a reading takes the time of the bus.
#include "emu/modules/pyb.h"
#include "emu/parts/accel.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/seq.h"
#include "objects/types.h"
#include "run/call.h"
#include "run/raise.h"

enum { SAMPLES = 4, TRANSFER_NS = 100000, POWER_UP_MS = 50 };

static const struct object the_accel = {&type_pyb_accel};
static int past[SAMPLES - 1][3];

static obj_t accel_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    (void)type, (void)args;
    args_check(n, kw, 0, 0, false);
    const struct board_pin *supply = board_pin_find(board_current, "MMA_AVDD");
    if (!supply) raise_message(&type_ValueError, "the board has no accelerometer");
    gpio_write(supply->gpio, true);
    gpio_setup(supply->gpio, GPIO_OUTPUT, GPIO_PULL_NONE, GPIO_AF_NONE);
    bridge_wait(POWER_UP_MS * (uint64_t)NS_PER_MS);
    accel_write(ACCEL_MODE, 1);
    memset(past, 0, sizeof past);
    return OBJ_PTR(&the_accel);
}

static void accel_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)self, (void)kind;
    print_text(p, "<Accel>");
}

static uint8_t transfer(unsigned reg) {
    clock_advance(TRANSFER_NS);
    return accel_read((uint8_t)reg);
}

static int axis(unsigned reg) { // six bits, signed
    int v = transfer(reg) & 63;
    return v < 32 ? v : v - 64;
}

static obj_t accel_x(obj_t self) { return (void)self, OBJ_INT(axis(0)); }
static obj_t accel_y(obj_t self) { return (void)self, OBJ_INT(axis(1)); }
static obj_t accel_z(obj_t self) { return (void)self, OBJ_INT(axis(2)); }
static obj_t accel_tilt(obj_t self) { return (void)self, OBJ_INT(transfer(ACCEL_TILT)); }

static obj_t accel_filtered_xyz(obj_t self) {
    (void)self;
    obj_t items[3];
    for (unsigned i = 0; i < 3; i++) {
        int now = axis(i), sum = now;
        for (int k = 0; k < SAMPLES - 1; k++) sum += past[k][i];
        items[i] = OBJ_INT(sum);
        for (int k = 0; k < SAMPLES - 2; k++) past[k][i] = past[k + 1][i];
        past[SAMPLES - 2][i] = now;
    }
    return tuple_new(3, items);
}

static obj_t pyb_accel_read(obj_t self, obj_t reg) { return (void)self, OBJ_INT(transfer((unsigned)obj_get_int_truncated(reg) & 255)); }

static obj_t pyb_accel_write(obj_t self, obj_t reg, obj_t value) {
    (void)self;
    uint8_t r = (uint8_t)obj_get_int_truncated(reg), v = (uint8_t)obj_get_int_truncated(value);
    clock_advance(TRANSFER_NS);
    accel_write(r, v);
    return OBJ_NONE;
}

BUILTIN_1(accel_x_fn, accel_x);
BUILTIN_1(accel_y_fn, accel_y);
BUILTIN_1(accel_z_fn, accel_z);
BUILTIN_1(accel_tilt_fn, accel_tilt);
BUILTIN_1(accel_filtered_xyz_fn, accel_filtered_xyz);
BUILTIN_2(accel_read_fn, pyb_accel_read);
BUILTIN_3(accel_write_fn, pyb_accel_write);
static const struct map_slot accel_members[] = {
    MEMBER(x, &accel_x_fn), MEMBER(y, &accel_y_fn), MEMBER(z, &accel_z_fn), MEMBER(tilt, &accel_tilt_fn),
    MEMBER(filtered_xyz, &accel_filtered_xyz_fn), MEMBER(read, &accel_read_fn), MEMBER(write, &accel_write_fn)};
static FIXED_DICT(accel_dict, accel_members);
static const struct type_ops accel_ops = {.print = accel_print, .construct = accel_construct};
const struct type type_pyb_accel = {.type = &type_type, .name = Q_Accel, .flags = TYPE_TRUE, .ops = &accel_ops, .members = &accel_dict};
