// SPDX-License-Identifier: MIT
// I2C target units.
//
// Invariants
//  - An event that is not in `trigger` is not remembered. Those that software must answer hold the clock until they were taken.
//  - `received` holds what the controller wrote and software did not fetch yet; full, it holds the clock.
//  - `sending` holds bytes for the controller; empty, it asks for one (once) and holds the clock. As in the chip, the next is asked for
//    as soon as one has left, so one more is asked for than is read; what was not sent is dropped at the end of the transfer.
//  - Memory: the unit fetches one byte ahead, so the next read without a new place goes on one further. A write
//    that chose a place and brought no data ends without I2C_END_WRITE.
#include "emu/chip/i2c_target.h"

#include <string.h>

static void happened(struct i2c_target *t, unsigned event) {
    event &= t->trigger;
    if (!event) return;
    t->pending |= event;
    t->notify(t->data);
}

static bool holds(const struct i2c_target *t) {
    return t->pending & (I2C_MATCH_READ | I2C_MATCH_WRITE | I2C_WANTS_BYTE | I2C_HAS_BYTE);
}

static void begin(struct i2c_target *t, bool read) {
    t->reading = read;
    t->writing = !read;
    t->wants = false;
    t->n_sending = 0;
    if (!read) {
        t->n_written = 0;
        if (t->memory && t->address_bytes) t->cursor = 0;
    }
    if (t->memory && !read) t->memory_place = 0;
    happened(t, read ? I2C_MATCH_READ : I2C_MATCH_WRITE);
}

static enum i2c_answer target_address(void *data, uint8_t address, bool read) {
    struct i2c_target *t = data;
    bool mine;
    if (t->ten_bits) {
        mine = address == (0x78 | t->address >> 8);
        if (read) mine = mine && t->was_mine;
        else if (mine) t->low_address_due = true;
        if (!mine) t->was_mine = false;
        if (mine && !read) return I2C_ACK;
    } else {
        mine = address == t->address || (t->general_call && address == 0 && !read);
    }
    if (!mine) return I2C_NACK;
    begin(t, read);
    return I2C_ACK;
}

static uint32_t place_in_memory(struct i2c_target *t) {
    size_t size = t->memory->size(t->memory->data);
    return size ? (uint32_t)(t->cursor % size) : UINT32_MAX;
}

static void memory_write(struct i2c_target *t, uint8_t byte) {
    if (t->n_written++ < t->address_bytes) {
        t->cursor = t->cursor << 8 | byte;
        t->memory_place = t->cursor;
        return;
    }
    uint32_t at = place_in_memory(t);
    if (at == UINT32_MAX) return;
    t->memory->store(t->memory->data, at, byte);
    t->cursor = at + 1;
}

static enum i2c_answer target_write(void *data, uint8_t byte) {
    struct i2c_target *t = data;
    if (t->low_address_due) {
        t->low_address_due = false;
        t->was_mine = byte == (t->address & 0xff);
        if (!t->was_mine) return I2C_NACK;
        begin(t, false);
        return I2C_ACK;
    }
    if (!t->writing) return I2C_NACK;
    if (holds(t)) return I2C_STRETCH;
    if (t->memory) {
        memory_write(t, byte);
        return I2C_ACK;
    }
    if (t->n_received == t->depth) return I2C_STRETCH;
    t->received[t->n_received++] = byte;
    t->n_written++;
    happened(t, I2C_HAS_BYTE);
    return I2C_ACK;
}

static void want(struct i2c_target *t) {
    if (t->wants) return;
    t->wants = true;
    happened(t, I2C_WANTS_BYTE);
}

static enum i2c_answer target_read(void *data, uint8_t *byte) {
    struct i2c_target *t = data;
    if (holds(t)) return I2C_STRETCH;
    if (t->memory) {
        uint32_t at = place_in_memory(t);
        *byte = at == UINT32_MAX ? 0xff : t->memory->load(t->memory->data, at);
        if (at != UINT32_MAX) t->cursor = at + 1;
        t->wants = true;
        return I2C_ACK;
    }
    if (t->n_sending == 0) {
        want(t);
        return I2C_STRETCH;
    }
    *byte = t->sending[0];
    memmove(t->sending, t->sending + 1, --t->n_sending);
    if (t->n_sending == 0) want(t);
    return I2C_ACK;
}

static void target_end(void *data, bool stopped) {
    struct i2c_target *t = data;
    bool was_writing = t->writing, was_reading = t->reading;
    t->writing = t->reading = t->low_address_due = false;
    t->n_sending = 0;
    if (was_reading && t->memory && t->wants) t->cursor++; // the byte that was fetched ahead
    if (stopped) t->was_mine = false;
    t->pending &= ~(unsigned)I2C_WANTS_BYTE;
    if (was_reading) happened(t, I2C_END_READ);
    if (!was_writing) return;
    if (t->memory && t->address_bytes && t->n_written == t->address_bytes) return;
    happened(t, I2C_END_WRITE);
}

void i2c_target_start(struct i2c_target *t, struct net *scl, struct net *sda) {
    i2c_detach(&t->device);
    t->device = (struct i2c_device){.name = "I2C target", .address = target_address, .write = target_write, .read = target_read,
                                    .end = target_end, .data = t};
    t->n_received = t->n_sending = 0;
    t->cursor = t->n_written = t->memory_place = 0;
    t->writing = t->reading = t->wants = t->low_address_due = t->was_mine = false;
    t->pending = 0;
    i2c_attach(&t->device, scl, sda);
}

void i2c_target_stop(struct i2c_target *t) {
    i2c_detach(&t->device);
    t->writing = t->reading = false;
    t->pending = 0;
}

unsigned i2c_target_take(struct i2c_target *t) {
    unsigned events = t->pending;
    t->pending = 0;
    return events;
}

size_t i2c_target_receive(struct i2c_target *t, uint8_t *out, size_t room) {
    size_t n = room < t->n_received ? room : t->n_received;
    memcpy(out, t->received, n);
    t->n_received = (uint8_t)(t->n_received - n);
    memmove(t->received, t->received + n, t->n_received);
    return n;
}

size_t i2c_target_send(struct i2c_target *t, const uint8_t *bytes, size_t n) {
    size_t room = (size_t)t->depth - t->n_sending;
    if (n > room) n = room;
    memcpy(t->sending + t->n_sending, bytes, n);
    t->n_sending = (uint8_t)(t->n_sending + n);
    t->wants = false;
    return n;
}
