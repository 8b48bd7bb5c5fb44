// SPDX-License-Identifier: MIT
// MMA7660.
//
// Invariants
//  - pose[] is what the world does; reg[] what the part measured last (it measures at each read in active mode).
// Known differences: no noise, no sample rate, no interrupt pin; tap and shake are only seen when they are set from outside.
#include "emu/parts/accel.h"

#include "emu/chip/gpio.h"
#include "emu/chip/i2c.h"

#include <string.h>

static int pose[3];
static uint8_t reg[ACCEL_REGISTERS];
static uint8_t gesture;

static struct {
    struct i2c_device device;
    struct gpio *supply;
    bool attached, pointer_due;
    uint8_t pointer; // register that the next byte is of
} wire;

void accel_reset(void) {
    if (wire.attached) i2c_detach(&wire.device);
    memset(&wire, 0, sizeof wire);
    memset(reg, 0, sizeof reg);
    accel_set(0, 0, ACCEL_ONE_G);
    gesture = 0;
}

static int clip(int v) { return v < -32 ? -32 : v > 31 ? 31 : v; }

void accel_set(int x, int y, int z) {
    pose[0] = clip(x);
    pose[1] = clip(y);
    pose[2] = clip(z);
}

void accel_shake(bool shake, bool tap) { gesture = (uint8_t)(shake << 7 | tap << 5); }
int accel_axis(int axis) { return pose[axis]; }

static uint8_t tilt(void) {
    enum { SURE = 8, FRONT = 1, BACK = 2, LEFT = 1 << 2, RIGHT = 2 << 2, DOWN = 5 << 2, UP = 6 << 2 };
    uint8_t t = pose[2] > SURE ? FRONT : pose[2] < -SURE ? BACK : 0;
    int ax = pose[0] < 0 ? -pose[0] : pose[0], ay = pose[1] < 0 ? -pose[1] : pose[1];
    if (ax > SURE && ax >= ay) t |= pose[0] > 0 ? RIGHT : LEFT;
    else if (ay > SURE) t |= pose[1] > 0 ? UP : DOWN;
    return t;
}

static void measure(void) {
    for (int i = 0; i < 3; i++) reg[i] = (uint8_t)(pose[i] & 63);
    reg[ACCEL_TILT] = tilt() | gesture;
    gesture = 0;
}

uint8_t accel_read(uint8_t r) {
    if (reg[ACCEL_MODE] & 1 && r <= ACCEL_TILT) measure();
    return r < ACCEL_REGISTERS ? reg[r] : 0;
}

void accel_write(uint8_t r, uint8_t value) {
    if (r > ACCEL_TILT + 1 && r < ACCEL_REGISTERS) reg[r] = value;
}

// ---- on the bus ------------------------------------------------------------------------------------------------------------------
static enum i2c_answer addressed(void *unused, uint8_t address, bool reads) {
    (void)unused;
    if (address != ACCEL_ADDRESS || (wire.supply && !net_level(wire.supply->net))) return I2C_NACK;
    wire.pointer_due = !reads;
    return I2C_ACK;
}

static enum i2c_answer written(void *unused, uint8_t byte) { // the first byte says which register
    (void)unused;
    if (wire.pointer_due) wire.pointer = byte;
    else accel_write(wire.pointer++, byte);
    wire.pointer_due = false;
    return I2C_ACK;
}

static enum i2c_answer asked(void *unused, uint8_t *byte) {
    (void)unused;
    *byte = accel_read(wire.pointer++);
    return I2C_ACK;
}

void accel_attach(struct gpio *scl, struct gpio *sda, struct gpio *supply) {
    wire.device = (struct i2c_device){.name = "MMA7660", .address = addressed, .write = written, .read = asked};
    wire.supply = supply;
    wire.attached = true;
    i2c_attach(&wire.device, scl->net, sda->net);
}
