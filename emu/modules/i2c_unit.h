// SPDX-License-Identifier: MIT
// An I2C unit of the chip as the classes machine.I2C, machine.I2CTarget and pyb.I2C share it, and transfers with Python's errors.
#ifndef EMU_MODULES_I2C_UNIT_H
#define EMU_MODULES_I2C_UNIT_H

#include "emu/chip/i2c_target.h"
#include "emu/modules/bus.h"

struct i2c_unit {
    const struct board_bus *bus;      // NULL: software
    struct i2c_controller controller;
    uint32_t freq, timeout_us;        // as asked for
    bool nested_known;                // owned by i2c_unit.c: who is using it
    int level;
    uint32_t lock;
    struct i2c_unit *next;
};
struct i2c_unit *i2c_unit_of(const struct board_bus *bus); // made when new, without pins
// Connects the pins (NULL: those of the bus) and sets the speed. ValueError
void i2c_unit_setup(struct i2c_unit *u, struct gpio *scl, struct gpio *sda, uint32_t freq, uint32_t timeout_us);
void i2c_unit_release(struct i2c_unit *u);
uint32_t i2c_unit_speed(uint32_t freq); // that the unit really has

// A transfer in pieces, with errors as OSError numbers (0: none). The bus is free again after an error.
struct i2c_piece {
    uint8_t *data;
    size_t len;
};
enum { I2C_STOP = 1, I2C_READING = 2 };
// Address, then all pieces one after the other. Returns the number of acknowledged bytes (reading: of bytes), or -errno: ENODEV nobody
// answered, ETIMEDOUT, EBUSY used in a handler while the program uses it. A refused byte ends a write early.
ptrdiff_t i2c_transfer(struct i2c_unit *u, unsigned address, size_t n, const struct i2c_piece *pieces, unsigned flags);
int i2c_error(enum i2c_result r); // errno
void i2c_enter(struct i2c_unit *u); // raises EBUSY

extern const struct type type_machine_i2c, type_machine_softi2c, type_machine_i2ctarget, type_pyb_i2c;

#endif
