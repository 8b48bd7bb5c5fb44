// SPDX-License-Identifier: MIT
// CAN controllers, frame by frame.
//
// Invariants
//  - Controllers hear each other when the transmit net of one is the receive net of the other. A frame is one pattern on the transmit net
//    (with its stuff bits and checksum; the acknowledge slot shows whether somebody will acknowledge) and one event at its end.
//  - Of all frames that wait on one bus the one with the lowest identifier goes first; within a controller, of equals, the lowest mailbox.
//  - Nobody acknowledges: 8 is added to the transmit error counter (not when error passive), and the frame is sent again until cancelled.
//  - A controller of another speed on the same bus spoils every frame, with errors for both, until it is error passive.
//  - A full FIFO keeps its two oldest messages; the newest replaces the third.
//
// Known differences: a sender does not look whether it hears itself; errors are counted for whole frames; no bit is ever wrong otherwise.
#include "emu/chip/can.h"
#include "emu/core/host.h"

#include <string.h>

enum { INTERFRAME = 3, ERROR_FRAME = 17, BUS_OFF_BITS = 128 * 11, BITS_MAX = 192 };

static struct can *units;
static struct can_bank banks[CAN_BANKS];
static unsigned split = 14;

static void units_stop(void) {
    while (units) {
        struct can *c = units;
        units = c->next;
        event_cancel(&c->done);
        event_cancel(&c->wake);
        emu_free(c);
    }
    memset(banks, 0, sizeof banks);
    split = 14;
}
static struct emu_unit unit = {units_stop, NULL, false};

struct can *can_unit(int number) {
    emu_unit_add(&unit);
    for (struct can *c = units; c; c = c->next)
        if (c->number == number) return c;
    struct can *c = emu_new(sizeof *c);
    c->number = number;
    c->sending = -1;
    c->next = units;
    units = c;
    return c;
}

// ---- filters ---------------------------------------------------------------------------------------------------------------
static unsigned bank_first(const struct can *c) { return c->number == 2 ? split : 0; }
unsigned can_bank_count(const struct can *c) { return c->number == 2 ? CAN_BANKS - split : split; }
void can_banks_split(unsigned first_of_can2) { split = first_of_can2 < CAN_BANKS ? first_of_can2 : CAN_BANKS; }

bool can_bank_set(struct can *c, unsigned bank, const struct can_bank *to) {
    if (bank >= can_bank_count(c)) return false;
    banks[bank_first(c) + bank] = *to;
    return true;
}

void can_banks_clear(struct can *c) { memset(banks + bank_first(c), 0, can_bank_count(c) * sizeof *banks); }

static unsigned bank_filters(const struct can_bank *b) { return (b->list ? 2 : 1) * (b->wide ? 1 : 2); }

static uint32_t wide_value(const struct can_frame *f) {
    return (f->extended ? f->id << 3 | 4 : f->id << 21) | (f->remote ? 2 : 0);
}

static uint16_t narrow_value(const struct can_frame *f) {
    uint32_t top = f->extended ? f->id >> 18 << 5 | 8 | (f->id >> 15 & 7) : f->id << 5;
    return (uint16_t)(top | (f->remote ? 16 : 0));
}

// Which of the bank's filters lets it in; -1: none.
static int bank_match(const struct can_bank *b, const struct can_frame *f) {
    if (b->wide) {
        uint32_t v = wide_value(f);
        if (!b->list) return ((v ^ b->word[0]) & b->word[1]) == 0 ? 0 : -1;
        return v == b->word[0] ? 0 : v == b->word[1] ? 1 : -1;
    }
    uint16_t v = narrow_value(f);
    for (int i = 0; i < 2; i++) {
        uint16_t low = (uint16_t)b->word[i], high = (uint16_t)(b->word[i] >> 16);
        if (!b->list && ((v ^ low) & high) == 0) return i;
        if (b->list && v == low) return 2 * i;
        if (b->list && v == high) return 2 * i + 1;
    }
    return -1;
}

static bool filter_find(const struct can *c, const struct can_frame *f, int *fifo, uint8_t *number) {
    unsigned counts[CAN_FIFOS] = {0, 0};
    for (unsigned i = 0; i < can_bank_count(c); i++) {
        const struct can_bank *b = &banks[bank_first(c) + i];
        int match = b->active ? bank_match(b, f) : -1;
        if (match >= 0) {
            *fifo = b->fifo;
            *number = (uint8_t)(counts[b->fifo] + (unsigned)match);
            return true;
        }
        counts[b->fifo] += bank_filters(b);
    }
    return false;
}

// ---- errors ----------------------------------------------------------------------------------------------------------------
static void state_look(struct can *c) {
    enum can_state before = c->state;
    uint32_t worst = c->tec > c->rec ? c->tec : c->rec;
    c->state = c->tec > 255 ? CAN_BUS_OFF : worst >= 128 ? CAN_PASSIVE : worst >= 96 ? CAN_WARNING : CAN_ACTIVE;
    if (c->state <= before) return;
    if (before < CAN_WARNING) c->warnings++;
    if (before < CAN_PASSIVE && c->state >= CAN_PASSIVE) c->passives++;
    if (c->state == CAN_BUS_OFF) c->bus_offs++;
    if (c->state_changed) c->state_changed(c->data);
}

static void errors_add(struct can *c, uint32_t tec, uint32_t rec) {
    c->tec += tec;
    c->rec = c->rec + rec > 255 ? 255 : c->rec + rec;
    state_look(c);
}

// ---- the frame on the wire ----------------------------------------------------------------------------------------------------
struct bits {
    bool bit[BITS_MAX];
    unsigned n;
    unsigned run; // equal bits at the end, for stuffing
    uint16_t crc;
};

static void bit_put(struct bits *b, bool level) { b->bit[b->n++] = level; }

static void bit_stuffed(struct bits *b, bool level, bool counts) {
    if (counts) b->crc = (uint16_t)(((b->crc << 1) ^ ((b->crc >> 14 & 1) != level ? 0x4599 : 0)) & 0x7fff);
    b->run = b->n > 0 && b->bit[b->n - 1] == level ? b->run + 1 : 1;
    bit_put(b, level);
    if (b->run < 5) return;
    bit_put(b, !level);
    b->run = 1;
}

static void field(struct bits *b, uint32_t value, unsigned n, bool counts) {
    while (n-- > 0) bit_stuffed(b, value >> n & 1, counts);
}

static void frame_bits(const struct can_frame *f, bool acknowledged, struct bits *b) {
    memset(b, 0, sizeof *b);
    field(b, 0, 1, true); // start
    if (f->extended) {
        field(b, f->id >> 18, 11, true);
        field(b, 3, 2, true);
        field(b, f->id & 0x3ffff, 18, true);
        field(b, (uint32_t)f->remote << 2, 3, true);
    } else {
        field(b, f->id, 11, true);
        field(b, (uint32_t)f->remote << 2, 3, true);
    }
    field(b, f->len, 4, true);
    for (unsigned i = 0; i < f->len && !f->remote; i++) field(b, f->data[i], 8, true);
    field(b, b->crc, 15, false);
    bit_put(b, true);          // delimiter
    bit_put(b, !acknowledged);
    for (int i = 0; i < 8; i++) bit_put(b, true); // delimiter, end of frame
}

static uint64_t bits_ns(const struct can *c, unsigned n) { return (NS_PER_S * n + c->bit_rate / 2) / c->bit_rate; }
static bool is_loop(const struct can *c) { return c->mode == CAN_LOOPBACK || c->mode == CAN_SILENT_LOOPBACK; }
static bool is_silent(const struct can *c) { return c->mode == CAN_SILENT || c->mode == CAN_SILENT_LOOPBACK; }

static bool hears(const struct can *listener, const struct can *speaker) {
    return listener != speaker && listener->on && listener->state != CAN_BUS_OFF && listener->rx && speaker->tx &&
           listener->rx->owner == listener && speaker->tx->owner == speaker && !is_silent(speaker) && !is_loop(listener) &&
           net_root(listener->rx->net) == net_root(speaker->tx->net);
}

static bool same_bus(const struct can *a, const struct can *b) { return a == b || hears(a, b) || hears(b, a); }
static bool same_speed(const struct can *a, const struct can *b) {
    uint32_t off = a->bit_rate > b->bit_rate ? a->bit_rate - b->bit_rate : b->bit_rate - a->bit_rate;
    return off <= a->bit_rate / 100;
}

// ---- receiving -------------------------------------------------------------------------------------------------------------
static void fifo_put(struct can *c, const struct can_frame *frame) {
    int which;
    struct can_received got = {.frame = *frame, .order = c->orders++};
    if (!filter_find(c, frame, &which, &got.filter)) return;
    struct can_fifo *fifo = &c->fifo[which];
    enum can_fifo_event event = CAN_FIFO_PENDING;
    bool told = true;
    if (fifo->n == CAN_FIFO_DEPTH) {
        fifo->slots[CAN_FIFO_DEPTH - 1] = got;
        fifo->overrun = true;
        c->overruns++;
        event = CAN_FIFO_OVERRUN;
    } else {
        fifo->slots[fifo->n++] = got;
        if (fifo->n == CAN_FIFO_DEPTH) event = CAN_FIFO_FULL;
        else told = fifo->n == 1;
    }
    if (told && c->fifo_event) c->fifo_event(c->data, which, event);
}

bool can_receive(struct can *c, int which, struct can_received *out) {
    struct can_fifo *fifo = &c->fifo[which];
    if (fifo->n == 0) return false;
    *out = fifo->slots[0];
    memmove(fifo->slots, fifo->slots + 1, --fifo->n * sizeof *fifo->slots);
    return true;
}

// ---- sending ---------------------------------------------------------------------------------------------------------------
// The order in which frames win the bus: bits of the arbitration field, as they are sent.
static uint32_t priority(const struct can_frame *f) {
    if (f->extended) return f->id >> 18 << 21 | 3u << 19 | (f->id & 0x3ffff) << 1 | f->remote;
    return f->id << 21 | (uint32_t)f->remote << 20;
}

static int best_mailbox(const struct can *c) {
    int best = -1;
    if (!c->on || c->state == CAN_BUS_OFF || c->mode == CAN_SILENT) return -1;
    for (int i = 0; i < CAN_MAILBOXES; i++)
        if (c->mailbox[i].pending && (best < 0 || priority(&c->mailbox[i].frame) < priority(&c->mailbox[best].frame))) best = i;
    return best;
}

static void frame_begin(struct can *c, int mailbox) {
    const struct can_frame *frame = &c->mailbox[mailbox].frame;
    struct bits b;
    c->sending = mailbox;
    c->acknowledged = is_loop(c);
    c->spoiled = false;
    for (struct can *other = units; other; other = other->next)
        if (hears(other, c) && !is_silent(other)) {
            if (same_speed(other, c)) c->acknowledged = true;
            else if (other->state < CAN_PASSIVE) c->spoiled = true;
        }
    if (c->spoiled) c->acknowledged = false;
    frame_bits(frame, c->acknowledged, &b);
    unsigned n = b.n + INTERFRAME + (c->acknowledged ? 0 : ERROR_FRAME);
    uint64_t now = clock_now();
    event_arm(&c->done, now + bits_ns(c, n));
    if (!c->tx || c->tx->owner != c || is_silent(c)) return;
    struct wave w = {.start = now, .period = bits_ns(c, b.n), .slots = (uint16_t)b.n, .inverted = true};
    for (unsigned i = 0; i < b.n; i++) wave_slot_set(&w, i, b.bit[i]);
    gpio_signal_wave(c->tx, &w);
}

// Lets the best of all frames that wait on c's bus begin, unless one is on its way.
static void bus_look(struct can *c) {
    struct can *winner = NULL;
    int mailbox = -1;
    for (struct can *other = units; other; other = other->next) {
        if (!same_bus(other, c)) continue;
        if (other->sending >= 0) return;
        int m = best_mailbox(other);
        if (m < 0) continue;
        if (winner && priority(&other->mailbox[m].frame) >= priority(&winner->mailbox[mailbox].frame)) continue;
        winner = other;
        mailbox = m;
    }
    if (winner) frame_begin(winner, mailbox);
}

static void mailbox_done(struct can *c, int mailbox, bool good) {
    c->mailbox[mailbox].pending = c->mailbox[mailbox].cancelled = false;
    if (c->sent) c->sent(c->data, mailbox, good);
}

static void frame_done(void *data) {
    struct can *c = data;
    int mailbox = c->sending;
    struct can_frame frame = c->mailbox[mailbox].frame;
    if (frame.remote) memset(frame.data, 0, sizeof frame.data);
    c->sending = -1;
    if (c->acknowledged) {
        if (c->tec > 0) c->tec--;
        state_look(c);
        for (struct can *other = units; other; other = other->next) {
            if (!(other == c ? is_loop(c) : hears(other, c) && same_speed(other, c))) continue;
            if (other != c && other->rec > 0) other->rec = other->rec > 127 ? 127 : other->rec - 1;
            if (other != c) state_look(other);
            fifo_put(other, &frame);
        }
        mailbox_done(c, mailbox, true);
    } else {
        errors_add(c, c->spoiled || c->state < CAN_PASSIVE ? 8 : 0, 0);
        for (struct can *other = units; other; other = other->next)
            if (hears(other, c) && !same_speed(other, c)) errors_add(other, 0, 9);
        if (c->mailbox[mailbox].cancelled) mailbox_done(c, mailbox, false);
        if (c->state == CAN_BUS_OFF && c->auto_restart) event_arm(&c->wake, clock_now() + bits_ns(c, BUS_OFF_BITS));
    }
    for (struct can *other = units, *next; other; other = next) {
        next = other->next;
        if (other->sending < 0) bus_look(other);
    }
}

static void bus_off_over(void *data) {
    struct can *c = data;
    c->tec = c->rec = 0;
    c->state = CAN_ACTIVE;
    bus_look(c);
}

int can_send(struct can *c, const struct can_frame *frame) {
    for (int i = 0; i < CAN_MAILBOXES; i++) {
        if (c->mailbox[i].pending) continue;
        c->mailbox[i] = (struct can_mailbox){*frame, true, false};
        bus_look(c);
        return i;
    }
    return -1;
}

bool can_cancel(struct can *c, int mailbox) {
    if (!c->mailbox[mailbox].pending) return false;
    if (c->sending == mailbox) { // on the wire: it ends as it ends
        c->mailbox[mailbox].cancelled = true;
        return !c->acknowledged;
    }
    mailbox_done(c, mailbox, false);
    return true;
}

unsigned can_pending(const struct can *c) {
    unsigned n = 0;
    for (int i = 0; i < CAN_MAILBOXES; i++) n += c->mailbox[i].pending;
    return n;
}

// ---- on and off --------------------------------------------------------------------------------------------------------------
static void silence(struct can *c) {
    event_cancel(&c->done);
    event_cancel(&c->wake);
    memset(c->mailbox, 0, sizeof c->mailbox);
    c->sending = -1;
    if (c->tx && c->tx->owner == c) gpio_signal(c->tx, true);
}

static void others_look(struct can *c) {
    for (struct can *other = units; other; other = other->next)
        if (other != c && other->sending < 0) bus_look(other);
}

void can_start(struct can *c, uint32_t bit_rate) {
    silence(c);
    memset(c->fifo, 0, sizeof c->fifo);
    c->bit_rate = bit_rate;
    c->done = (struct event){.fire = frame_done, .data = c};
    c->wake = (struct event){.fire = bus_off_over, .data = c};
    c->tec = c->rec = c->warnings = c->passives = c->bus_offs = c->overruns = 0;
    c->state = CAN_ACTIVE;
    c->on = true;
}

void can_stop(struct can *c) {
    silence(c);
    memset(c->fifo, 0, sizeof c->fifo);
    c->on = false;
    c->state = CAN_STOPPED;
    others_look(c);
}

void can_restart(struct can *c) {
    silence(c);
    c->tec = c->rec = c->warnings = c->passives = c->bus_offs = 0;
    c->state = CAN_ACTIVE;
    others_look(c);
}
