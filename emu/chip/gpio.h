// SPDX-License-Identifier: MIT
// Pins of the chip: what mode, pull, output latch and alternate function make of a pad on a net.
#ifndef EMU_CHIP_GPIO_H
#define EMU_CHIP_GPIO_H

#include "emu/core/net.h"

enum gpio_mode { GPIO_INPUT, GPIO_OUTPUT, GPIO_OPEN_DRAIN, GPIO_ALT, GPIO_ALT_OPEN_DRAIN, GPIO_ANALOGUE };
enum gpio_pull { GPIO_PULL_NONE, GPIO_PULL_UP, GPIO_PULL_DOWN };
enum { GPIO_NAME_ROOM = 12, GPIO_AF_NONE = 255 };

struct gpio {
    char name[GPIO_NAME_ROOM]; // of the chip's documentation: "A0", "GPIO25"
    uint8_t port, bit;         // port 0 is A
    uint8_t mode, pull;        // enum gpio_mode, gpio_pull
    uint8_t strength;          // drive strength or slew rate, as the chip's modules number them; no effect on levels
    uint8_t af;                // number of the alternate function, GPIO_AF_NONE
    bool latch;                // output data: what OUTPUT and OPEN_DRAIN drive
    struct net *net;
    struct pad out, pulling;   // driver and pull resistor
    // what the peripheral behind the pin wants (ALT modes; ANALOGUE: a DAC): DRIVE_NONE, LOW, HIGH, WAVE, ANALOGUE
    enum drive signal;
    struct wave signal_wave;
    double signal_volts;
    const void *owner;         // the peripheral that configured it last; compared only
    void *view;                // owned by emu/modules/pin.c
    struct gpio *next;         // all pins, in order of making
};

void gpio_reset_all(void);                                   // forgets all pins (frees them)
struct gpio *gpio_make(const char *name, int port, int bit, struct net *net); // input, no pull
struct gpio *gpio_find(const char *name);                    // by chip name; NULL
struct gpio *gpio_at(int port, int bit);                     // NULL
struct gpio *gpio_first(void);
void gpio_setup(struct gpio *g, enum gpio_mode mode, enum gpio_pull pull, int af);
void gpio_write(struct gpio *g, bool level);                 // the latch, whatever the mode
bool gpio_read(struct gpio *g);                              // input data: level of the net (ANALOGUE mode reads 0)
// For peripherals; kept while another mode is chosen and seen again in ALT modes.
void gpio_signal(struct gpio *g, bool level);
void gpio_signal_none(struct gpio *g);
void gpio_signal_wave(struct gpio *g, const struct wave *wave);
void gpio_signal_volts(struct gpio *g, double volts);        // DAC, in ANALOGUE mode
// Told when a pin becomes (on) or stops being (off) connected to its alternate function g->af; may set or drop its signal. NULL: nobody.
extern void (*gpio_alternate)(struct gpio *g, bool on);
// A pin goes back to its state after reset: input, no pull, no owner.
void gpio_release(struct gpio *g);

#endif
