// SPDX-License-Identifier: MIT
// What the emulated computer needs from the program around it. One record, given to emu_start(); tests give a small one of their own.
#ifndef EMU_CORE_HOST_H
#define EMU_CORE_HOST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum emu_severity { EMU_NOTE, EMU_WARNING, EMU_FAULT }; // FAULT: what --strict turns into an error

struct emu_host {
    // host memory: p NULL allocates (zeroed), bytes 0 frees; never fails (ends the program)
    void *(*resize)(void *p, size_t bytes);
    void (*report)(enum emu_severity severity, const char *text); // one line, without the line end
    void (*attention)(void);                         // an interrupt or an event waits: run irq_dispatch() soon. Safe in signal handlers
    uint64_t (*now)(void);                           // CLOCK_REAL: ns since power-on
    void (*alarm)(uint64_t at);                      // CLOCK_REAL: call attention() at this time; UINT64_MAX: never. Replaces the last one
    void (*wait)(uint64_t until);                    // CLOCK_REAL: sleeps, may return early
    uint64_t (*spent)(void);                         // CLOCK_VIRTUAL: ns that running code has taken since the last call
    void (*grant)(uint64_t ns);                      // CLOCK_VIRTUAL: running code has so long until attention() is due; UINT64_MAX: no end
};
extern const struct emu_host *emu_host;

void emu_open(const struct emu_host *host); // first of all
void emu_start(void);                       // power-on: clock at 0, no events, lines or nets
void emu_stop(void);                        // gives back what start and the units took
// A unit of the chip that holds memory or pins asks to be told when the power goes (before pins and nets do). Again: nothing.
struct emu_unit {
    void (*stop)(void); // gives its memory back and forgets its state
    struct emu_unit *next;
    bool known;
};
void emu_unit_add(struct emu_unit *unit);
void emu_units_stop(void);

void *emu_new(size_t bytes); // zeroed
void emu_free(void *p);
// printf-like. A text is reported once: the same text again is counted only.
void emu_report(enum emu_severity severity, const char *format, ...) __attribute__((format(printf, 2, 3)));
uint32_t emu_reports(enum emu_severity severity); // how many, repeated ones included

#endif
