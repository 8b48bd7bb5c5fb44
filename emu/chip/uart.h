// SPDX-License-Identifier: MIT
// UARTs: units of the chip behind pins, and peers (a terminal, a file) at the other end of their wires. Both are a struct uart.
#ifndef EMU_CHIP_UART_H
#define EMU_CHIP_UART_H

#include "emu/chip/gpio.h"
#include <stddef.h>
#include "emu/core/clock.h"

enum uart_parity { UART_EVEN, UART_ODD, UART_NO_PARITY };
struct uart_format {
    uint32_t baud;       // > 0
    uint8_t bits;        // of data, 5..9, the parity bit not counted
    uint8_t parity, stop; // enum uart_parity; 1 or 2
    bool invert_tx, invert_rx;
};
enum uart_event { UART_RX = 1, UART_RX_IDLE = 2, UART_TX_IDLE = 4, UART_BREAK = 8 };
enum { UART_BREAK_BITS = 13 };

struct uart_queue {
    uint16_t *chars;
    size_t room, first, n;
};
struct uart {
    int number;              // of the chip's documentation; -1: a peer
    bool on;
    struct uart_format format;
    bool flow_rts, flow_cts;
    bool break_is_char;      // a break is also received as a 0
    struct gpio *tx, *rx, *rts, *cts; // NULL: not connected. A peer has the pads below instead
    unsigned trigger, pending;        // enum uart_event: those that `notify` is called for
    void (*notify)(void *data);
    void (*drained)(void *data);      // the queue to send is empty (peers fetch more); may be NULL
    void *data;
    uint64_t sent, received, framing_errors, parity_errors, overruns, breaks;
    // owned by uart.c
    struct pad tx_pad, rts_pad;
    struct net *tx_net, *rx_net, *cts_net;
    struct uart_queue out, in;
    bool sending, break_due, message; // message: characters were sent since it was idle
    bool held;               // a character waits in the data register because `in` is full
    uint16_t held_char;
    uint64_t free_at;                 // nominal end of what is being sent
    struct event sent_event, sample_event, idle_event;
    struct listener hears, hears_cts;
    bool receiving, whole;            // a frame is coming in; whole: from a pattern, known already
    uint64_t frame_start;
    unsigned slot;
    uint32_t levels;                  // of the slots so far, slot 0 is the start bit
    struct uart *next;
};

struct uart *uart_unit(int number); // made when new, without pins
// Peers: drives `tx`, hears `rx` (which are the other's rx and tx)
void uart_peer_init(struct uart *u, struct net *tx, struct net *rx, struct net *cts);
void uart_start(struct uart *u, const struct uart_format *format, size_t out_room, size_t in_room);
void uart_stop(struct uart *u);
bool uart_put(struct uart *u, uint16_t c); // false: no room
static inline size_t uart_put_room(const struct uart *u) { return u->out.room - u->out.n; }
bool uart_get(struct uart *u, uint16_t *c); // false: nothing there
size_t uart_available(const struct uart *u); // what the buffer holds; without a buffer 1 when a character is there
bool uart_readable(const struct uart *u);
static inline bool uart_done(const struct uart *u) { return !u->sending && u->out.n == 0 && !u->break_due; }
void uart_break(struct uart *u);           // after what is being sent
uint64_t uart_char_ns(const struct uart *u);
unsigned uart_take(struct uart *u);        // the pending events, no longer pending

// A unit talks to the world outside: bytes from read() come in, what it sends goes to write(). One for each unit.
struct uart_link {
    size_t (*read)(void *data, uint8_t *out, size_t room); // does not wait; 0: nothing now
    void (*write)(void *data, const uint8_t *bytes, size_t n);
    void *data;
    uint64_t poll_ns; // how often to ask read() again after it gave nothing; 0: never
};
void uart_link_set(struct uart *u, const struct uart_link *link); // after its pins are known; `link` stays
void uart_feed(struct uart *u, const uint8_t *bytes, size_t n); // these bytes come in, as soon as the line is free (and the unit on)
void uart_links_follow(struct uart *u); // after uart_start(): the other end speaks the same

#endif
