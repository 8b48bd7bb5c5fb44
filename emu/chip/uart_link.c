// SPDX-License-Identifier: MIT
// A UART whose wires lead out of the emulated computer: to a terminal, a socket, a file.
//
// Invariants
//  - The other end is a peer with the unit's format. What it sends goes over the wire at the unit's speed, so a file arrives as fast as the
//    line allows, and a unit that does not read in time loses characters as it would from any other sender (unless RTS stops the peer).
//  - read() is asked when the peer has sent everything it had, and then every poll_ns. Bytes fed by hand go first.
#include "emu/chip/uart.h"
#include "emu/core/host.h"

#include <string.h>

enum { LINK_QUEUE = 64 };

struct linked {
    struct uart peer;
    struct uart *unit;
    const struct uart_link *link; // NULL: fed by hand only
    uint8_t *fed;                 // what waits to be sent
    size_t n_fed, fed_room;
    struct event poll;
    struct linked *next;
};
static struct linked *all;

static void links_stop(void) {
    while (all) {
        struct linked *l = all;
        all = l->next;
        uart_stop(&l->peer);
        event_cancel(&l->poll);
        pad_detach(&l->peer.tx_pad);
        emu_free(l->peer.out.chars);
        emu_free(l->peer.in.chars);
        emu_free(l->fed);
        emu_free(l);
    }
}
static struct emu_unit unit = {links_stop, NULL, false};

static size_t fed_take(struct linked *l, uint8_t *out, size_t room) {
    size_t n = room < l->n_fed ? room : l->n_fed;
    if (n) memcpy(out, l->fed, n);
    l->n_fed -= n;
    if (n) memmove(l->fed, l->fed + n, l->n_fed);
    return n;
}

// Fetches more from outside, and asks again later when there was nothing.
static void link_fetch(void *data) {
    struct linked *l = data;
    uint8_t bytes[LINK_QUEUE];
    if (!l->peer.on) return;
    size_t room = uart_put_room(&l->peer), n = fed_take(l, bytes, room);
    if (n == 0 && room && l->link) n = l->link->read(l->link->data, bytes, room);
    for (size_t i = 0; i < n; i++) uart_put(&l->peer, bytes[i]);
    if (n == 0 && l->link && l->link->poll_ns) event_arm(&l->poll, clock_now() + l->link->poll_ns);
}

static void link_drained(void *data) {
    struct linked *l = data;
    event_arm(&l->poll, clock_now()); // not from within the sender
}

static void link_heard(void *data) {
    struct linked *l = data;
    uint16_t c;
    uart_take(&l->peer);
    while (uart_get(&l->peer, &c)) {
        uint8_t byte = (uint8_t)c;
        if (l->link) l->link->write(l->link->data, &byte, 1);
    }
}

static struct linked *link_of(const struct uart *u) {
    for (struct linked *l = all; l; l = l->next)
        if (l->unit == u) return l;
    return NULL;
}

static struct linked *link_make(struct uart *u) {
    struct linked *l = link_of(u);
    if (l) return l;
    emu_unit_add(&unit);
    l = emu_new(sizeof *l);
    l->unit = u;
    l->poll = (struct event){.fire = link_fetch, .data = l};
    l->next = all;
    all = l;
    return l;
}

void uart_link_set(struct uart *u, const struct uart_link *link) {
    link_make(u)->link = link;
    if (u->on) uart_links_follow(u);
}

void uart_feed(struct uart *u, const uint8_t *bytes, size_t n) {
    struct linked *l = link_make(u);
    if (l->n_fed + n > l->fed_room) l->fed = emu_host->resize(l->fed, l->fed_room = (l->n_fed + n) * 2);
    memcpy(l->fed + l->n_fed, bytes, n);
    l->n_fed += n;
    if (!l->peer.on && u->on) uart_links_follow(u);
    else if (l->peer.on && !event_armed(&l->poll)) link_fetch(l);
    else if (l->peer.on) event_arm(&l->poll, clock_now());
}

void uart_links_follow(struct uart *u) {
    struct linked *l = link_of(u);
    if (!l) return;
    uart_stop(&l->peer);
    pad_detach(&l->peer.tx_pad);
    uart_peer_init(&l->peer, u->rx ? u->rx->net : NULL, u->tx ? u->tx->net : NULL, u->flow_rts && u->rts ? u->rts->net : NULL);
    struct uart_format f = u->format;
    f.invert_tx = u->format.invert_rx;
    f.invert_rx = u->format.invert_tx;
    l->peer.trigger = UART_RX;
    l->peer.notify = link_heard;
    l->peer.drained = link_drained;
    l->peer.data = l;
    uart_start(&l->peer, &f, LINK_QUEUE, LINK_QUEUE);
    l->peer.trigger = UART_RX;
    link_fetch(l);
}
