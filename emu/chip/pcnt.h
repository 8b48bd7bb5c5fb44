// SPDX-License-Identifier: MIT
// Pulse counting units, as chips of several makers have them: edges of one pin, or quadrature signals of two.
#ifndef EMU_CHIP_PCNT_H
#define EMU_CHIP_PCNT_H

#include "emu/chip/gpio.h"
#include "emu/core/clock.h"

enum pcnt_event { PCNT_RESET = 1, PCNT_INDEX = 2, PCNT_MATCH = 4, PCNT_ROLL_OVER = 8, PCNT_ROLL_UNDER = 16 };

struct pcnt;
struct pcnt_input {
    struct pcnt *unit;
    struct gpio *gpio;        // NULL: not used
    struct listener listener;
    struct event settled;     // the level has been the same for the filter's time
    bool level;               // behind the filter
};

struct pcnt_setup {
    struct gpio *a, *b;       // b: quadrature
    struct gpio *direction;   // counter: high counts down; NULL: `down` says
    struct gpio *index, *reset, *match_pin; // may be NULL
    bool down, falling;       // counter
    uint8_t phases;           // quadrature: 1, 2 or 4 counts per cycle
    uint64_t filter_ns;       // shorter pulses are not seen; 0: all are
    int64_t min, max;         // both 0: the whole range
    bool has_match;
    int64_t match;
};

// Belongs to its owner. Zeroed: stopped.
struct pcnt {
    struct pcnt_setup setup;
    struct pcnt_input a, b, index, reset;
    bool running, last_down;
    int64_t value;
    int16_t cycles;
    void (*event)(void *data, uint32_t events); // enum pcnt_event; called inside events
    void *data;
};

void pcnt_start(struct pcnt *u, const struct pcnt_setup *setup); // stops it first; value and cycles become those of a new unit
void pcnt_stop(struct pcnt *u);
int64_t pcnt_set(struct pcnt *u, int64_t value); // returns the value before
void pcnt_match(struct pcnt *u);                 // tells again when value is the match value now

#endif
