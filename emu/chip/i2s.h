// SPDX-License-Identifier: MIT
// I2S: samples out or in at a steady rate, through a ring of bytes that software fills or empties.
#ifndef EMU_CHIP_I2S_H
#define EMU_CHIP_I2S_H

#include "emu/chip/gpio.h"
#include "emu/core/clock.h"
#include <stddef.h>

struct i2s {
    int number;
    bool on, sends, stereo;
    uint8_t bits;            // of a sample: 16 or 32
    uint32_t rate;           // frames a second
    struct gpio *sck, *ws, *sd;
    uint64_t lost;           // frames without data to send, or without room
    // owned by i2s.c
    uint8_t *ring;           // samples as software sees them: little-endian, left before right
    size_t room, first, n;
    uint64_t start, frames;  // time of the first frame; frames that have passed
    struct event frame;
    struct i2s *next;
};
struct i2s *i2s_unit(int number); // made when new
void i2s_start(struct i2s *i, size_t ring_bytes); // fields above the line are set
void i2s_stop(struct i2s *i);
size_t i2s_write(struct i2s *i, const uint8_t *bytes, size_t n); // how many there was room for
size_t i2s_read(struct i2s *i, uint8_t *bytes, size_t n);        // how many there were
size_t i2s_ready(struct i2s *i);                                 // bytes that can be written, or read, now
uint64_t i2s_ready_at(struct i2s *i, size_t n);                  // when there will be that many (at most the ring's size)
static inline size_t i2s_frame_bytes(const struct i2s *i) { return (size_t)(i->bits / 8) * (i->stereo ? 2 : 1); }

#endif
