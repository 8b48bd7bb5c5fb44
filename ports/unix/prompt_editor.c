// SPDX-License-Identifier: MIT
// The prompt of a device on the terminal of the desktop.
//
// While a line is edited the terminal hands over each key as it is (Ctrl-C is a byte); while a program runs it is as it was found. A
// program reads what was typed ahead: nothing is buffered here.
#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>

#include "host.h"
#include "objects/types.h"
#include "ports/unix/keys.h"
#include "ports/unix/port.h"
#include "ports/unix/prompt.h"
#include "repl/history.h"
#include "repl/terminal.h"
#include "rt.h"
#include "run/raise.h"

static bool marks, marked; // the terminal can mark what it pastes; it has been asked to
static struct repl repl;

// Tools that use the raw prompt see nothing of this. The console of the panel can mark it in any case.
static void marks_ask(bool on) {
    bool panel = keys_are_open() && host_console_tap;
    if ((!marks && !panel) || on == marked || repl.mode == REPL_RAW || repl.mode == REPL_RAW_PASTE) return;
    const char *text = on ? "\033[?2004h" : "\033[?2004l";
    if (marks) host_write(1, text, 8);
    else host_console_tap(1, text, 8);
    marked = on;
}

static bool editor_begins(void) {
    if (!keys_raw()) return false;
    marks_ask(true);
    return true;
}

static void editor_pauses(void) {
    marks_ask(false);
    keys_cooked();
}

static void program_runs(bool on) {
    if (on) editor_pauses();
    else editor_begins();
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
    marks = terminal_has_cursor(1);
    if (!editor_begins()) return 1;
    atexit(editor_pauses);
    history_clear();
    history_file_load(lines_add);
    terminal_guard_port = keys_signals;
    repl_start(&repl);
    enum repl_result result = REPL_MORE;
    while (result == REPL_MORE) {
        int c = next_byte();
        result = c < 0 ? REPL_END : repl_feed(&repl, (unsigned char)c);
    }
    repl_stop(&repl);
    repl.mode = REPL_FRIENDLY;
    terminal_guard_port = NULL;
    editor_pauses();
    int status = 0;
    if (result == REPL_EXIT) exit_or_report(repl.exception, &status);
    return status;
}
