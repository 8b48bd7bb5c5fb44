// SPDX-License-Identifier: MIT
// CAN controllers (the STM32F4's two: three transmit mailboxes, two receive FIFOs of three, 28 filter banks that they share).
#ifndef EMU_CHIP_CAN_H
#define EMU_CHIP_CAN_H

#include "emu/chip/gpio.h"
#include "emu/core/clock.h"

enum can_mode { CAN_NORMAL, CAN_LOOPBACK, CAN_SILENT, CAN_SILENT_LOOPBACK };
enum can_state { CAN_STOPPED, CAN_ACTIVE, CAN_WARNING, CAN_PASSIVE, CAN_BUS_OFF };
enum { CAN_MAILBOXES = 3, CAN_FIFO_DEPTH = 3, CAN_FIFOS = 2, CAN_BANKS = 28 };

struct can_frame {
    uint32_t id;
    bool extended, remote;
    uint8_t len; // 0..8
    uint8_t data[8];
};
struct can_received {
    struct can_frame frame;
    uint8_t filter; // number of the filter that let it in, counted for its FIFO
    uint64_t order; // of all frames received by this controller
};
// What has happened to a FIFO, as pyb.CAN numbers it.
enum can_fifo_event { CAN_FIFO_PENDING, CAN_FIFO_FULL, CAN_FIFO_OVERRUN };

struct can_mailbox {
    struct can_frame frame;
    bool pending, cancelled;
};
struct can_fifo {
    struct can_received slots[CAN_FIFO_DEPTH];
    uint8_t n;
    bool overrun; // since it was asked last
};
struct can {
    int number;
    bool on;
    enum can_mode mode;
    bool auto_restart;
    uint32_t bit_rate;
    struct gpio *tx, *rx;  // NULL: no pins (loop-back needs none)
    void (*fifo_event)(void *data, int fifo, enum can_fifo_event what); // may be NULL, as the others
    void (*sent)(void *data, int mailbox, bool good);
    void (*state_changed)(void *data);                                  // to a more severe one
    void *data;
    // read only
    enum can_state state;
    uint32_t tec, rec, warnings, passives, bus_offs, overruns;
    struct can_mailbox mailbox[CAN_MAILBOXES];
    struct can_fifo fifo[CAN_FIFOS];
    // owned by can.c
    int sending;           // mailbox, -1: none
    bool acknowledged, spoiled;
    uint64_t orders;
    struct event done, wake;
    struct can *next;
};
struct can *can_unit(int number); // made when new
void can_start(struct can *c, uint32_t bit_rate); // mode and pins are set; counters, mailboxes and FIFOs are cleared
void can_stop(struct can *c);
void can_restart(struct can *c);                  // out of bus-off; what waits to be sent is dropped
int can_send(struct can *c, const struct can_frame *frame); // mailbox, -1: all are full
bool can_cancel(struct can *c, int mailbox); // false: nothing to cancel, or its last attempt succeeds
bool can_receive(struct can *c, int fifo, struct can_received *out);
unsigned can_pending(const struct can *c); // mailboxes in use

// Filters. Registers as in the chip: 32-bit ones hold id << 21 (standard) or id << 3 | 4 (extended), 2 for remote frames; halves of 16 bits
// hold id << 5, 16 for remote frames, 8 for extended ones.
struct can_bank {
    bool active, list, wide; // list: identifiers; else identifier and mask in turn. wide: 32 bits
    uint8_t fifo;
    uint32_t word[2];
};
void can_banks_split(unsigned first_of_can2);
unsigned can_bank_count(const struct can *c);
bool can_bank_set(struct can *c, unsigned bank, const struct can_bank *to); // false: no such bank
void can_banks_clear(struct can *c);

#endif
