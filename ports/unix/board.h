// SPDX-License-Identifier: MIT
// The board on this host: from options to a powered board, and back.
#ifndef PORTS_UNIX_BOARD_H
#define PORTS_UNIX_BOARD_H

#include <stdbool.h>
#include <stdint.h>

enum report { REPORT_IRQ = 1, REPORT_PINS = 2, REPORT_TIME = 4, REPORT_LATENCY = 8 };
enum { WIRES_MAX = 64, FLASH_FAULTS_MAX = 16, UARTS_MAX = 8 };

struct board_options {
    const char *trace, *trace_pins; // --trace FILE, --trace-pins LIST; NULL: none, all
    const char *stimulus;           // --stimulus FILE
    const char *wires[WIRES_MAX];   // --wire A=B
    int n_wires;
    const char *flash;              // --flash FILE; NULL: in memory
    const char *flash_faults[FLASH_FAULTS_MAX]; // --flash-fault=WHAT
    int n_flash_faults;
    const char *uarts[UARTS_MAX];   // --uart N=WHERE
    int n_uarts;
    unsigned report; // enum report: --report
    bool is_virtual; // --clock=virtual
    bool strict;     // --strict
    bool power;      // power it in any case: a panel shows it
    uint64_t until;  // --until: ns since power-on, 0: no end
};

bool board_name_is_file(const char *name); // of --board: a path, not a name
// Reads the board that --board names (exit 2 when it is at fault). Returns the name of its memory profile.
const char *board_load(const char *name);
// after rt_start(); powers it when the options ask for it, else a module will; `options` must stay
void board_start(const struct board_options *options);
// a soft reset: before rt_stop(), and after rt_start()
void board_pause(void);
void board_resume(void);
void board_exit_soon(void); // raises SystemExit at the next poll
void board_clock_hold(uint64_t ns); // the real clock stood still for so long
bool duration_read(const char *text, uint64_t *ns); // "10ms"; options.c
// The program has come to its end, but the board lives on, as at a board's prompt: until --until, or, when functions wait for interrupts,
// as long as the panel shows it. May raise (Ctrl-C).
void board_linger(void);
void board_end(void);                                   // before rt_stop()

#endif
