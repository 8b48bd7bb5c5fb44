// SPDX-License-Identifier: MIT
// I2S, frame by frame, without an event for each.
//
// Invariants
//  - SCK and WS are waves from the start to the end. How many frames have passed follows from the time; the ring is brought up to date
//    whenever somebody asks (settle()).
//  - Only while somebody hears the edges of SD, each frame has an event, and a pattern with its bits. A frame is two slots of 32 bits
//    (mono: twice the same sample).
//  - Receiving takes the level of SD at the end of each frame for all of its bits.
//
// Known differences: data is not delayed by one clock as the Philips format has it; SD is looked at once for each frame.
#include "emu/chip/i2s.h"
#include "emu/core/host.h"

#include <string.h>

static struct i2s *units;

static void units_stop(void) {
    while (units) {
        struct i2s *i = units;
        units = i->next;
        event_cancel(&i->frame);
        emu_free(i->ring);
        emu_free(i);
    }
}
static struct emu_unit unit = {units_stop, NULL, false};

struct i2s *i2s_unit(int number) {
    emu_unit_add(&unit);
    for (struct i2s *i = units; i; i = i->next)
        if (i->number == number) return i;
    struct i2s *i = emu_new(sizeof *i);
    i->number = number;
    i->next = units;
    units = i;
    return i;
}

static uint64_t frames_at(const struct i2s *i, uint64_t at) {
    uint64_t span = at - i->start;
    return span / NS_PER_S * i->rate + span % NS_PER_S * i->rate / NS_PER_S;
}

static uint64_t frame_time(const struct i2s *i, uint64_t frame) {
    return i->start + frame / i->rate * NS_PER_S + (frame % i->rate * NS_PER_S + i->rate - 1) / i->rate;
}

static void ring_put(struct i2s *i, uint8_t byte) { i->ring[(i->first + i->n++) % i->room] = byte; }

static uint8_t ring_get(struct i2s *i) {
    uint8_t byte = i->ring[i->first];
    i->first = (i->first + 1) % i->room;
    i->n--;
    return byte;
}

// One frame passes. out: the bytes that were sent, zeros when there are none.
static void frame_pass(struct i2s *i, uint8_t out[8]) {
    size_t bytes = i2s_frame_bytes(i);
    memset(out, 0, 8);
    if (i->sends) {
        if (i->n < bytes) i->lost++;
        else for (size_t k = 0; k < bytes; k++) out[k] = ring_get(i);
    } else if (i->room - i->n < bytes) {
        i->lost++;
    } else {
        uint8_t byte = net_level(i->sd->net) ? 0xff : 0;
        for (size_t k = 0; k < bytes; k++) ring_put(i, byte);
    }
    i->frames++;
}

static void settle(struct i2s *i) {
    if (!i->on) return;
    uint64_t now = frames_at(i, clock_now());
    uint64_t most = i->room / i2s_frame_bytes(i) + 1; // more than that change nothing but the count
    if (now > i->frames + most) {
        uint64_t skip = now - i->frames - most;
        uint8_t out[8];
        for (uint64_t k = 0; k < most; k++) frame_pass(i, out);
        i->frames += skip;
        i->lost += skip;
    }
    uint8_t out[8];
    while (i->frames < now) frame_pass(i, out);
}

// ---- edges for those who listen ------------------------------------------------------------------------------------------------
static void frame_show(struct i2s *i, const uint8_t out[8]) {
    size_t sample = i->bits / 8;
    struct wave w = {.start = clock_now(), .period = NS_PER_S / i->rate, .slots = 64, .inverted = net_level(i->sd->net)};
    for (unsigned side = 0; side < 2; side++) {
        const uint8_t *from = out + (i->stereo && side ? sample : 0);
        for (unsigned bit = 0; bit < i->bits; bit++)
            wave_slot_set(&w, side * 32 + bit, from[sample - 1 - bit / 8] >> (7 - bit % 8) & 1);
    }
    gpio_signal_wave(i->sd, &w);
}

static void frame_event(void *data) {
    struct i2s *i = data;
    uint8_t out[8];
    if (!net_watched(i->sd->net)) {
        event_arm(&i->frame, clock_now() + NS_PER_S / 20); // looks again
        settle(i);
        return;
    }
    settle(i);
    frame_pass(i, out);
    frame_show(i, out);
    event_arm(&i->frame, frame_time(i, i->frames));
}

// ---- on and off --------------------------------------------------------------------------------------------------------------
void i2s_start(struct i2s *i, size_t ring_bytes) {
    size_t frame = i2s_frame_bytes(i);
    emu_free(i->ring);
    i->room = (ring_bytes + frame - 1) / frame * frame;
    i->ring = emu_new(i->room);
    i->first = i->n = 0;
    i->frames = i->lost = 0;
    i->start = clock_now();
    i->on = true;
    uint64_t period = NS_PER_S / i->rate;
    struct wave ws = {.start = i->start, .period = period, .high = period / 2, .inverted = true};
    uint64_t bit = period / 64 ? period / 64 : 1;
    struct wave sck = {.start = i->start, .period = bit, .high = bit / 2 ? bit / 2 : 1, .inverted = true};
    gpio_signal_wave(i->ws, &ws);
    gpio_signal_wave(i->sck, &sck);
    i->frame = (struct event){.fire = frame_event, .data = i};
    if (i->sends && net_watched(i->sd->net)) event_arm(&i->frame, i->start);
}

void i2s_stop(struct i2s *i) {
    event_cancel(&i->frame);
    i->on = false;
}

// ---- data ------------------------------------------------------------------------------------------------------------------
size_t i2s_ready(struct i2s *i) {
    settle(i);
    return i->sends ? i->room - i->n : i->n;
}

size_t i2s_write(struct i2s *i, const uint8_t *bytes, size_t n) {
    size_t room = i2s_ready(i);
    if (n > room) n = room;
    for (size_t k = 0; k < n; k++) ring_put(i, bytes[k]);
    return n;
}

size_t i2s_read(struct i2s *i, uint8_t *bytes, size_t n) {
    size_t there = i2s_ready(i);
    if (n > there) n = there;
    for (size_t k = 0; k < n; k++) bytes[k] = ring_get(i);
    return n;
}

uint64_t i2s_ready_at(struct i2s *i, size_t n) {
    size_t ready = i2s_ready(i), frame = i2s_frame_bytes(i);
    if (n > i->room) n = i->room;
    if (ready >= n) return clock_now();
    return frame_time(i, i->frames + (n - ready + frame - 1) / frame);
}
