// SPDX-License-Identifier: MIT
// What lies on the desk beside the board: wires between pins, a stimulus file, a trace, and the report at the end of the run.
//
// Invariants
//  - Files are opened (and faults in them told) before the program's first instruction.
//  - The trace is whole whenever the process may die: what is kept back here is written at each new head and at the end.
//  - desk_clear() works once, whoever calls it first: the end of main, --until, or a program that exits in between.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "emu/boards/board.h"
#include "emu/chip/flash.h"
#include "emu/chip/gpio.h"
#include "emu/core/clock.h"
#include "emu/core/irq.h"
#include "emu/core/net.h"
#include "emu/core/vcd.h"
#include "emu/parts/stimulus.h"
#include "heap/heap.h"
#include "host.h"
#include "ports/unix/desk.h"
#include "ports/unix/port.h"
#include "rt.h"

// ---- trace -------------------------------------------------------------------------------------------------------------
static struct {
    int fd;
    char kept[65536];
    size_t len;
    uint64_t at; // where `kept` belongs
    bool failed;
} trace = {.fd = -1};

static void trace_put(uint64_t at, const char *text, size_t len) {
    while (len > 0 && !trace.failed) {
        ssize_t n = pwrite(trace.fd, text, len, (off_t)at);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) {
            trace.failed = true;
            fprintf(stderr, "micropython: warning: the trace ends here: %s\n", strerror(errno));
            return;
        }
        text += n;
        at += (uint64_t)n;
        len -= (size_t)n;
    }
}

static void trace_flush(void) {
    trace_put(trace.at, trace.kept, trace.len);
    trace.len = 0;
}

static void trace_write(void *data, uint64_t at, const char *text, size_t len) {
    (void)data;
    if (at != trace.at + trace.len || len > sizeof trace.kept - trace.len) trace_flush();
    if (trace.len == 0) trace.at = at;
    if (len > sizeof trace.kept) {
        trace_put(at, text, len);
        trace.at = at + len;
        return;
    }
    memcpy(trace.kept + trace.len, text, len);
    trace.len += len;
}

static int64_t heap_bytes(void) { return (int64_t)heap_used(); }
static int64_t queue_entries(void) { return (int64_t)rt.schedule_count; }

static void trace_begin(const struct board_options *o) {
    enum { NAMES = 64 };
    static const char *names[NAMES];
    static char list[1024];
    size_t n = 0;
    if (o->trace_pins) {
        snprintf(list, sizeof list, "%s", o->trace_pins);
        for (char *save, *word = strtok_r(list, ",", &save); word && n < NAMES; word = strtok_r(NULL, ",", &save)) {
            struct net *net = stimulus_net(word);
            if (!net) usage_fail("no pin to trace", word, "see docs/boards.md for their names");
            names[n++] = net->name;
        }
    }
    trace.fd = open(o->trace, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (trace.fd < 0) usage_fail("can't write the trace", o->trace, strerror(errno));
    struct vcd_out out = {trace_write, heap_bytes, queue_entries, NULL};
    vcd_start(&out, board_current->title, names, n);
}

// ---- wires and stimuli ------------------------------------------------------------------------------------------------------
static void wire_solder(const char *text) { // "X1=X2"
    char a[32];
    const char *sign = strchr(text, '=');
    if (!sign || (size_t)(sign - text) >= sizeof a) usage_fail("not a wire", text, "write --wire X1=X2");
    memcpy(a, text, (size_t)(sign - text));
    a[sign - text] = 0;
    struct net *one = stimulus_net(a), *other = stimulus_net(sign + 1);
    if (!one || !other) usage_fail("no such pin", one ? sign + 1 : a, "docs/boards.md names them");
    net_join(one, other);
}

static void stimulus_begin(const char *path) {
    size_t len;
    int code = 0;
    char error[200];
    char *text = host_read_file(path, &len, &code);
    if (!text) usage_fail("can't read the stimulus file", path, strerror(code));
    bool good = stimulus_start(text, len, error, sizeof error);
    host_free(text);
    if (!good) usage_fail("stimulus file", path, error);
}

// ---- report -----------------------------------------------------------------------------------------------------------------
unsigned report_parse(const char *words) {
    static const struct {
        const char *word;
        unsigned bit;
    } known[] = {{"irq", REPORT_IRQ}, {"pins", REPORT_PINS}, {"time", REPORT_TIME}, {"latency", REPORT_LATENCY},
                 {"all", REPORT_IRQ | REPORT_PINS | REPORT_TIME | REPORT_LATENCY}};
    enum { WORDS = sizeof known / sizeof *known };
    unsigned bits = 0;
    while (*words) {
        size_t len = strcspn(words, ","), i = 0;
        while (i < WORDS && !(strlen(known[i].word) == len && strncmp(known[i].word, words, len) == 0)) i++;
        if (i == WORDS) return 0;
        bits |= known[i].bit;
        words += len + (words[len] == ',');
    }
    return bits;
}

static void report_irqs(void) {
    fprintf(stderr, "interrupt             taken       lost  latency us: mean       most   handler us: most\n");
    for (struct irq_line *l = irq_lines(); l; l = l->next)
        if (l->taken || l->merged)
            fprintf(stderr, "%-16s %10llu %10llu %17.1f %10.1f %18.1f\n", l->name, (unsigned long long)l->taken,
                    (unsigned long long)l->merged, l->taken ? (double)l->latency_sum / (double)l->taken / 1e3 : 0.0,
                    (double)l->latency_max / 1e3, (double)l->busy_max / 1e3);
}

// One line for each power of two of nanoseconds that occurred, with a bar of at most 40 signs.
static void report_latency(void) {
    for (struct irq_line *l = irq_lines(); l; l = l->next) {
        static const char bar[] = "########################################";
        uint32_t most = 0;
        for (int k = 0; k < IRQ_LATENCY_STEPS; k++)
            if (l->latency[k] > most) most = l->latency[k];
        if (most == 0) continue;
        fprintf(stderr, "latency of %s, us from .. to below\n", l->name);
        for (int k = 0; k < IRQ_LATENCY_STEPS; k++)
            if (l->latency[k])
                fprintf(stderr, "%12.3f .. %12.3f %10u %.*s\n", k ? (double)(UINT64_C(1) << k) / 1e3 : 0.0,
                        (double)(UINT64_C(2) << k) / 1e3, (unsigned)l->latency[k],
                        (int)(((uint64_t)l->latency[k] * (sizeof bar - 1) + most - 1) / most), bar);
    }
}

static void report_pins(void) {
    static const char *const modes[] = {"in", "out", "open drain", "alt", "alt open drain", "analogue"};
    double now = (double)clock_now();
    fprintf(stderr, "pin      chip     mode            level      edges   high %%   shorts  floating reads\n");
    for (struct gpio *g = gpio_first(); g; g = g->next) {
        struct net *net = net_root(g->net);
        uint64_t edges = net_edges(net);
        if (g->mode == GPIO_INPUT && edges == 0 && net->float_reads == 0 && net->short_count == 0) continue;
        fprintf(stderr, "%-8s %-8s %-15s %5d %10llu %8.2f %8llu %15llu\n", g->net->name, g->name, modes[g->mode], net_level(net),
                (unsigned long long)edges, now > 0 ? (double)net_high_ns(net) / now * 100 : 0.0, (unsigned long long)net->short_count,
                (unsigned long long)net->float_reads);
    }
}

static void report_show(unsigned bits) {
    console_flush();
    if (bits & REPORT_TIME) {
        fprintf(stderr, "board time %.6f s (%s clock)\n", (double)clock_now() / 1e9,
                clock_mode_get() == CLOCK_VIRTUAL ? "virtual" : "real");
    }
    if (bits & REPORT_IRQ) report_irqs();
    if (bits & REPORT_LATENCY) report_latency();
    if (bits & REPORT_PINS) report_pins();
}

// ---- the desk ------------------------------------------------------------------------------------------------------------------
static bool cleared = true;

void desk_set_up(const struct board_options *o) {
    cleared = false;
    flash_set_up(o);
    uart_set_up(o);
    for (int i = 0; i < o->n_wires; i++) wire_solder(o->wires[i]);
    if (o->trace) trace_begin(o);
    if (o->stimulus) stimulus_begin(o->stimulus);
}

void desk_clear(const struct board_options *o) {
    if (cleared) return;
    cleared = true;
    storage_sync();
    if (o->report) report_show(o->report);
    if (trace.fd >= 0) {
        vcd_stop();
        trace_flush();
        close(trace.fd);
        trace.fd = -1;
    }
}
