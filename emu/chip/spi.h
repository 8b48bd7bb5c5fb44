// SPDX-License-Identifier: MIT
// SPI: controllers, and whatever listens to a clock. Words of up to 16 bits go out and come in at the same time.
#ifndef EMU_CHIP_SPI_H
#define EMU_CHIP_SPI_H

#include "emu/chip/gpio.h"
#include <stddef.h>

// A part or a peripheral unit on the wires sck, mosi, miso.
struct spi_device {
    const char *name;
    bool (*selected)(void *data);                                   // NULL: always
    uint16_t (*exchange)(void *data, uint16_t word, unsigned bits); // takes a word (most significant bit first) and gives its own
    void *data;
    struct net *sck, *mosi; // what it hears
    struct pad miso;        // what it says; attached by spi_attach(), without a net: nothing
    // owned by spi.c
    struct spi_device *next;
};
void spi_attach(struct spi_device *device, struct net *sck, struct net *mosi, struct net *miso); // any may be NULL; again: moves it
void spi_detach(struct spi_device *device);

struct spi_controller {
    struct gpio *sck, *mosi, *miso; // ALT, or (software) OUTPUT and INPUT; mosi and miso may be NULL
    bool polarity, phase, lsb_first;
    uint8_t bits;                   // 4..16
    uint64_t bit_ns;                // 0: shorter than the clock of the emulation counts; bit_ps has the rest
    uint32_t bit_ps;                // below 1000
    void (*wait)(uint64_t until);   // lets emulated time go on; interrupts may be taken in it
    uint64_t at;                    // owned by spi.c: nominal time of the bus
};
void spi_speed(struct spi_controller *c, uint32_t hz);
void spi_idle(struct spi_controller *c); // the clock rests at its polarity
// out NULL: `fill` is sent; in NULL: what comes is dropped. Words above 8 bits are 2 bytes each, low one first. Returns when all is sent.
void spi_transfer(struct spi_controller *c, const uint8_t *out, uint16_t fill, uint8_t *in, size_t words);

#endif
