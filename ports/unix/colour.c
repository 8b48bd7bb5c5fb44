// SPDX-License-Identifier: MIT
// Tracebacks on standard error: in colour where that is a terminal that has colours and nobody set NO_COLOR.
//
// The lines that say where keep the terminal's colour; the line that says what went wrong is red, its exception bold.
#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>

#include "objects/types.h"
#include "ports/unix/port.h"
#include "run/raise.h"

struct painter {
    bool line_begins, red, bold;
};

static bool colours_wanted(void) {
    static const char *const with[] = {
        "color", "xterm", "screen", "tmux", "rxvt", "linux", "ansi", "vt220", "konsole", "kitty", "alacritty", "foot"};
    const char *no = getenv("NO_COLOR"), *name = getenv("TERM");
    if ((no && *no) || !console_is_tty(2) || !terminal_has_cursor(2)) return false;
    for (size_t i = 0; i < sizeof with / sizeof *with; i++)
        if (strstr(name, with[i])) return true;
    return false;
}

static void paint(void *data, const char *text, size_t len) {
    struct painter *p = data;
    for (size_t i = 0; i < len; i++) {
        char c = text[i];
        if (p->line_begins && c != ' ' && !(c == 'T' && len - i > 9 && memcmp(text + i, "Traceback", 9) == 0)) {
            print_text(&printer_stderr, "\033[1;31m");
            p->red = p->bold = true;
        }
        p->line_begins = c == '\n';
        if (p->bold && c == ':') {
            print_text(&printer_stderr, "\033[0;31m");
            p->bold = false;
        }
        if (p->red && c == '\n') {
            print_text(&printer_stderr, "\033[0m");
            p->red = p->bold = false;
        }
        print_bytes(&printer_stderr, &c, 1);
    }
}

void exception_show(uintptr_t exception) {
    struct painter painter = {.line_begins = true};
    struct printer plain = printer_stderr, coloured = {&painter, paint};
    exception_print(colours_wanted() ? &coloured : &plain, exception);
}
