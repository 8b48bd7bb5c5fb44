// SPDX-License-Identifier: MIT
// The door between the emulated computer and the program around it; texts for the person in front of it.
//
// Invariants
//  - Nothing in emu/ (emu/modules apart) allocates, prints, waits or asks for the time but through *emu_host.
//  - A text is shown once for each power-on; how often it would have been is counted by severity.
#include "emu/core/host.h"
#include "emu/core/clock.h"
#include "emu/core/irq.h"
#include "emu/core/net.h"
#include "emu/core/trace.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const struct emu_host *emu_host;

struct told { // a text that was shown
    struct told *next;
    char text[];
};
static struct told *told;
static uint32_t counts[EMU_FAULT + 1];

void *emu_new(size_t bytes) { return emu_host->resize(NULL, bytes); }

void emu_free(void *p) {
    if (p) emu_host->resize(p, 0);
}

void emu_report(enum emu_severity severity, const char *format, ...) {
    char text[400];
    va_list list;
    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    counts[severity]++;
    for (struct told *t = told; t; t = t->next)
        if (strcmp(t->text, text) == 0) return;
    struct told *t = emu_new(sizeof *t + strlen(text) + 1);
    strcpy(t->text, text);
    t->next = told;
    told = t;
    emu_host->report(severity, text);
}

uint32_t emu_reports(enum emu_severity severity) { return counts[severity]; }

static void told_forget(void) {
    while (told) {
        struct told *next = told->next;
        emu_free(told);
        told = next;
    }
    memset(counts, 0, sizeof counts);
}

void emu_open(const struct emu_host *host) { emu_host = host; }

void emu_start(void) {
    told_forget();
    clock_reset();
    irq_reset();
    net_reset();
    trace_reset();
}

static struct emu_unit *units;

void emu_unit_add(struct emu_unit *unit) {
    if (unit->known) return;
    unit->known = true;
    unit->next = units;
    units = unit;
}

void emu_units_stop(void) {
    while (units) {
        struct emu_unit *unit = units;
        units = unit->next;
        unit->known = false;
        unit->stop();
    }
}

void emu_stop(void) {
    emu_units_stop();
    trace_reset();
    net_reset();
    irq_reset();
    clock_reset();
    told_forget();
}
