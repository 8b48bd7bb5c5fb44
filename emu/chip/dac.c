// SPDX-License-Identifier: MIT
// Digital-to-analogue converter.
//
// Invariants
//  - CR is the truth: a channel listens to a timer's updates exactly while EN, TEN and a timer in TSEL are set; configure() makes it so.
//  - `out` is DOR; what the pin's net sees is out / 4095 of the supply.
// Known differences: the output settles at once and has no resistance; EXTI line 9 as a trigger does nothing; DMA takes values from whoever
// started the stream, not from memory that registers name; underrun never happens.
#include "emu/chip/dac.h"
#include "emu/chip/adc.h"
#include "emu/chip/gpio.h"
#include "emu/chip/rcc.h"
#include "emu/chip/tim.h"

#include <string.h>

enum { CR_EN = 1, CR_BOFF = 2, CR_TEN = 4, CR_DMAEN = 1 << 12, TSEL_SOFTWARE = 7, TSEL_TIMERS = 6, FULL = 4095, LFSR_START = 0xaaa };

static const uint8_t trigger_timers[TSEL_TIMERS] = {6, 8, 7, 5, 2, 4};

static uint32_t cr;
static struct channel {
    uint32_t hold, out, lfsr, triangle;
    bool falling, circular;
    size_t index;
    unsigned bits;
    const struct dac_source *source;
    struct tim *heard;
    struct tim_listener ear;
} channels[DAC_CHANNELS];

static unsigned number_of(const struct channel *c) { return (unsigned)(c - channels) + 1; }
static uint32_t control(unsigned n) { return cr >> 16 * (n - 1) & 0x3fff; }

static void control_set(unsigned n, uint32_t value) {
    unsigned shift = 16 * (n - 1);
    cr = (cr & ~(0x3fffu << shift)) | value << shift;
}

struct gpio *dac_pin(unsigned channel) { return gpio_at(0, channel == 1 ? 4 : 5); }
int dac_channel(const struct gpio *g) { return g->port == 0 && (g->bit == 4 || g->bit == 5) ? g->bit - 3 : -1; }
uint32_t dac_value(unsigned channel) { return channels[channel - 1].out; }

static void put(struct channel *c, uint32_t value) {
    c->out = value > FULL ? FULL : value;
    struct gpio *g = dac_pin(number_of(c));
    if (g && control(number_of(c)) & CR_EN) gpio_signal_volts(g, c->out * adc_ambient.supply / FULL);
}

static bool stream_next(struct channel *c) {
    uint32_t value;
    if (!c->source->next(c->source->data, c->index, &value)) {
        c->index = 0;
        if (!c->circular || !c->source->next(c->source->data, 0, &value)) return false;
    }
    c->index++;
    c->hold = c->bits == 8 ? (value & 255) << 4 : value & FULL;
    return true;
}

static void configure(unsigned n);

static void triggered(void *data) {
    struct channel *c = data;
    unsigned n = number_of(c), amplitude = control(n) >> 8 & 15, wave = control(n) >> 6 & 3;
    uint32_t mask = amplitude > 11 ? FULL : (2u << amplitude) - 1;
    if (c->source && !stream_next(c)) {
        c->source = NULL;
        control_set(n, control(n) & ~(uint32_t)(CR_DMAEN | CR_TEN));
        configure(n);
        return;
    }
    uint32_t value = c->hold;
    if (wave == 1) {
        value += c->lfsr & mask;
        uint32_t bit = (c->lfsr ^ c->lfsr >> 1 ^ c->lfsr >> 4 ^ c->lfsr >> 6 ^ ((c->lfsr & 0x7ff) == 0)) & 1;
        c->lfsr = c->lfsr >> 1 | bit << 11;
    } else if (wave >= 2) {
        value += c->triangle;
        if (c->triangle >= mask) c->falling = true;
        else if (c->triangle == 0) c->falling = false;
        if (mask) c->triangle += c->falling ? UINT32_MAX : 1;
    }
    put(c, value);
}

struct tim *dac_trigger(unsigned channel) { return channels[channel - 1].heard; }

// Makes ears and pin follow CR.
static void configure(unsigned n) {
    struct channel *c = &channels[n - 1];
    uint32_t bits = control(n), select = bits >> 3 & 7;
    struct tim *wanted = (bits & (CR_EN | CR_TEN)) == (CR_EN | CR_TEN) && select < TSEL_TIMERS ? tim_get(trigger_timers[select]) : NULL;
    c->ear.update = triggered;
    c->ear.data = c;
    if (wanted != c->heard) {
        if (c->heard) tim_unlisten(c->heard, &c->ear);
        c->heard = wanted;
        if (wanted) tim_listen(wanted, &c->ear);
    }
    struct gpio *g = dac_pin(n);
    if (!g) return;
    if (bits & CR_EN) gpio_signal_volts(g, c->out * adc_ambient.supply / FULL);
    else if (g->signal == DRIVE_ANALOGUE) gpio_signal_none(g);
}

void dac_enable(unsigned channel, bool on) {
    rcc_enable(RCC_APB1ENR, 29, true);
    struct gpio *g = dac_pin(channel);
    if (on && g) gpio_setup(g, GPIO_ANALOGUE, GPIO_PULL_NONE, GPIO_AF_NONE);
    channels[channel - 1].source = NULL;
    control_set(channel, on ? (control(channel) & CR_BOFF) | CR_EN : 0);
    configure(channel);
}

void dac_write_value(unsigned channel, uint32_t value) {
    struct channel *c = &channels[channel - 1];
    c->source = NULL;
    control_set(channel, control(channel) & (CR_EN | CR_BOFF));
    configure(channel);
    c->hold = value & FULL;
    put(c, c->hold);
}

static void wave_start(unsigned channel, struct tim *trigger, uint32_t bits) {
    uint32_t select = TSEL_SOFTWARE;
    for (uint32_t i = 0; i < TSEL_TIMERS; i++)
        if (trigger_timers[i] == tim_number(trigger)) select = i;
    struct channel *c = &channels[channel - 1];
    c->hold = 0;
    c->lfsr = LFSR_START;
    c->triangle = 0;
    c->falling = false;
    control_set(channel, (control(channel) & CR_BOFF) | CR_EN | CR_TEN | select << 3 | bits);
    configure(channel);
}

void dac_noise(unsigned channel, struct tim *trigger) {
    channels[channel - 1].source = NULL;
    wave_start(channel, trigger, 1u << 6 | 11u << 8);
}

void dac_triangle(unsigned channel, struct tim *trigger) {
    channels[channel - 1].source = NULL;
    wave_start(channel, trigger, 2u << 6 | 11u << 8);
}

void dac_stream(unsigned channel, struct tim *trigger, const struct dac_source *source, unsigned bits, bool circular) {
    struct channel *c = &channels[channel - 1];
    c->source = source;
    c->index = 0;
    c->bits = bits;
    c->circular = circular;
    wave_start(channel, trigger, CR_DMAEN);
}

bool dac_streaming(unsigned channel) { return channels[channel - 1].source != NULL; }

// ---- registers --------------------------------------------------------------------------------------------------------------------
uint32_t dac_read(uint32_t offset) {
    uint32_t h1 = channels[0].hold, h2 = channels[1].hold;
    switch (offset) {
    case DAC_CR: return cr;
    case DAC_DHR12R1: return h1;
    case DAC_DHR12L1: return h1 << 4;
    case DAC_DHR8R1: return h1 >> 4;
    case DAC_DHR12R2: return h2;
    case DAC_DHR12L2: return h2 << 4;
    case DAC_DHR8R2: return h2 >> 4;
    case DAC_DHR12RD: return h1 | h2 << 16;
    case DAC_DHR12LD: return h1 << 4 | h2 << 20;
    case DAC_DHR8RD: return h1 >> 4 | h2 >> 4 << 8;
    case DAC_DOR1: return channels[0].out;
    case DAC_DOR2: return channels[1].out;
    default: return 0;
    }
}

static void hold_write(unsigned n, uint32_t value) {
    struct channel *c = &channels[n - 1];
    c->hold = value & FULL;
    if (!(control(n) & CR_TEN)) put(c, c->hold);
}

void dac_write(uint32_t offset, uint32_t value) {
    switch (offset) {
    case DAC_CR:
        cr = value & 0x3fff3fff;
        configure(1);
        configure(2);
        break;
    case DAC_SWTRIGR:
        for (unsigned n = 1; n <= DAC_CHANNELS; n++)
            if (value >> (n - 1) & 1 && (control(n) & (CR_EN | CR_TEN)) == (CR_EN | CR_TEN) && (control(n) >> 3 & 7) == TSEL_SOFTWARE)
                triggered(&channels[n - 1]);
        break;
    case DAC_DHR12R1: hold_write(1, value); break;
    case DAC_DHR12L1: hold_write(1, value >> 4); break;
    case DAC_DHR8R1: hold_write(1, (value & 255) << 4); break;
    case DAC_DHR12R2: hold_write(2, value); break;
    case DAC_DHR12L2: hold_write(2, value >> 4); break;
    case DAC_DHR8R2: hold_write(2, (value & 255) << 4); break;
    case DAC_DHR12RD:
        hold_write(1, value);
        hold_write(2, value >> 16);
        break;
    case DAC_DHR12LD:
        hold_write(1, value >> 4);
        hold_write(2, value >> 20);
        break;
    case DAC_DHR8RD:
        hold_write(1, (value & 255) << 4);
        hold_write(2, (value >> 8 & 255) << 4);
        break;
    default: break;
    }
}

void dac_power_on(void) { dac_power_off(); }

void dac_power_off(void) {
    for (int i = 0; i < DAC_CHANNELS; i++)
        if (channels[i].heard) tim_unlisten(channels[i].heard, &channels[i].ear);
    memset(channels, 0, sizeof channels);
    cr = 0;
}
