// SPDX-License-Identifier: MIT
// The prompt of a device on the terminal of the desktop.
//
// While a line is edited the terminal hands over each key as it is (Ctrl-C is a byte); while a program runs it is as it was found. A
// program reads what was typed ahead: nothing is buffered here.
#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "host.h"
#include "objects/types.h"
#include "ports/unix/port.h"
#include "ports/unix/prompt.h"
#include "repl/history.h"
#include "repl/terminal.h"
#include "rt.h"
#include "run/raise.h"

static struct termios found;
static bool changed;
static bool marks, marked; // the terminal can mark what it pastes; it has been asked to
static struct repl repl;

// Tools that use the raw prompt see nothing of this.
static void marks_ask(bool on) {
    if (!marks || on == marked || repl.mode == REPL_RAW || repl.mode == REPL_RAW_PASTE) return;
    host_write(1, on ? "\033[?2004h" : "\033[?2004l", 8);
    marked = on;
}

static void keys_raw(void) {
    struct termios t = found;
    t.c_iflag &= ~(tcflag_t)(BRKINT | ICRNL | INLCR | IGNCR | ISTRIP | IXON);
    t.c_oflag &= ~(tcflag_t)OPOST;
    t.c_lflag &= ~(tcflag_t)(ECHO | ICANON | IEXTEN | ISIG);
    t.c_cc[VMIN] = 1;
    t.c_cc[VTIME] = 0;
    console_flush();
    changed = tcsetattr(0, TCSADRAIN, &t) == 0;
    marks_ask(true);
}

static void keys_back(void) {
    marks_ask(false);
    if (changed) tcsetattr(0, TCSADRAIN, &found);
    changed = false;
}

static void program_runs(bool on) {
    if (on) keys_back();
    else keys_raw();
}

static void report(obj_t exception) {
    int status;
    exit_or_report(exception, &status);
}

static void lines_add(const char *statement) {
    for (;;) {
        size_t n = strcspn(statement, "\n");
        history_add(statement, n);
        if (!statement[n]) return;
        statement += n + 1;
    }
}

static void byte_read(void *byte) { *(int *)byte = terminal_read(); }

static int next_byte(void) {
    int c;
    obj_t exception;
    while (!protect(byte_read, &c, &exception)) {
        if (exception_matches(exception, OBJ_PTR(&type_KeyboardInterrupt))) return 3; // by a signal
        report(exception);
    }
    return c;
}

int prompt_editor(enum repl_mode mode, bool banner) {
    repl = (struct repl){.mode = mode, .lines_only = true, .report = report, .running = program_runs, .entered = history_file_add};
    repl.banner = banner ? "MicroPython v1.28.0 on 2026-04-06; breadboard version\r\nType \"help()\" for more information.\r\n" : "";
    if (tcgetattr(0, &found) != 0) return 1;
    marks = terminal_has_cursor(1);
    atexit(keys_back);
    history_clear();
    history_file_load(lines_add);
    keys_raw();
    repl_start(&repl);
    enum repl_result result = REPL_MORE;
    while (result == REPL_MORE) {
        int c = next_byte();
        result = c < 0 ? REPL_END : repl_feed(&repl, (unsigned char)c);
    }
    repl_stop(&repl);
    repl.mode = REPL_FRIENDLY;
    keys_back();
    int status = 0;
    if (result == REPL_EXIT) exit_or_report(repl.exception, &status);
    return status;
}
