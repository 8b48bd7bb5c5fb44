// SPDX-License-Identifier: MIT
// Simple parts.
//
// Invariants
//  - A contact that is closed drives its net strongly (low when active_low, else high) and nothing when it is open; pulls are the pin's.
//  - After a press or release the contact ends in the state of the hand; a bounce has an even number of further edges in between.
// Known differences: an LED takes no current and does not glow after; contacts have no resistance.
#include "emu/parts/part.h"
#include "emu/chip/chip.h"
#include "emu/chip/gpio.h"
#include "emu/core/host.h"
#include "emu/parts/accel.h"
#include "emu/parts/stimulus.h"

#include <stdio.h>
#include <string.h>

static struct part *first, *last;

struct part *part_first(void) { return first; }

struct part *part_find(const char *name) {
    for (struct part *p = first; p; p = p->next)
        if (strcmp(p->name, name) == 0) return p;
    return NULL;
}

// ---- contacts --------------------------------------------------------------------------------------------------------------------
static void contact_set(struct part *p, bool closed) {
    p->contact = closed;
    if (p->net) pad_drive(&p->pad, !closed ? DRIVE_NONE : p->active_low ? DRIVE_LOW : DRIVE_HIGH);
}

static uint64_t bounce_step(struct part *p) { // somewhere in the rest of the bounce, leaving room for the edges to come
    p->seed = p->seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    uint64_t now = clock_now(), rest = p->bounce_end > now ? p->bounce_end - now : 0, most = rest / p->edges_left;
    return 1 + (most ? (p->seed >> 33) % most : 0);
}

static void bounces(void *data) {
    struct part *p = data;
    contact_set(p, !p->contact);
    if (--p->edges_left) event_arm(&p->event, clock_now() + bounce_step(p));
}

static void contact_change(struct part *p, bool down) {
    if (p->down == down) return;
    p->down = down;
    event_cancel(&p->event);
    contact_set(p, down);
    p->edges_left = p->edges;
    if (!p->edges_left) return;
    p->bounce_end = clock_now() + p->bounce_ns;
    event_arm(&p->event, clock_now() + bounce_step(p));
}

void part_bounce(struct part *p, unsigned edges, uint64_t ns) {
    p->edges = edges & ~1u;
    p->bounce_ns = ns;
}

bool part_press(const char *name, bool down) {
    struct part *p = part_find(name);
    if (!p) return false;
    if (p->kind == PART_RESET) {
        if (down && !p->down && chip_reset_request) chip_reset_request(RESET_HARD);
        p->down = down;
        return true;
    }
    if (p->kind != PART_BUTTON && p->kind != PART_SWITCH) return false;
    contact_change(p, down);
    return true;
}

bool part_turn(const char *name, double value) {
    struct part *p = part_find(name);
    if (!p || p->kind != PART_POTENTIOMETER) return false;
    p->value = !(value > 0) ? 0 : value > 1 ? 1 : value;
    if (p->net) pad_drive_volts(&p->pad, p->value * NET_SUPPLY);
    return true;
}

// ---- LEDs --------------------------------------------------------------------------------------------------------------------------
bool led_lit(const struct part *p) { return p->net && net_driver(p->net) && net_level(p->net) != p->active_low; }

double led_duty(struct part *p) {
    if (!p->net) return 0;
    uint64_t now = clock_now(), high = net_high_ns(p->net), span = now - p->seen_at;
    if (span == 0) return p->duty;
    p->duty = (double)(high - p->seen_high) / (double)span;
    if (p->active_low) p->duty = 1 - p->duty;
    p->seen_at = now;
    p->seen_high = high;
    return p->duty;
}

// ---- making ------------------------------------------------------------------------------------------------------------------------
struct part *part_make(enum part_kind kind, const char *name, struct net *net, bool active_low) {
    struct part *p = emu_new(sizeof *p);
    p->kind = kind;
    snprintf(p->name, sizeof p->name, "%s", name);
    p->net = net;
    p->active_low = active_low;
    p->event.fire = bounces;
    p->event.data = p;
    p->seed = 1;
    p->pad.name = p->name;
    if (net && kind != PART_LED && kind != PART_OTHER) pad_attach(&p->pad, net);
    if (kind == PART_LED && net) {
        p->seen_at = clock_now();
        p->seen_high = net_high_ns(net);
    }
    if (kind == PART_POTENTIOMETER && net) pad_drive_volts(&p->pad, 0);
    if (last) last->next = p;
    else first = p;
    last = p;
    return p;
}

static enum part_kind kind_of(const char *word) {
    static const struct { const char *word; enum part_kind kind; } kinds[] = {
        {"led", PART_LED}, {"button", PART_BUTTON}, {"switch", PART_SWITCH}, {"potentiometer", PART_POTENTIOMETER}, {"reset", PART_RESET}};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (strcmp(kinds[i].word, word) == 0) return kinds[i].kind;
    return PART_OTHER;
}

void parts_build(const struct board *board) {
    for (size_t i = 0; i < board->n_parts; i++) {
        struct board_part *b = &board->parts[i];
        const struct board_pin *pin = b->pin[0] ? board_pin_find(board, b->pin) : NULL;
        struct part *p = part_make(kind_of(b->kind), b->name, pin ? pin->gpio->net : NULL, b->active_low);
        p->place = b;
        b->state = p;
    }
    accel_reset();
    const struct board_bus *bus = board_bus_find(board, "I2C", NULL, 1);
    const struct board_pin *supply = board_pin_find(board, "MMA_AVDD");
    for (size_t i = 0; bus && i < board->n_parts; i++) {
        if (strcmp(board->parts[i].kind, "accel") != 0) continue;
        const struct board_pin *scl = board_pin_find(board, bus->pins[0]), *sda = board_pin_find(board, bus->pins[1]);
        if (scl && sda) accel_attach(scl->gpio, sda->gpio, supply ? supply->gpio : NULL);
    }
    stimulus_actions.press = part_press;
    stimulus_actions.turn = part_turn;
}

void parts_reset(void) {
    accel_reset();
    while (first) {
        struct part *next = first->next;
        event_cancel(&first->event);
        pad_detach(&first->pad);
        emu_free(first);
        first = next;
    }
    last = NULL;
    stimulus_actions.press = NULL;
    stimulus_actions.turn = NULL;
}
