// SPDX-License-Identifier: MIT
// An SPI unit of the chip as the classes machine.SPI and pyb.SPI share it.
#ifndef EMU_MODULES_SPI_UNIT_H
#define EMU_MODULES_SPI_UNIT_H

#include "emu/chip/spi.h"
#include "emu/modules/bus.h"

struct spi_unit {
    const struct board_bus *bus; // NULL: software
    struct spi_controller controller;
    uint32_t baudrate;           // real one
    uint16_t prescaler;
    bool on;
    struct spi_unit *next;
};
struct spi_setting {
    uint32_t baudrate;
    int prescaler;  // < 0: from the baud rate
    bool polarity, phase, lsb_first;
    uint8_t bits;
};
struct spi_unit *spi_unit_of(const struct board_bus *bus); // made when new
// Connects the pins (NULL: those of the bus) and sets the speed. ValueError
void spi_unit_setup(struct spi_unit *u, struct gpio *const pins[3], const struct spi_setting *s, bool is_controller);
void spi_unit_release(struct spi_unit *u);
struct spi_setting spi_setting_check(intptr_t baudrate, intptr_t polarity, intptr_t phase, intptr_t bits, intptr_t firstbit); // ValueError

enum { SPI_MSB = 0, SPI_LSB = 0x80 };
extern const struct type type_machine_spi, type_machine_softspi, type_pyb_spi;

#endif
