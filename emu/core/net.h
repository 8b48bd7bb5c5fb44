// SPDX-License-Identifier: MIT
// Nets: pieces of wire. Pads (of chip pins and of parts) drive them, listeners hear of their edges.
//
// The level of a net is that of its strongest driver: strong, then pulls, then nothing. Two strong drivers that disagree are a short (the
// level is then that of the one that changed last); a net that nobody drives is floating and keeps its last level.
// A driver that changes by itself (PWM, a waveform generator, a byte on a bus) is a `struct wave`: its level is computed from the time, and
// single edges cost events only while somebody listens to them.
#ifndef EMU_CORE_NET_H
#define EMU_CORE_NET_H

#include "emu/core/clock.h"
#include <stdbool.h>
#include <stdint.h>

enum drive {
    DRIVE_NONE,      // high impedance
    DRIVE_PULL_DOWN, // about 40 kOhm
    DRIVE_PULL_UP,
    DRIVE_ANALOGUE,  // a source with some resistance: a potentiometer, a DAC; `volts` counts. A strong driver wins over it
    DRIVE_LOW,
    DRIVE_HIGH,
    DRIVE_WAVE       // strong, changes by itself
};
enum { NET_NAME_ROOM = 24, WAVE_SLOTS = 192 };
#define NET_SUPPLY 3.3 // volts of a high level; a level is high from half of it

// slots 0, periodic: high from `start` for `high` ns, then low for the rest of `period`, and so on. high 0: always low; >= period: always
// high. slots > 0, a pattern that happens once: from `start` on, `slots` levels in `period` ns; before: `inverted`; after: the last.
struct wave {
    uint64_t start, period, high;
    bool inverted;
    uint16_t slots;               // at most WAVE_SLOTS
    uint8_t bits[WAVE_SLOTS / 8]; // slot i is bit i % 8 of byte i / 8
};
static inline bool wave_slot(const struct wave *w, unsigned i) { return w->bits[i / 8] >> i % 8 & 1; }
static inline void wave_slot_set(struct wave *w, unsigned i, bool level) { // for patterns under construction, from zeros
    if (level) w->bits[i / 8] |= (uint8_t)(1 << i % 8);
}
bool wave_level(const struct wave *w, uint64_t at);

struct pad {         // one connection to a net; owned by the pin or part
    const char *name; // "X1", "LED(1)", "button S1": for reports
    struct net *net;
    enum drive drive;
    bool open_drain;  // a wave's high is let go: who drives low makes it low
    double volts;     // DRIVE_ANALOGUE
    struct wave wave; // DRIVE_WAVE
    struct pad *next; // of the same net
};

// An edge: level is the new one; the time is clock_now(). May drive nets (also this one) and arm events.
struct listener {
    void (*edge)(void *data, struct net *net, bool level);
    void *data;
    struct listener *next;
    // May be NULL. A pattern begins to drive the net: true when its end is all that counts, and its edges need not be told. Drives nothing.
    bool (*pattern)(void *data, struct net *net, const struct wave *wave);
    bool skips; // owned by net.c: the pattern that drives now is not told
};

struct net {
    char name[NET_NAME_ROOM];
    bool level;          // at the last change of a driver; net_level() for now
    bool told;           // the level that listeners and traces heard last
    bool floating, shorted;
    double volts;
    struct pad *pads;
    struct listener *listeners;
    struct event wave_event; // the next edge of a wave that somebody listens to
    uint64_t edges;      // counted so far, without those of the current wave: net_edges()
    uint64_t changed_at; // time of the last edge
    uint64_t high_ns;    // time spent high until changed_at
    uint64_t short_count, float_reads;
    struct net *joined;  // this net was soldered to that one, which now has all of its pads
    struct net *next;    // all nets, in order of making
    uint32_t number;     // in that order, from 0
    void *trace;         // owned by trace.c
};

void net_reset(void);                        // forgets all nets (frees them); pads keep dangling pointers, so their owners reset too
struct net *net_make(const char *name);      // the net of that name, made when new
struct net *net_find(const char *name);      // NULL: none
struct net *net_first(void);                 // all of them (joined ones included: skip where ->joined)
struct net *net_root(struct net *net);       // the net that a joined one became part of
void net_join(struct net *a, struct net *b); // solders them together, for good: drivers and listeners of b move to a
void pad_attach(struct pad *pad, struct net *net); // with drive as it is; moves it when it was elsewhere
void pad_detach(struct pad *pad);
void pad_drive(struct pad *pad, enum drive drive);      // not ANALOGUE, not WAVE
void pad_drive_volts(struct pad *pad, double volts);
void pad_drive_wave(struct pad *pad, const struct wave *wave); // period > 0
void net_listen(struct net *net, struct listener *listener);
void net_unlisten(struct net *net, struct listener *listener); // not there: nothing
bool net_level(struct net *net);             // digital level now, without a report
bool net_level_at(struct net *net, uint64_t at); // as the drivers of now will make it
bool net_watched(struct net *net);           // somebody hears each edge of a wave
bool net_read(struct net *net);              // as a pin reads it: a floating net is reported (EMU_FAULT)
double net_volts(struct net *net);           // analogue level now
uint64_t net_edges(struct net *net);         // edges since power-on, waves included
uint64_t net_high_ns(struct net *net);       // ns spent high since power-on; two samples give the duty in between
const struct pad *net_driver(struct net *net); // the one that decides, NULL: floating
uint64_t net_float_and_short_count(void);

#endif
