// SPDX-License-Identifier: MIT
// Pins of the chip.
//
// Invariants
//  - `out` and `pulling` are attached to net for as long as the pin exists; drive_apply() is the only place that changes what they drive.
//  - The latch and the peripheral's signal are kept in every mode; the mode chooses which of them reaches the net.
// Known differences: no input hysteresis, no current limits; drive strength and slew rate are remembered only.
#include "emu/chip/gpio.h"
#include "emu/core/host.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

static struct gpio *first, *last;
void (*gpio_alternate)(struct gpio *g, bool on);

void gpio_reset_all(void) {
    while (first) {
        struct gpio *next = first->next;
        pad_detach(&first->out);
        pad_detach(&first->pulling);
        emu_free(first);
        first = next;
    }
    last = NULL;
}

struct gpio *gpio_first(void) { return first; }

struct gpio *gpio_find(const char *name) {
    for (struct gpio *g = first; g; g = g->next)
        if (strcmp(g->name, name) == 0) return g;
    return NULL;
}

struct gpio *gpio_at(int port, int bit) {
    for (struct gpio *g = first; g; g = g->next)
        if (g->port == port && g->bit == bit) return g;
    return NULL;
}

struct gpio *gpio_make(const char *name, int port, int bit, struct net *net) {
    struct gpio *g = emu_new(sizeof *g);
    snprintf(g->name, sizeof g->name, "%s", name);
    g->port = (uint8_t)port;
    g->bit = (uint8_t)bit;
    g->af = GPIO_AF_NONE;
    g->net = net;
    g->out.name = net->name;
    g->pulling.name = net->name;
    pad_attach(&g->out, net);
    pad_attach(&g->pulling, net);
    if (last) last->next = g;
    else first = g;
    last = g;
    return g;
}

static void signal_apply(struct gpio *g, bool open_drain) {
    switch (g->signal) {
    case DRIVE_WAVE: pad_drive_wave(&g->out, &g->signal_wave); break;
    case DRIVE_ANALOGUE: pad_drive_volts(&g->out, g->signal_volts); break;
    case DRIVE_HIGH: pad_drive(&g->out, open_drain ? DRIVE_NONE : DRIVE_HIGH); break;
    default: pad_drive(&g->out, g->signal); break;
    }
}

static void drive_apply(struct gpio *g) {
    g->out.open_drain = g->mode == GPIO_OPEN_DRAIN || g->mode == GPIO_ALT_OPEN_DRAIN;
    switch (g->mode) {
    case GPIO_OUTPUT: pad_drive(&g->out, g->latch ? DRIVE_HIGH : DRIVE_LOW); break;
    case GPIO_OPEN_DRAIN: pad_drive(&g->out, g->latch ? DRIVE_NONE : DRIVE_LOW); break;
    case GPIO_ALT: signal_apply(g, false); break;
    case GPIO_ALT_OPEN_DRAIN: signal_apply(g, true); break;
    case GPIO_ANALOGUE:
        if (g->signal == DRIVE_ANALOGUE) signal_apply(g, false);
        else pad_drive(&g->out, DRIVE_NONE);
        break;
    default: pad_drive(&g->out, DRIVE_NONE); break;
    }
}

void gpio_setup(struct gpio *g, enum gpio_mode mode, enum gpio_pull pull, int af) {
    static const enum drive pulls[] = {DRIVE_NONE, DRIVE_PULL_UP, DRIVE_PULL_DOWN};
    bool alternate = mode == GPIO_ALT || mode == GPIO_ALT_OPEN_DRAIN;
    int before = g->af, now = alternate ? af : GPIO_AF_NONE;
    if (before != now && before != GPIO_AF_NONE && gpio_alternate) gpio_alternate(g, false);
    g->mode = (uint8_t)mode;
    g->pull = (uint8_t)pull;
    g->af = (uint8_t)now;
    if (before != now && now != GPIO_AF_NONE && gpio_alternate) gpio_alternate(g, true);
    pad_drive(&g->pulling, mode == GPIO_ANALOGUE ? DRIVE_NONE : pulls[pull]);
    drive_apply(g);
}

void gpio_write(struct gpio *g, bool level) {
    g->latch = level;
    if (g->mode == GPIO_OUTPUT || g->mode == GPIO_OPEN_DRAIN) drive_apply(g);
}

bool gpio_read(struct gpio *g) { return g->mode != GPIO_ANALOGUE && net_read(g->net); }

static void signal_change(struct gpio *g, enum drive signal) {
    g->signal = signal;
    if (g->mode >= GPIO_ALT) drive_apply(g);
}

void gpio_signal(struct gpio *g, bool level) { signal_change(g, level ? DRIVE_HIGH : DRIVE_LOW); }
void gpio_signal_none(struct gpio *g) { signal_change(g, DRIVE_NONE); }

void gpio_signal_wave(struct gpio *g, const struct wave *wave) {
    g->signal_wave = *wave;
    signal_change(g, DRIVE_WAVE);
}

void gpio_signal_volts(struct gpio *g, double volts) {
    g->signal_volts = volts;
    signal_change(g, DRIVE_ANALOGUE);
}

void gpio_release(struct gpio *g) {
    g->owner = NULL;
    g->signal = DRIVE_NONE;
    g->latch = false;
    gpio_setup(g, GPIO_INPUT, GPIO_PULL_NONE, GPIO_AF_NONE);
}
