// SPDX-License-Identifier: MIT
// What the files of the Unix port share: the command line, the console, the prompt.
//
// Invariants
//  - Bytes for descriptor 1 go through host_write(), which keeps an unfinished line back when the output is no terminal. Whoever
//    hands descriptor 1 to somebody else (a child process, a C library, a fork) calls console_flush() first.
//  - struct options is filled once, before the interpreter starts, and never changes afterwards.
#ifndef PORTS_UNIX_PORT_H
#define PORTS_UNIX_PORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ports/unix/board.h"
#include "ports/unix/panel_link.h"

enum run_mode { RUN_DEVICE, RUN_PROMPT, RUN_STDIN, RUN_COMMAND, RUN_MODULE, RUN_FILE, RUN_RAW_REPL };

struct options {
    enum run_mode mode;
    const char *subject;  // command text, module name or file path; NULL for RUN_PROMPT and RUN_STDIN
    const char *argv0;    // what sys.argv begins with when the subject does not; NULL: no such item
    int n_args;           // what follows the subject on the command line
    char **args;
    const char *board;    // --board, or NULL for the desktop
    size_t heap_size;     // bytes of the profile's heap; 0: as the profile says
    int optimise, verbose;
    bool inspect;         // -i or MICROPYINSPECT
    bool compile_only;    // -X compile-only
    bool native;          // -X emit=native
    bool realtime;        // -X realtime
    bool settrace;        // -X settrace
    long fail_at;         // -X fail-at=N, or -1
    const char *serial, *link, *fs; // --device: --serial, --link, --fs; NULL: not given
    struct board_options desk;
    struct panel_options panel;
    char **argv;          // all of main's
};

// Reads the command line. Prints and exits by itself for -h, --version, --list-boards (0) and for errors (2).
void options_parse(struct options *o, int argc, char **argv);
_Noreturn void usage_fail(const char *what, const char *subject, const char *advice); // `micropython: what 'subject': advice`, exit 2
void banner_write(void); // `MicroPython v1.28.0 on 2026-08-01; breadboard version`

uint64_t host_ns(void);         // the host's monotonic clock, whatever time the board lives in; safe in a signal handler

void console_flush(void);       // writes out what host_write() kept back
bool console_is_tty(int fd);
void console_start(void);       // Ctrl-C sets rt.poll

extern void (*host_console_tap)(int fd, const char *data, uint64_t len); // hears what host_write() writes; may be NULL

// Another clock in place of the host's (the board's virtual one); NULL, or false: the host's is meant.
extern bool (*host_virtual_ticks)(uint64_t *us);
extern bool (*host_virtual_sleep)(uint64_t us);
extern int64_t (*host_board_time)(void); // the calendar of the board, ns since 1970; NULL: the host's

// Runs a board as a device until its line ends; returns the exit status. restart() ends the interpreter and begins it anew, with the
// board's power off in between when hard.
int device_run(const struct options *o, void (*restart)(bool hard));
// For module machine. Both end the program that runs; on the desktop the process ends.
_Noreturn void device_soft_reset(void); // raises SystemExit, which a program may catch, as on a board
_Noreturn void device_hard_reset(void); // at once: nothing of the program runs any more
void device_exit_look(uintptr_t exception); // of a script that ends by SystemExit: says so when machine.soft_reset() raised it
// Runs the prompt until Ctrl-D or sys.exit(); returns the exit status.
int prompt_run(void);
bool terminal_has_cursor(int fd);          // and says how wide it is
void exception_show(uintptr_t exception);   // on stderr, in colour on a terminal that has them
// Shows an exception on stderr, or obeys SystemExit. True: the program should end with *status.
bool exit_or_report(uintptr_t exception, int *status);

#endif
