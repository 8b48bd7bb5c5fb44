// SPDX-License-Identifier: MIT
// The prompt: lines in, statements run, values shown.
//
// Invariants
//  - Input is read byte by byte, so that nothing is taken away from a program that reads standard input itself. The terminal's own
//    line editing does the rest.
//  - A statement is handed on when parse_needs_more() says that it is whole. Its text stays in place while it runs.
//  - Ctrl-C gives up the statement being typed, or interrupts the one that runs; Ctrl-D at the start of a line ends the program.
#define _GNU_SOURCE
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "heap/heap.h"
#include "host.h"
#include "objects/str.h"
#include "objects/types.h"
#include "port.h"
#include "rt.h"
#include "run/raise.h"
#include "run/vm.h"
#include "syntax/parser.h"

struct input {
    char *text;
    size_t len, room;
};
enum line_result { LINE_OK, LINE_END, LINE_INTERRUPTED };

static void input_add(struct input *in, char c) {
    if (in->len + 1 >= in->room) in->text = host_resize(in->text, in->room = in->room * 2 + 128);
    in->text[in->len++] = c;
    in->text[in->len] = 0;
}

static enum line_result line_read(struct input *in) {
    size_t start = in->len;
    console_flush();
    for (;;) {
        char c;
        ssize_t n = read(0, &c, 1);
        if (n < 0 && errno == EINTR) {
            if (!(rt.poll & POLL_KEYBOARD)) continue;
            rt.poll &= ~POLL_KEYBOARD;
            return LINE_INTERRUPTED;
        }
        if (n <= 0) return in->len == start ? LINE_END : LINE_OK;
        input_add(in, c);
        if (c == '\n') return LINE_OK;
    }
}

static void prompt_show(qstr_t name, const char *fallback) {
    obj_t pair[2] = {OBJ_NULL, OBJ_NULL};
    obj_t sys = import_builtin(Q_sys);
    if (sys) obj_load_method_maybe(sys, name, pair);
    struct printer p = printer_stdout;
    if (pair[0]) obj_print(&p, pair[0], PRINT_STR);
    else print_text(&p, fallback);
    console_flush();
}

static void first_prompt_show(void *unused) {
    (void)unused;
    prompt_show(Q_ps1, ">>> ");
}

static void next_prompt_show(void *unused) {
    (void)unused;
    prompt_show(Q_ps2, "... ");
}

static void text_run(void *data) {
    struct input *in = data;
    run_text(in->text, in->len, "<stdin>", PARSE_SINGLE);
}

// Reads one statement of any number of lines.
static enum line_result statement_read(struct input *in) {
    protect(first_prompt_show, NULL, NULL);
    for (;;) {
        enum line_result r = line_read(in);
        if (r == LINE_END && in->len > 0) return LINE_OK; // the last one, without its end of line
        if (r != LINE_OK) return r;
        size_t whole = in->len > 0 && in->text[in->len - 1] == '\n' ? in->len - 1 : in->len;
        if (!parse_needs_more(in->text, whole)) return LINE_OK;
        protect(next_prompt_show, NULL, NULL);
    }
}

int prompt_run(void) {
    static const char help[] = "Type \"help()\" for more information.\n";
    int status = 0;
    struct input in = {NULL, 0, 0};
    banner_write();
    host_write(1, help, sizeof(help) - 1);
    for (;;) {
        in.len = 0;
        enum line_result r = statement_read(&in);
        if (r == LINE_END) break;
        if (r == LINE_INTERRUPTED) {
            host_write(1, "\n", 1);
            continue;
        }
        obj_t exception;
        if (!protect(text_run, &in, &exception) && exit_or_report(exception, &status)) {
            host_free(in.text);
            return status;
        }
    }
    host_write(1, "\n", 1);
    host_free(in.text);
    return 0;
}
