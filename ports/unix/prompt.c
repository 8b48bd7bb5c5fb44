// SPDX-License-Identifier: MIT
// The prompt of the desktop: which one it is, its history file, and the plain one for input that is no terminal.
//
// Invariants
//  - GNU readline needs a terminal that can move its cursor and says how wide it is; any other terminal gets the built-in editor, which is
//    the one of a device. MICROPYTHON_EDITOR=builtin asks for that one everywhere.
//  - With a window of the panel it is the built-in editor, which can be typed into in two places.
//  - Without a terminal, input is read byte by byte, so that nothing is taken away from a program that reads standard input itself.
//  - A statement goes into the history file before it runs: one that ends the process is there too. The file keeps HISTORY_MOST statements.
#define _GNU_SOURCE
#include "ports/unix/prompt.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "heap/heap.h"
#include "host.h"
#include "modules/stream.h"
#include "objects/types.h"
#include "ports/unix/keys.h"
#include "ports/unix/port.h"
#include "repl/history.h"
#include "rt.h"
#include "run/raise.h"
#include "run/vm.h"
#include "run/wait.h"
#include "syntax/parser.h"

static const char help[] = "Type \"help()\" for more information.\n";
static const char further[] = "... ";
enum { FURTHER = sizeof further - 1 };

// ---- running ---------------------------------------------------------------------------------------------------------------
struct program {
    const char *data;
    size_t len;
    int input;
};

static void program_run(void *data) {
    struct program *t = data;
    run_text(t->data, t->len, "<stdin>", t->input);
}

bool prompt_text_run(const char *text, size_t len, int input, int *status) {
    struct program t = {text, len, input};
    obj_t exception;
    return !repl_run(program_run, &t, &exception) && exit_or_report(exception, status);
}

// ---- the history file ------------------------------------------------------------------------------------------------------------
static bool history_path(char path[4096]) {
    const char *home = getenv("HOME");
    struct stat st;
    if (!home || !*home || snprintf(path, 4096, "%s/.micropython.history", home) >= 4096) return false;
    return stat(path, &st) != 0 || S_ISREG(st.st_mode); // a pipe would be waited for
}

// From the first statement that is to be kept on: HISTORY_MOST back from the end.
static const char *history_tail(const char *text, size_t len) {
    size_t statements = 0;
    const char *at = text + len;
    while (at > text) {
        const char *line = at - 1;
        while (line > text && line[-1] != '\n') line--;
        if (strncmp(line, further, FURTHER) != 0 && ++statements > HISTORY_MOST) return at;
        at = line;
    }
    return text;
}

static void history_trim(const char *path, const char *tail) {
    char other[4096 + 8];
    snprintf(other, sizeof other, "%s.new", path);
    FILE *f = fopen(other, "w");
    if (!f) return;
    fputs(tail, f);
    if (fclose(f) == 0) rename(other, path);
}

void history_file_load(void (*entry)(const char *text)) {
    char path[4096];
    size_t len;
    int error;
    char *text = history_path(path) ? host_read_file(path, &len, &error) : NULL;
    if (!text) return;
    const char *tail = history_tail(text, len);
    if (tail > text) history_trim(path, tail);
    char *statement = host_alloc(len + 1);
    while (*tail) {
        size_t used = 0;
        do {
            size_t n = strcspn(tail, "\n"), skip = used > 0 ? FURTHER : 0;
            if (used > 0) statement[used++] = '\n';
            memcpy(statement + used, tail + skip, n - skip);
            used += n - skip;
            tail += n + (tail[n] == '\n');
        } while (strncmp(tail, further, FURTHER) == 0);
        statement[used] = 0;
        if (used > 0) entry(statement);
    }
    host_free(statement);
    host_free(text);
}

void history_file_add(const char *text, size_t len) {
    static char last[4096];
    char path[4096];
    while (len > 0 && (text[len - 1] == '\n' || text[len - 1] == ' ')) len--;
    if (len == 0 || memchr(text, 0, len) || !history_path(path)) return;
    if (len < sizeof last && strlen(last) == len && memcmp(last, text, len) == 0) return;
    snprintf(last, sizeof last, "%.*s", (int)(len < sizeof last ? len : 0), text);
    FILE *f = fopen(path, "a");
    if (!f) return;
    for (size_t i = 0; i < len; i++) {
        putc(text[i], f);
        if (text[i] == '\n') fputs(further, f);
    }
    putc('\n', f);
    fclose(f);
}

// ---- input that is no terminal ----------------------------------------------------------------------------------------------------
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

// The board lives on meanwhile: somebody looks at it.
static void input_wait(void *unused) {
    (void)unused;
    wait_ready_one(keys_watch(), STREAM_READABLE, -1);
}

static enum line_result line_read(struct input *in) {
    size_t start = in->len;
    console_flush();
    for (;;) {
        char c;
        obj_t exception;
        if (keys_are_open() && !protect(input_wait, NULL, &exception)) {
            if (exception_matches(exception, OBJ_PTR(&type_KeyboardInterrupt))) return LINE_INTERRUPTED;
            exception_show(exception);
            continue;
        }
        ssize_t n = read(keys_input(), &c, 1);
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

// Reads one statement of any number of lines.
static enum line_result statement_read(struct input *in) {
    prompt_write(Q_ps1);
    for (;;) {
        enum line_result r = line_read(in);
        if (r == LINE_END && in->len > 0) return LINE_OK; // the last one, without its end of line
        if (r != LINE_OK) return r;
        size_t whole = in->len > 0 && in->text[in->len - 1] == '\n' ? in->len - 1 : in->len;
        if (!parse_needs_more(in->text, whole)) return LINE_OK;
        prompt_write(Q_ps2);
    }
}

static int prompt_plain(void) {
    int status = 0;
    struct input in = {NULL, 0, 0};
    banner_write();
    host_write(1, help, sizeof help - 1);
    for (;;) {
        in.len = 0;
        enum line_result r = statement_read(&in);
        if (r == LINE_END) break;
        if (r == LINE_OK && prompt_text_run(in.text, in.len, PARSE_SINGLE, &status)) {
            host_free(in.text);
            return status;
        }
        if (r == LINE_INTERRUPTED) host_write(1, "\n", 1);
    }
    host_write(1, "\n", 1);
    host_free(in.text);
    return 0;
}

// ---- which one -----------------------------------------------------------------------------------------------------------------------
// Both libraries fail in windows of a size that nobody has.
bool terminal_has_cursor(int fd) {
    enum { NARROWEST = 8, WIDEST = 4000 };
    struct winsize size;
    const char *name = getenv("TERM");
    if (!name || !*name || strcmp(name, "dumb") == 0 || ioctl(fd, TIOCGWINSZ, &size) != 0) return false;
    return size.ws_col >= NARROWEST && size.ws_col <= WIDEST && size.ws_row <= WIDEST;
}

int prompt_run(void) {
    int status = 0;
    const char *wanted = getenv("MICROPYTHON_EDITOR");
    if (!console_is_tty(0)) return prompt_plain();
    bool builtin = panel_is_open() || (wanted && strcmp(wanted, "builtin") == 0) || !console_is_tty(1) || !terminal_has_cursor(0);
    if (!builtin && prompt_readline && prompt_readline(&status)) return status;
    return prompt_editor(REPL_FRIENDLY, true);
}
