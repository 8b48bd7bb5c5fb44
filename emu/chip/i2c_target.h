// SPDX-License-Identifier: MIT
// The target side of an I2C unit: answers to its address with bytes from and to software, or as a memory.
#ifndef EMU_CHIP_I2C_TARGET_H
#define EMU_CHIP_I2C_TARGET_H

#include "emu/chip/i2c.h"

enum i2c_event {
    I2C_MATCH_READ = 1,
    I2C_MATCH_WRITE = 2,
    I2C_WANTS_BYTE = 4,  // the controller reads and nothing is there to send
    I2C_HAS_BYTE = 8,    // the controller has written
    I2C_END_READ = 16,
    I2C_END_WRITE = 32
};
enum { I2C_QUEUE = 16 };

// A memory that answers by itself: the first address_bytes of a write choose the place.
struct i2c_memory {
    uint8_t (*load)(void *data, uint32_t at);
    void (*store)(void *data, uint32_t at, uint8_t byte);
    size_t (*size)(void *data); // may change; 0: nothing there, bytes read are 0xff
    void *data;
};

struct i2c_target {
    uint16_t address;
    bool ten_bits, general_call;
    uint8_t depth;               // bytes it can hold in each direction, 1..I2C_QUEUE
    const struct i2c_memory *memory; // NULL: by software
    uint8_t address_bytes;       // memory: 0..4
    unsigned trigger;            // enum i2c_event: those that `notify` is called for. The first four hold SCL until they are taken
    unsigned pending;            // of trigger: happened and not taken by i2c_target_take()
    void (*notify)(void *data);
    void *data;
    uint32_t memory_place;       // memory: the place chosen last
    // owned by i2c_target.c
    struct i2c_device device;
    uint8_t received[I2C_QUEUE], sending[I2C_QUEUE];
    uint8_t n_received, n_sending;
    uint32_t cursor;             // memory: the next place
    uint32_t n_written;          // bytes of this write
    bool writing, reading, wants, low_address_due, was_mine;
};
void i2c_target_start(struct i2c_target *t, struct net *scl, struct net *sda); // fields above the line are set; the rest is cleared
void i2c_target_stop(struct i2c_target *t);
unsigned i2c_target_take(struct i2c_target *t); // the pending events, no longer pending
size_t i2c_target_receive(struct i2c_target *t, uint8_t *out, size_t room);
size_t i2c_target_send(struct i2c_target *t, const uint8_t *bytes, size_t n); // how many were taken
static inline bool i2c_target_busy(const struct i2c_target *t) { return t->writing || t->reading; }

#endif
