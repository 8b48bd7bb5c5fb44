// SPDX-License-Identifier: MIT
// SPI, word by word.
//
// Invariants
//  - A word is one pattern on SCK and on MOSI (two slots for each bit; data is sampled in the middle of a bit, whatever the mode). The
//    clock rests at its polarity between transfers.
//  - What comes in is the level that MISO will have at each sample: of a wire from MOSI, of a device's pattern, of whatever else drives it.
//  - Virtual clock: time stands at the nominal end of each word when the next begins, or later. Real clock: words are sent as fast as the
//    host can, and the end of the transfer waits until the bus would have needed that long.
//
// Known differences: no CRC words, no TI frames (the edges are those of Motorola's modes), no DMA; a wave (PWM) on MISO is sampled exactly.
#include "emu/chip/spi.h"
#include "emu/core/clock.h"
#include "emu/core/host.h"

static struct spi_device *devices;

static void unit_stop(void) {
    while (devices) {
        struct spi_device *d = devices;
        devices = d->next;
        d->next = NULL;
        pad_detach(&d->miso);
    }
}
static struct emu_unit unit = {unit_stop, NULL, false};

void spi_detach(struct spi_device *device) {
    for (struct spi_device **d = &devices; *d; d = &(*d)->next)
        if (*d == device) {
            *d = device->next;
            pad_drive(&device->miso, DRIVE_NONE);
            pad_detach(&device->miso);
            break;
        }
    device->next = NULL;
}

void spi_attach(struct spi_device *device, struct net *sck, struct net *mosi, struct net *miso) {
    emu_unit_add(&unit);
    spi_detach(device);
    device->sck = sck;
    device->mosi = mosi;
    device->miso = (struct pad){.name = device->name};
    if (miso) pad_attach(&device->miso, miso);
    device->next = devices;
    devices = device;
}

// ---- lines ---------------------------------------------------------------------------------------------------------------
static void line_pattern(struct gpio *g, const struct wave *w) {
    if (g->mode == GPIO_OUTPUT) pad_drive_wave(&g->out, w);
    else gpio_signal_wave(g, w);
}

static void line_set(struct gpio *g, bool level) {
    if (g->mode == GPIO_OUTPUT) gpio_write(g, level);
    else gpio_signal(g, level);
}

void spi_idle(struct spi_controller *c) { line_set(c->sck, c->polarity); }

void spi_speed(struct spi_controller *c, uint32_t hz) {
    uint64_t ps = (UINT64_C(1000000000000) + hz / 2) / hz;
    c->bit_ns = ps / 1000;
    c->bit_ps = (uint32_t)(ps % 1000);
}

static uint64_t bits_ns(const struct spi_controller *c, uint64_t n) { return c->bit_ns * n + c->bit_ps * n / 1000; }

static uint16_t reversed(uint16_t word, unsigned bits) {
    uint16_t r = 0;
    for (unsigned i = 0; i < bits; i++) r |= (uint16_t)((word >> i & 1) << (bits - 1 - i));
    return r;
}

// ---- words -----------------------------------------------------------------------------------------------------------------
// A pattern of the word, most significant bit first.
static struct wave word_wave(const struct spi_controller *c, uint64_t start, uint16_t word, bool before) {
    struct wave w = {.start = start, .period = bits_ns(c, c->bits), .slots = (uint16_t)(2 * c->bits), .inverted = before};
    if (w.period < w.slots) w.period = w.slots;
    for (unsigned i = 0; i < w.slots; i++) wave_slot_set(&w, i, word >> (c->bits - 1 - i / 2) & 1);
    return w;
}

static void devices_exchange(const struct spi_controller *c, uint64_t start, uint16_t word) {
    for (struct spi_device *d = devices, *next; d; d = next) {
        next = d->next;
        if (!d->sck || net_root(d->sck) != net_root(c->sck->net) || (d->selected && !d->selected(d->data))) continue;
        bool hears = c->mosi && d->mosi && net_root(d->mosi) == net_root(c->mosi->net);
        uint16_t answer = d->exchange(d->data, hears ? word : 0, c->bits);
        if (!d->miso.net) continue;
        struct wave w = word_wave(c, start, answer, net_level(d->miso.net));
        pad_drive_wave(&d->miso, &w);
    }
}

static uint16_t word_exchange(struct spi_controller *c, uint64_t start, uint16_t word) {
    if (c->lsb_first) word = reversed(word, c->bits);
    devices_exchange(c, start, word);
    struct wave sck = word_wave(c, start, 0, c->polarity);
    for (unsigned i = 0; i < sck.slots; i++) wave_slot_set(&sck, i, c->polarity != ((i % 2 == 1) != c->phase));
    if (c->mosi) {
        struct wave mosi = word_wave(c, start, word, net_level(c->mosi->net));
        line_pattern(c->mosi, &mosi);
    }
    line_pattern(c->sck, &sck);
    uint16_t in = 0;
    for (unsigned i = 0; c->miso && i < c->bits; i++)
        in = (uint16_t)(in << 1 | net_level_at(c->miso->net, start + bits_ns(c, 2 * i + 1) / 2));
    return c->lsb_first ? reversed(in, c->bits) : in;
}

// A net that nobody drives is told about once for each transfer.
static void floating_look(const struct spi_controller *c, const uint8_t *in) {
    if (in && c->miso) net_read(c->miso->net);
}

void spi_transfer(struct spi_controller *c, const uint8_t *out, uint16_t fill, uint8_t *in, size_t words) {
    bool real = clock_mode_get() == CLOCK_REAL;
    uint64_t begin = clock_now(), end = begin;
    size_t step = c->bits > 8 ? 2 : 1;
    if (devices == NULL) floating_look(c, in);
    for (size_t i = 0; i < words; i++) {
        uint16_t word = fill;
        if (out) word = (uint16_t)(step == 2 ? out[2 * i] | out[2 * i + 1] << 8 : out[i]);
        uint16_t got = word_exchange(c, real ? clock_now() : end, word);
        if (in) in[step * i] = (uint8_t)got;
        if (in && step == 2) in[2 * i + 1] = (uint8_t)(got >> 8);
        end = begin + bits_ns(c, (i + 1) * c->bits);
        if (real) continue;
        c->wait(end);
        uint64_t now = clock_now();
        if (now > end) { // handlers took their time
            begin += now - end;
            end = now;
        }
    }
    if (real) c->wait(end);
    if (words) spi_idle(c);
}
