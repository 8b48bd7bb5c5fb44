// SPDX-License-Identifier: MIT
// The accelerometer of the pyboard, an MMA7660: registers, and a device on the I2C bus.
#ifndef EMU_PARTS_ACCEL_H
#define EMU_PARTS_ACCEL_H

#include <stdbool.h>
#include <stdint.h>

enum { ACCEL_ADDRESS = 0x4c, ACCEL_REGISTERS = 11, ACCEL_ONE_G = 21, ACCEL_TILT = 3, ACCEL_MODE = 7 };

struct gpio;
void accel_reset(void);                     // lying flat, standby, on no bus
// On the bus of these pins; answers while `supply` is high (NULL: always). accel_reset() takes it off.
void accel_attach(struct gpio *scl, struct gpio *sda, struct gpio *supply);
void accel_set(int x, int y, int z);        // -32 … 31 each, 21.33 for one g; cut to the range
void accel_shake(bool shake, bool tap);     // seen once in the tilt register
int accel_axis(int axis);                   // 0 x, 1 y, 2 z: as set, whatever the mode
uint8_t accel_read(uint8_t reg);            // measures only in active mode (MODE bit 0): else what was measured last
void accel_write(uint8_t reg, uint8_t value);

#endif
