// SPDX-License-Identifier: MIT
// What the fuzz targets share: an interpreter that can touch no file, that is stopped after a short time, and that is checked after
// each case. Module os is replaced by an empty one and open() finds no file (harness.c), so that nothing a case does reaches the machine.
#ifndef TESTS_FUZZ_HARNESS_H
#define TESTS_FUZZ_HARNESS_H

#include "obj.h"

enum { HARNESS_HEAP = 256 << 10 };

extern const char *harness_board;      // profile of the cases, the desktop unless changed
extern unsigned harness_milliseconds;  // of a case before Ctrl-C is pressed, 10 unless changed
// A function of a builtin module, to be asked for inside a case.
obj_t harness_function(const char *module, const char *name);
// Starts a fresh interpreter, runs fn(data, size) under protection and a timer, checks the heap, stops the interpreter.
void harness_case(void (*fn)(const uint8_t *data, size_t size), const uint8_t *data, size_t size);
// Presses Ctrl-C (POLL_KEYBOARD) every so many milliseconds; 0: no more.
void harness_alarm(unsigned milliseconds);

#endif
