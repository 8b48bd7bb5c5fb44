// SPDX-License-Identifier: MIT
// What the prompts of the desktop share: the one with GNU readline, the built-in one, and the one for input that is no terminal.
#ifndef PORTS_UNIX_PROMPT_H
#define PORTS_UNIX_PROMPT_H

#include "repl/repl.h"

// True: the program should end with *status.
bool prompt_text_run(const char *text, size_t len, int input, int *status); // input: enum parse_input
// ~/.micropython.history. A statement is a line; its further lines begin with `... `.
void history_file_load(void (*entry)(const char *text)); // calls entry() for each statement
void history_file_add(const char *text, size_t len);

int prompt_editor(enum repl_mode mode, bool banner); // the built-in editor, until Ctrl-D or SystemExit; returns the exit status

// With GNU readline, or what offers the same functions; *status is the exit status. False: not on such a terminal.
// Only there when the program is linked with it.
bool prompt_readline(int *status) __attribute__((weak));

#endif
