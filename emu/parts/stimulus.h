// SPDX-License-Identifier: MIT
// What happens to the board from outside, at given times: read from a small text format or from a value change dump.
//
// One line each:   TIME WHAT
//   10ms  X1 = 1           a strong level: 0 or 1; Z lets go; up, down: a resistor
//   20ms  X19 = 1.65V      an analogue level
//   30ms  press USR        buttons and switches of the board, by name; release USR
//   40ms  turn POT 0.25    knobs, 0 to 1
//   50ms  uart 1 "hi\r\n"  bytes into the receiver of a UART (escapes of C)
//   +5ms  X1 = 0           + counts from the line before
// # begins a comment. Times: a number and ns, us, ms, s, m or h. Order in the file does not matter, but for lines of the same time.
#ifndef EMU_PARTS_STIMULUS_H
#define EMU_PARTS_STIMULUS_H

#include "emu/core/net.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { STIMULUS_NAME_ROOM = 24 };

// Actions that are not a level on a net; set by whoever has such parts. Return false: there is none of that name.
struct stimulus_actions {
    bool (*press)(const char *name, bool down);
    bool (*turn)(const char *name, double value);
    bool (*uart)(const char *name, const uint8_t *data, size_t len);
};
extern struct stimulus_actions stimulus_actions;

// Reads text (a VCD when it begins with $) and arms its first entry. False: error says what is wrong, with the line.
bool stimulus_start(const char *text, size_t len, char *error, size_t room);
void stimulus_stop(void); // forgets what has not happened yet, lets go of its nets
// The net that a person means by this name: board pin, chip pin, or a net by its own name; NULL.
struct net *stimulus_net(const char *name);
// Drives a net from outside, as a lab supply or a wire does: "0", "1", "Z", "up", "down", "1.65V". False: not understood.
bool stimulus_drive(struct net *net, const char *value);
void stimulus_drive_wave(struct net *net, const struct wave *wave);

#endif
