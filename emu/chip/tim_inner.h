// SPDX-License-Identifier: MIT
// Inside a timer: shared by tim.c (counting, registers) and tim_pins.c (what reaches pins and comes from them).
#ifndef EMU_CHIP_TIM_INNER_H
#define EMU_CHIP_TIM_INNER_H

#include "emu/chip/gpio.h"
#include "emu/chip/tim.h"

enum { TIM_PINS = 16, SMS_ENCODER_TI2 = 1, SMS_ENCODER_TI1 = 2, SMS_ENCODER_BOTH = 3, SMS_RESET = 4, SMS_GATED = 5,
    SMS_TRIGGER = 6, SMS_EXTERNAL = 7, TS_TI1_BOTH = 4, TS_TI1 = 5, TS_TI2 = 6, TS_ETR = 7 };
enum tim_pin_kind { TIM_PIN_NONE, TIM_PIN_CHANNEL, TIM_PIN_COMPLEMENT, TIM_PIN_BREAK, TIM_PIN_ETR };

struct tim_pin {
    struct tim *tim;
    struct gpio *gpio;
    uint8_t kind, channel; // enum tim_pin_kind; channel from 0
    bool listening;
    struct listener ear;
};

struct tim {
    uint8_t number, channels, bus_bit;
    bool wide, advanced, both_ways, apb2; // both_ways: counts down and centre-aligned too
    // registers as written
    uint32_t cr1, cr2, smcr, dier, sr, ccmr[2], ccer, psc, arr, rcr, ccr[TIM_CHANNELS], bdtr, dcr, or_;
    // what is in force (shadow registers), loaded at an update
    uint32_t psc_now, arr_now, rcr_now, ccr_now[TIM_CHANNELS], repeats_left;
    // counting by the internal clock: while `counting`, cycle c of the clock (freq Hz, since epoch) ends a tick when
    // (c - mark_cycle) % (psc_now + 1) == 0; at mark_cycle the phase was `phase`. Not counting: the phase stands.
    bool counting;
    uint64_t epoch, mark_cycle;
    uint32_t freq;
    // up: the count. Down: arr - count. Centre: count going up, 2 * arr - count coming down
    int64_t phase;
    uint32_t prescaled;           // external clock: edges since the last tick
    uint32_t capture_edges[TIM_CHANNELS];
    bool reference[TIM_CHANNELS]; // OCxREF of the modes that remember it
    struct event event;
    const struct tim_client *client;
    struct tim_listener *listeners;
    struct tim_pin pin[TIM_PINS];
};

// tim.c
void tim_sync(struct tim *t);      // brings phase, flags and shadow registers up to now
void tim_plan(struct tim *t);      // arms the next event
void tim_flags(struct tim *t, uint32_t flags, uint64_t times);
uint32_t tim_count(const struct tim *t);
void tim_step(struct tim *t, int by); // external clock, encoder: +1 or -1
void tim_restart(struct tim *t);   // counter to its beginning and an update, as UG
void tim_run(struct tim *t, bool on); // CEN, or the gate
uint64_t tim_lap(const struct tim *t); // ticks of a whole period
uint64_t tim_time_of(const struct tim *t, uint64_t ticks); // ns at which the phase will have gone that far, from the mark
uint64_t tim_ticks_ns(const struct tim *t, uint64_t ticks); // rounded length
// CCxS; OCxM; CCxE, CCxP, CCxNE, CCxNP of a channel
static inline unsigned tim_selection(const struct tim *t, unsigned channel) { return t->ccmr[channel / 2] >> 8 * (channel % 2) & 3; }
static inline unsigned tim_mode(const struct tim *t, unsigned channel) { return t->ccmr[channel / 2] >> (8 * (channel % 2) + 4) & 7; }
static inline unsigned tim_enables(const struct tim *t, unsigned channel) { return t->ccer >> 4 * channel & 15; }
static inline bool tim_centred(const struct tim *t) { return (t->cr1 & TIM_CR1_CMS) != 0; }
static inline bool tim_encodes(const struct tim *t) { return (t->smcr & 7) >= SMS_ENCODER_TI2 && (t->smcr & 7) <= SMS_ENCODER_BOTH; }
// an encoder's DIR only tells the direction of its last step
static inline bool tim_down(const struct tim *t) { return !tim_centred(t) && t->cr1 & TIM_CR1_DIR && !tim_encodes(t); }
// phase of the next match behind the present phase in this lap; or 0: none. Centred: first is going up, second coming down
uint64_t tim_match(const struct tim *t, unsigned channel, bool second);

uint64_t tim_match_distance(const struct tim *t, unsigned channel); // ticks to the next match, NEVER: none

// tim_pins.c
void tim_outputs(struct tim *t);   // all pins, after registers or shadow registers changed
void tim_output_match(struct tim *t, unsigned channel, uint64_t times); // compare matches of a channel
bool tim_output_waits(const struct tim *t, unsigned channel); // a match of it changes a pin
void tim_inputs(struct tim *t);    // listens to what is needed
void tim_pins_drop(struct tim *t);

#endif
