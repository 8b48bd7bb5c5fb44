// SPDX-License-Identifier: MIT
// The terminal: the keyboard and the screen of the desktop, or the serial line of a device, and what os.dupterm() adds to either.
//
// Invariants
//  - What Python prints leaves through terminal_print(); on a device each \n becomes \r\n there. terminal_write() changes nothing.
//  - On a device rt.interrupt_byte, arriving while a program runs, is no input: the port sets POLL_KEYBOARD for it. At the prompt
//    rt.keyboard_interrupt is off and it is a byte like others.
//  - A duplicate that raises, or has no more to give, is dropped, with a message on the rest of the terminal.
#ifndef SRC_TERMINAL_H
#define SRC_TERMINAL_H

#include "obj.h"

void terminal_start(bool device); // once, by the port, before the interpreter starts
bool terminal_is_device(void);

void terminal_write(const char *text, size_t len);
extern const struct printer printer_terminal; // terminal_write()
void terminal_print(int fd, const char *text, size_t len); // fd: 1 or 2, which a device does not tell apart
void terminal_duplicate(const char *text, size_t len);     // to the streams of os.dupterm() only

enum { TERMINAL_NOTHING = -2, TERMINAL_GONE = -1 };
int terminal_read(void);     // the next byte, waiting; pending work runs meanwhile and may raise. TERMINAL_GONE: there is no more
int terminal_read_now(void); // without waiting: may be TERMINAL_NOTHING. A duplicate's methods may raise nothing
bool terminal_readable(void);

// Between the two calls code of the user runs although no program does (completion, prompts): Ctrl-C interrupts it. True: one came.
bool terminal_guard(bool on);
extern void (*terminal_guard_port)(bool on); // what the desktop's keyboard needs for that; NULL: nothing

obj_t terminal_stream(int fd); // sys.stdin, sys.stdout, sys.stderr of a device: 0, 1, 2

extern const struct builtin os_dupterm_fn, os_dupterm_notify_fn;

#endif
