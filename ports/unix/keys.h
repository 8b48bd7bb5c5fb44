// SPDX-License-Identifier: MIT
// What is typed into the console of the panel: a second terminal beside standard input, and what both of them do to keys.
#ifndef PORTS_UNIX_KEYS_H
#define PORTS_UNIX_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

bool keys_stdin_is_nothing(void); // closed, or the null device: the panel's console can be standard input itself
bool keys_open(bool device);      // device: its serial line hears what is typed. False: the host has no pseudo-terminal
void keys_close(void);            // standard input is what it was; a program that still reads the console finds its end
bool keys_are_open(void);
// The person typed: returns how many bytes were taken, the rest comes again later. What is echoed goes to host_console_tap.
size_t keys_put(const char *bytes, size_t n);

// Standard input as a whole: 0 and, when both are terminals, the console of the panel.
int keys_watch(void);             // a descriptor that is readable when either is
int keys_input(void);             // the one to read from now
void keys_heard(int fd, const void *bytes, size_t n); // these were read from it: what a terminal has shown the panel shows too

bool keys_raw(void);              // each key as it is, on standard input and on the console; false: standard input is no terminal
void keys_signals(bool on);       // meanwhile Ctrl-C is a signal all the same: code of the user runs
void keys_cooked(void);           // as they were found

#endif
