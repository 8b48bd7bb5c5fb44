// SPDX-License-Identifier: MIT
// Simple parts: LED, button, switch, potentiometer, reset button. State only; a picture reads it.
#ifndef EMU_PARTS_PART_H
#define EMU_PARTS_PART_H

#include "emu/boards/board.h"
#include "emu/core/net.h"

enum part_kind { PART_LED, PART_BUTTON, PART_SWITCH, PART_POTENTIOMETER, PART_RESET, PART_OTHER };
enum { PART_NAME_ROOM = 24 };

struct part {
    enum part_kind kind;
    char name[PART_NAME_ROOM];
    const struct board_part *place; // NULL: not soldered to the board
    struct net *net;                // NULL: none
    bool active_low;                // LED: lit by a low level; button: closes to ground
    bool down;                      // button, switch: what the hand does
    double value;                   // potentiometer: 0 to 1
    // bouncing contact: `edges` further edges within `bounce_ns` after each change of `down`, at times that follow from `seed`
    unsigned edges, edges_left;
    uint64_t bounce_ns, bounce_end;
    uint64_t seed;
    bool contact;                   // closed now
    struct pad pad;
    struct event event;
    uint64_t seen_at, seen_high;    // LED: last look of part_duty()
    double duty;
    struct part *next;              // in order of making
};

void parts_build(const struct board *board); // those of the board, after board_build(); unknown kinds are PART_OTHER
void parts_reset(void);                      // forgets (frees) all parts
struct part *part_make(enum part_kind kind, const char *name, struct net *net, bool active_low);
struct part *part_find(const char *name);    // NULL
struct part *part_first(void);
bool part_press(const char *name, bool down);   // button, switch, reset button; false: there is none of that name
bool part_turn(const char *name, double value); // potentiometer, 0 to 1
void part_bounce(struct part *p, unsigned edges, uint64_t ns); // 0 edges: a clean contact, as parts are made
bool led_lit(const struct part *p);          // now
double led_duty(struct part *p);             // share of the time that it was lit since the last call (or its making)

#endif
