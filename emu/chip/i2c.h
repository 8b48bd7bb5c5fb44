// SPDX-License-Identifier: MIT
// I2C: controllers, and whatever answers to an address. A bus is a pair of nets, SCL and SDA; who is attached to the same two nets is on
// the same bus.
//
// A controller works byte by byte: its functions return when the bus has had the time. Devices are asked at the end of the eighth clock and
// may hold SCL low (I2C_STRETCH) as long as they like; the lines show every edge to whoever listens.
#ifndef EMU_CHIP_I2C_H
#define EMU_CHIP_I2C_H

#include "emu/chip/gpio.h"
#include <stddef.h>

enum i2c_answer { I2C_ACK, I2C_NACK, I2C_STRETCH }; // STRETCH: SCL is held, ask again

// A part or a target unit on a bus. Functions that are NULL: read gives 0xff, write is refused, the rest does nothing.
struct i2c_device {
    const char *name;
    // The first byte after a START. ACK: it is mine (several may). 10-bit addresses: 0x78 | top bits; the rest is the first byte written
    enum i2c_answer (*address)(void *data, uint8_t address, bool read);
    enum i2c_answer (*write)(void *data, uint8_t byte); // NACK: not taken
    enum i2c_answer (*read)(void *data, uint8_t *byte); // ACK: *byte is the next one; NACK: nothing to send, the controller sees 0xff
    void (*acked)(void *data, bool more);               // the controller's answer to the byte read
    void (*end)(void *data, bool stopped);              // of the transfer: a STOP, or (false) a repeated START
    void *data;
    // owned by i2c.c
    struct net *scl, *sda;
    bool selected;
    struct i2c_device *next;
};
// Attached again: moved. The lines need resistors to high: those of the pins, or a pad of the part.
void i2c_attach(struct i2c_device *device, struct net *scl, struct net *sda);
void i2c_detach(struct i2c_device *device);

enum i2c_result {
    I2C_DONE,
    I2C_REFUSED, // no acknowledge
    I2C_TIMEOUT, // SCL stayed low for longer than stretch_ns
    I2C_BUSY     // SDA is held low by somebody else: no START is possible
};
struct i2c_controller {
    struct gpio *scl, *sda;          // ALT_OPEN_DRAIN, or (software) OPEN_DRAIN
    uint64_t bit_ns, stretch_ns;     // one clock; longest stretching
    void (*wait)(uint64_t until);    // lets emulated time go on; interrupts may be taken in it
    bool active;                     // between START and STOP
    bool addressed;                  // a byte was sent since START
    uint64_t at;                     // owned by i2c.c: nominal time of the bus
    uint64_t starts, bytes, refusals; // for reports
};
enum i2c_result i2c_start(struct i2c_controller *c); // START, or repeated START
enum i2c_result i2c_stop(struct i2c_controller *c);
enum i2c_result i2c_write(struct i2c_controller *c, uint8_t byte);       // data
enum i2c_result i2c_address(struct i2c_controller *c, uint8_t address, bool read);
enum i2c_result i2c_read(struct i2c_controller *c, uint8_t *byte, bool more);
void i2c_release(struct i2c_controller *c); // after a failure: lets go of both lines

#endif
