// SPDX-License-Identifier: MIT
// SPI units as the classes share them.
//
// Invariant: on an STM32 the speed is the clock of the peripheral bus divided by 2, 4 … 256; elsewhere it is what was asked for.
#include "emu/modules/spi_unit.h"
#include "run/raise.h"

#include <stdio.h>

static struct spi_unit *all;

static void units_stop(void) {
    while (all) {
        struct spi_unit *u = all;
        all = u->next;
        emu_free(u);
    }
}
static struct emu_unit unit = {units_stop, NULL, false};

struct spi_unit *spi_unit_of(const struct board_bus *bus) {
    for (struct spi_unit *u = all; u; u = u->next)
        if (u->bus->number == bus->number) return u;
    emu_unit_add(&unit);
    struct spi_unit *u = emu_new(sizeof *u);
    u->bus = bus;
    u->next = all;
    all = u;
    return u;
}

struct spi_setting spi_setting_check(intptr_t baudrate, intptr_t polarity, intptr_t phase, intptr_t bits, intptr_t firstbit) {
    if (baudrate < 1 || baudrate > 200000000) raise_message(&type_ValueError, "invalid baudrate");
    if (firstbit != SPI_MSB && firstbit != SPI_LSB) raise_message(&type_ValueError, "invalid firstbit");
    if (bits != 8 && bits != 16) raise_message(&type_ValueError, "bits must be 8 or 16");
    return (struct spi_setting){(uint32_t)baudrate, -1, polarity != 0, phase != 0, firstbit == SPI_LSB, (uint8_t)bits};
}

static void speed_set(struct spi_unit *u, const struct spi_setting *s) {
    u->prescaler = 0;
    u->baudrate = s->baudrate;
    if (u->bus && bus_is_stm()) {
        uint32_t clock = bus_clock(u->bus->number == 1 ? 2 : 1);
        u->prescaler = 2;
        if (s->prescaler >= 0)
            while (u->prescaler < 256 && u->prescaler < s->prescaler) u->prescaler *= 2;
        else
            while (u->prescaler < 256 && clock / u->prescaler > s->baudrate) u->prescaler *= 2;
        u->baudrate = clock / u->prescaler;
    }
    spi_speed(&u->controller, u->baudrate);
}

static void pins_connect(struct spi_unit *u, struct gpio *const pins[3], bool is_controller) {
    static const char *const lines[] = {"SCK", "MOSI", "MISO"};
    struct spi_controller *c = &u->controller;
    struct gpio **own[] = {&c->sck, &c->mosi, &c->miso};
    enum gpio_pull pull = c->polarity ? GPIO_PULL_UP : GPIO_PULL_DOWN;
    for (int i = 0; i < 3; i++) {
        char signal[16];
        struct gpio *g = pins[i] ? pins[i] : bus_pin(u->bus, i);
        snprintf(signal, sizeof signal, "SPI%d_%s", u->bus->number, lines[i]);
        if (g) bus_connect(g, signal, u, (i == 2) == is_controller ? BUS_INPUT : BUS_PUSH_PULL, pull);
        *own[i] = g;
    }
    if (!c->sck) raise_message(&type_ValueError, "sck pin required");
}

void spi_unit_setup(struct spi_unit *u, struct gpio *const pins[3], const struct spi_setting *s, bool is_controller) {
    struct spi_controller *c = &u->controller;
    c->polarity = s->polarity;
    c->phase = s->phase;
    c->lsb_first = s->lsb_first;
    c->bits = s->bits;
    c->wait = bridge_wait_until;
    speed_set(u, s);
    if (u->bus) {
        pins_connect(u, pins, is_controller);
    } else {
        c->sck = pins[0];
        c->mosi = pins[1];
        c->miso = pins[2];
        gpio_write(c->sck, s->polarity);
        gpio_setup(c->sck, GPIO_OUTPUT, GPIO_PULL_NONE, GPIO_AF_NONE);
        if (c->mosi) gpio_setup(c->mosi, GPIO_OUTPUT, GPIO_PULL_NONE, GPIO_AF_NONE);
        if (c->miso) gpio_setup(c->miso, GPIO_INPUT, (enum gpio_pull)c->miso->pull, GPIO_AF_NONE);
    }
    if (is_controller) {
        spi_idle(c);
        if (u->bus && c->mosi) gpio_signal(c->mosi, false);
    }
    u->on = true;
}

void spi_unit_release(struct spi_unit *u) {
    struct spi_controller *c = &u->controller;
    if (u->bus) {
        bus_disconnect(c->sck, u);
        bus_disconnect(c->mosi, u);
        bus_disconnect(c->miso, u);
    }
    u->on = false;
}
