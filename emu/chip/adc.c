// SPDX-License-Identifier: MIT
// Analogue-to-digital converters.
//
// Invariants
//  - A conversion is the voltage of the net at its end, against the supply, cut to the range: no noise, no offset.
//  - The time it takes follows from the sample time in SMPR, the resolution in CR1 and the ADC's clock.
// Known differences: software starts only (a timer's trigger, scan through DMA, injected channels, watchdog and interrupts of the ADC
// registers are stored and do nothing); the input's resistance and the sample time have no effect on the value.
#include "emu/chip/adc.h"
#include "emu/chip/gpio.h"
#include "emu/chip/rcc.h"
#include "emu/core/clock.h"

#include <stddef.h>
#include <string.h>

struct adc_ambient adc_ambient = {25, 3.0, NET_SUPPLY};

enum { UNIT_BYTES = 0x50, SR_EOC = 2, SR_STRT = 16, CR2_ADON = 1, CR2_EXTEN = 3 << 28, CR2_SWSTART = 1 << 30, FULL = 4095 };

static struct unit {
    uint32_t reg[UNIT_BYTES / 4];
} units[ADC_UNITS];
static uint32_t common;

static const uint8_t ports[16] = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 2, 2, 2, 2, 2};
static const uint8_t bits_of[16] = {0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 0, 1, 2, 3, 4, 5};

int adc_channel(const struct gpio *g, unsigned *unit) {
    for (int i = 0; i < 16; i++)
        if (ports[i] == g->port && bits_of[i] == g->bit) {
            *unit = 1;
            return i;
        }
    return -1;
}

struct gpio *adc_pin(unsigned unit, unsigned channel) {
    if (channel > 15 || (unit == 3 && channel > 3 && (channel < 10 || channel > 13))) return NULL;
    return gpio_at(ports[channel], bits_of[channel]);
}

static double volts_of(unsigned unit, unsigned channel) {
    if (channel == ADC_TEMPERATURE) return 0.76 + (adc_ambient.celsius - 25) * 0.0025;
    if (channel == ADC_VREFINT) return 1.21;
    if (channel == ADC_VBAT) return adc_ambient.battery / 2;
    struct gpio *g = adc_pin(unit, channel);
    return g ? net_volts(g->net) : 0;
}

uint32_t adc_of_volts(double volts, unsigned bits) {
    double full = (double)((1u << bits) - 1), v = volts / adc_ambient.supply * full + 0.5;
    return !(v > 0) ? 0 : v > full ? (uint32_t)full : (uint32_t)v;
}

uint32_t adc_sample(unsigned unit, unsigned channel) { return adc_of_volts(volts_of(unit, channel), 12); }

static void time_pass(unsigned unit, unsigned channel, unsigned bits) {
    static const uint16_t sample_cycles[] = {3, 15, 28, 56, 84, 112, 144, 480};
    const struct unit *u = &units[unit - 1];
    uint32_t field = channel > 9 ? u->reg[ADC_SMPR1 / 4] >> 3 * (channel - 10) & 7 : u->reg[ADC_SMPR2 / 4] >> 3 * channel & 7;
    uint32_t hz = rcc_freqs().pclk2 / (2 * ((common >> 16 & 3) + 1));
    if (hz) clock_advance((sample_cycles[field] + bits) * NS_PER_S / hz);
}

uint32_t adc_convert(unsigned unit, unsigned channel, unsigned bits) {
    if (unit < 1 || unit > ADC_UNITS || channel >= ADC_CHANNELS) return 0;
    time_pass(unit, channel, bits);
    return adc_of_volts(volts_of(unit, channel), bits);
}

// ---- registers --------------------------------------------------------------------------------------------------------------------
uint32_t adc_read(uint32_t offset) {
    if (offset == ADC_CCR) return common;
    if (offset == ADC_CSR) {
        uint32_t csr = 0;
        for (int i = 0; i < ADC_UNITS; i++) csr |= (units[i].reg[ADC_SR / 4] & 63) << 8 * i;
        return csr;
    }
    struct unit *u = &units[offset >> 8 & 3];
    uint32_t in = offset & 255;
    if (offset >> 8 >= ADC_UNITS || in >= UNIT_BYTES) return 0;
    if (in == ADC_DR) u->reg[ADC_SR / 4] &= ~(uint32_t)SR_EOC;
    return u->reg[in / 4];
}

static void start(unsigned number, struct unit *u) {
    static const uint8_t resolution[] = {12, 10, 8, 6};
    unsigned bits = resolution[u->reg[ADC_CR1 / 4] >> 24 & 3], count = (u->reg[ADC_SQR1 / 4] >> 20 & 15) + 1;
    for (unsigned i = 0; i < count; i++) { // without DMA the last one of a sequence is what can be read
        uint32_t sq = i < 6 ? u->reg[ADC_SQR3 / 4] : i < 12 ? u->reg[ADC_SQR2 / 4] : u->reg[ADC_SQR1 / 4];
        unsigned channel = sq >> 5 * (i % 6) & 31;
        uint32_t value = adc_convert(number, channel, bits);
        if (u->reg[ADC_CR2 / 4] >> 11 & 1) value <<= bits == 6 ? 2 : 16 - bits; // ALIGN
        u->reg[ADC_DR / 4] = value;
    }
    u->reg[ADC_SR / 4] |= SR_EOC | SR_STRT;
}

void adc_write(uint32_t offset, uint32_t value) {
    if (offset == ADC_CCR) common = value & 0x00c3ef1f;
    uint32_t in = offset & 255, number = offset >> 8;
    if (number >= ADC_UNITS || in >= UNIT_BYTES || in == ADC_DR) return;
    struct unit *u = &units[number];
    if (in == ADC_SR) {
        u->reg[0] &= value;
        return;
    }
    u->reg[in / 4] = value;
    if (in != ADC_CR2) return;
    u->reg[in / 4] &= ~(uint32_t)(CR2_SWSTART | 1 << 22);
    if (value & CR2_SWSTART && value & CR2_ADON) start(number + 1, u);
}

void adc_power_on(void) {
    adc_power_off();
    common = 1 << 16; // the firmware divides PCLK2 by 4
}

void adc_power_off(void) {
    memset(units, 0, sizeof units);
    common = 0;
    adc_ambient = (struct adc_ambient){25, 3.0, NET_SUPPLY};
}
