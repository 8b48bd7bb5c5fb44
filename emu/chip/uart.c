// SPDX-License-Identifier: MIT
// UARTs, character by character.
//
// Invariants
//  - What is sent is one pattern on the net for each character (start bit, data from the lowest bit, parity, stop bits) and one event at
//    its end; the line rests high between them.
//  - What is received: a pattern of the same speed is read as a whole at its start and delivered at its end; everything else is sampled in
//    the middle of each bit after a falling edge, whoever makes the edges.
//  - `in` full: one more character is held; the next is lost and counted. RTS (low: go on) is high while one is held.
//  - Events that are not in `trigger` are not remembered.
//
// Known differences
//  - The receiver takes one sample for each bit, not three of sixteen, and does not correct for drift within a frame.
//  - No idle frame is sent when a transmitter is switched on.
//  - Two drivers that meet on the line while a pattern is read as a whole do not garble it (the short is reported).
#include "emu/chip/uart.h"
#include "emu/core/host.h"

#include <string.h>

static struct uart *units;
static void silence(struct uart *u);

static void units_stop(void) {
    while (units) {
        struct uart *u = units;
        units = u->next;
        if (u->on) silence(u); // its nets outlive it
        emu_free(u->out.chars);
        emu_free(u->in.chars);
        emu_free(u);
    }
}
static struct emu_unit unit = {units_stop, NULL, false};

struct uart *uart_unit(int number) {
    emu_unit_add(&unit);
    for (struct uart *u = units; u; u = u->next)
        if (u->number == number) return u;
    struct uart *u = emu_new(sizeof *u);
    u->number = number;
    u->next = units;
    units = u;
    return u;
}

// ---- queues ----------------------------------------------------------------------------------------------------------------
static void queue_set(struct uart_queue *q, size_t room) {
    emu_free(q->chars);
    *q = (struct uart_queue){emu_new((room ? room : 1) * sizeof *q->chars), room, 0, 0};
}

static void queue_put(struct uart_queue *q, uint16_t c) { q->chars[(q->first + q->n++) % q->room] = c; }

static uint16_t queue_get(struct uart_queue *q) {
    uint16_t c = q->chars[q->first];
    q->first = (q->first + 1) % q->room;
    q->n--;
    return c;
}

// ---- the frame -------------------------------------------------------------------------------------------------------------
static unsigned frame_slots(const struct uart_format *f) { return 1u + f->bits + (f->parity != UART_NO_PARITY) + f->stop; }
static uint64_t slots_ns(const struct uart *u, unsigned slots) { return (NS_PER_S * slots + u->format.baud / 2) / u->format.baud; }
uint64_t uart_char_ns(const struct uart *u) { return slots_ns(u, frame_slots(&u->format)); }

static bool parity_bit(const struct uart_format *f, uint32_t value) { return (__builtin_popcount(value) & 1) != (f->parity == UART_ODD); }

static void happened(struct uart *u, unsigned event) {
    event &= u->trigger;
    if (!event) return;
    u->pending |= event;
    if (u->notify) u->notify(u->data);
}

unsigned uart_take(struct uart *u) {
    unsigned events = u->pending;
    u->pending = 0;
    return events;
}

// ---- sending ---------------------------------------------------------------------------------------------------------------
static void line_pattern(struct uart *u, const struct wave *w) {
    if (!u->tx) pad_drive_wave(&u->tx_pad, w);
    else if (u->tx->owner == u) gpio_signal_wave(u->tx, w);
}

static void line_rest(struct uart *u) {
    bool level = !u->format.invert_tx;
    if (!u->tx) {
        if (u->tx_pad.net) pad_drive(&u->tx_pad, level ? DRIVE_HIGH : DRIVE_LOW);
    } else if (u->tx->owner == u) {
        gpio_signal(u->tx, level);
    }
}

static struct net *tx_net(const struct uart *u) { return u->tx ? u->tx->net : u->tx_net; }

// `levels` has a bit for each slot. The next pattern follows without a gap when somebody was late.
static void pattern_send(struct uart *u, uint32_t levels, unsigned slots) {
    uint64_t now = clock_now(), start = u->free_at;
    struct net *net = tx_net(u);
    if (!u->sending || start > now || (clock_mode_get() == CLOCK_REAL && net && net_watched(net))) start = now;
    struct wave w = {.start = start, .period = slots_ns(u, slots), .slots = (uint16_t)slots, .inverted = !u->format.invert_tx};
    for (unsigned i = 0; i < slots; i++) wave_slot_set(&w, i, (levels >> i & 1) != u->format.invert_tx);
    u->sending = true;
    u->free_at = start + w.period;
    event_arm(&u->sent_event, u->free_at);
    if (net) line_pattern(u, &w);
}

static void char_send(struct uart *u, uint16_t c) {
    const struct uart_format *f = &u->format;
    uint32_t levels = (uint32_t)(c & ((1u << f->bits) - 1)) << 1;
    unsigned slots = 1u + f->bits;
    if (f->parity != UART_NO_PARITY) levels |= (uint32_t)parity_bit(f, levels) << slots++;
    for (unsigned i = 0; i < f->stop; i++) levels |= 1u << slots++;
    pattern_send(u, levels, slots);
}

static bool clear_to_send(const struct uart *u) { return !u->flow_cts || !u->cts_net || !net_level(u->cts_net); }

// Sends what is next; called when nothing is being sent, or exactly when the last one has ended.
static void send_next(struct uart *u) {
    if (u->break_due) {
        u->break_due = false;
        pattern_send(u, 1u << UART_BREAK_BITS, UART_BREAK_BITS + 1);
    } else if (u->out.n > 0 && clear_to_send(u)) {
        u->sent++;
        u->message = true;
        char_send(u, queue_get(&u->out));
        if (u->out.n == 0 && u->drained) u->drained(u->data);
    } else {
        u->sending = false;
    }
}

static void char_sent(void *data) {
    struct uart *u = data;
    send_next(u);
    if (u->sending || u->out.n > 0 || !u->message) return;
    u->message = false; // a break alone is none
    happened(u, UART_TX_IDLE);
}

static void cts_edge(void *data, struct net *net, bool level) {
    struct uart *u = data;
    (void)net;
    if (!level && !u->sending) send_next(u);
}

bool uart_put(struct uart *u, uint16_t c) {
    if (!u->on || u->out.n == u->out.room) return false;
    queue_put(&u->out, c);
    if (!u->sending) send_next(u);
    return true;
}

void uart_break(struct uart *u) {
    if (!u->on) return;
    u->break_due = true;
    if (!u->sending) send_next(u);
}

// ---- receiving -------------------------------------------------------------------------------------------------------------
static void rts_show(struct uart *u) {
    if (u->flow_rts && u->rts && u->rts->owner == u) gpio_signal(u->rts, u->held);
}

static void deliver(struct uart *u, uint16_t c) {
    u->received++;
    event_arm(&u->idle_event, u->frame_start + 2 * uart_char_ns(u));
    if (u->in.n < u->in.room) {
        queue_put(&u->in, c);
    } else if (!u->held) {
        u->held = true;
        u->held_char = c;
        rts_show(u);
    } else {
        u->overruns++;
        return;
    }
    happened(u, UART_RX);
}

bool uart_get(struct uart *u, uint16_t *c) {
    if (u->in.n == 0) {
        if (!u->held) return false;
        *c = u->held_char;
        u->held = false;
        rts_show(u);
        return true;
    }
    *c = queue_get(&u->in);
    if (u->held) {
        queue_put(&u->in, u->held_char);
        u->held = false;
        rts_show(u);
    }
    return true;
}

size_t uart_available(const struct uart *u) { return u->in.room ? u->in.n : u->held; }
bool uart_readable(const struct uart *u) { return u->in.n > 0 || u->held; }

static unsigned sampled_slots(const struct uart_format *f) { return frame_slots(f) - f->stop + 1; } // the first stop bit decides

static void frame_end(struct uart *u) {
    const struct uart_format *f = &u->format;
    unsigned n = sampled_slots(f);
    uint16_t value = (uint16_t)(u->levels >> 1 & ((1u << f->bits) - 1));
    u->receiving = false;
    if (f->parity != UART_NO_PARITY && (u->levels >> (1 + f->bits) & 1) != parity_bit(f, value)) u->parity_errors++;
    if (u->levels >> (n - 1) & 1) {
        deliver(u, value);
        return;
    }
    u->framing_errors++;
    if (u->levels != 0) {
        deliver(u, value);
        return;
    }
    u->breaks++;
    if (u->break_is_char) deliver(u, 0);
    happened(u, UART_BREAK);
}

static void line_idle(void *data) { happened(data, UART_RX_IDLE); }

static void frame_begin(struct uart *u, uint64_t start) {
    u->receiving = true;
    u->frame_start = start;
    u->slot = 0;
    u->levels = 0;
    event_cancel(&u->idle_event);
}

// The middle of a bit, or, of a frame that is known as a whole, its last one.
static void bit_sample(void *data) {
    struct uart *u = data;
    unsigned n = sampled_slots(&u->format);
    if (u->whole) {
        frame_end(u);
        return;
    }
    bool level = net_level(u->rx_net) != u->format.invert_rx;
    if (u->slot == 0 && level) { // a glitch, not a start bit
        u->receiving = false;
        return;
    }
    u->levels |= (uint32_t)level << u->slot;
    if (++u->slot == n) frame_end(u);
    else event_arm(&u->sample_event, u->frame_start + slots_ns(u, 2 * u->slot + 1) / 2);
}

static void rx_edge(void *data, struct net *net, bool level) {
    struct uart *u = data;
    if (u->receiving || level != u->format.invert_rx) return;
    u->whole = false;
    frame_begin(u, net_root(net)->changed_at);
    event_arm(&u->sample_event, u->frame_start + slots_ns(u, 1) / 2);
}

// Can the pattern be read as one frame of this format? Same speed, and no other start bit in it.
static bool pattern_fits(const struct uart *u, const struct wave *w) {
    unsigned n = sampled_slots(&u->format);
    if (w->slots < n || wave_slot(w, 0) != u->format.invert_rx || w->inverted == u->format.invert_rx) return false;
    uint64_t own = slots_ns(u, w->slots), off = own > w->period ? own - w->period : w->period - own;
    if (off * 50 > own) return false;
    for (unsigned i = n; i < w->slots; i++)
        if (wave_slot(w, i) == u->format.invert_rx && wave_slot(w, i - 1) != u->format.invert_rx) return false;
    return true;
}

static bool rx_pattern(void *data, struct net *net, const struct wave *w) {
    struct uart *u = data;
    (void)net;
    if (u->receiving || !pattern_fits(u, w)) return false;
    unsigned n = sampled_slots(&u->format);
    frame_begin(u, w->start);
    u->whole = true;
    for (unsigned i = 0; i < n; i++) u->levels |= (uint32_t)(wave_slot(w, i) != u->format.invert_rx) << i;
    event_arm(&u->sample_event, w->start + slots_ns(u, 2 * n - 1) / 2);
    return true;
}

// ---- on and off --------------------------------------------------------------------------------------------------------------
static void silence(struct uart *u) {
    event_cancel(&u->sent_event);
    event_cancel(&u->sample_event);
    event_cancel(&u->idle_event);
    if (u->rx_net) net_unlisten(u->rx_net, &u->hears);
    if (u->cts_net) net_unlisten(u->cts_net, &u->hears_cts);
    u->sending = u->break_due = u->held = u->receiving = u->message = false;
    u->pending = 0;
}

void uart_peer_init(struct uart *u, struct net *tx, struct net *rx, struct net *cts) {
    u->number = -1;
    u->tx_net = tx;
    u->rx_net = rx;
    u->cts_net = cts;
    u->flow_cts = cts != NULL;
    u->tx_pad.name = "UART peer";
    if (tx) pad_attach(&u->tx_pad, tx);
}

void uart_start(struct uart *u, const struct uart_format *format, size_t out_room, size_t in_room) {
    silence(u);
    u->format = *format;
    queue_set(&u->out, out_room);
    queue_set(&u->in, in_room);
    if (u->number >= 0) {
        u->rx_net = u->rx ? u->rx->net : NULL;
        u->cts_net = u->cts && u->flow_cts ? u->cts->net : NULL;
    }
    u->sent_event = (struct event){.fire = char_sent, .data = u};
    u->sample_event = (struct event){.fire = bit_sample, .data = u};
    u->idle_event = (struct event){.fire = line_idle, .data = u};
    u->hears = (struct listener){.edge = rx_edge, .data = u, .pattern = rx_pattern};
    u->hears_cts = (struct listener){.edge = cts_edge, .data = u};
    u->on = true;
    line_rest(u);
    rts_show(u);
    if (u->rx_net) net_listen(u->rx_net, &u->hears);
    if (u->cts_net) net_listen(u->cts_net, &u->hears_cts);
}

void uart_stop(struct uart *u) {
    silence(u);
    u->on = false;
    u->trigger = 0;
}
