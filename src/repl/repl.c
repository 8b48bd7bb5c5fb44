// SPDX-License-Identifier: MIT
// The prompt's protocols. What is written here is what a board writes, byte for byte (MicroPython's documentation, "The MicroPython
// Interactive Interpreter Mode", and observation).
//
// Raw mode: text until Ctrl-D; answer `OK`, the program's output, \x04, its traceback, \x04, `>`.
// Raw-paste mode: entered by \x05 A \x01 on an empty line; answer R \x01 and the window (WINDOW, two bytes, lower first); then \x01 each
// time the sender may send a window more (at first two are free). \x04 ends the text; a \x04 of the board acknowledges, or says that it
// takes no more, which the sender acknowledges by \x04.
#include "repl/repl.h"
#include "heap/heap.h"
#include "host.h"
#include "objects/types.h"
#include "repl/statement.h"
#include "repl/terminal.h"
#include "rt.h"
#include "run/raise.h"
#include "run/vm.h"
#include "syntax/parser.h"

enum { LINE_ROOM = 32, WINDOW = 128, PASTED_MOST = 16 << 20 };

static void say(const char *text) { terminal_write(text, strlen(text)); }

static void friendly_prompt(struct repl *r) {
    r->mode = REPL_FRIENDLY;
    editor_begin(&r->editor, &r->line);
    r->editor.prompt = Q_ps1;
    prompt_write(Q_ps1);
}

static void friendly_begin(struct repl *r) {
    text_buffer_init(&r->line, LINE_ROOM);
    say(r->banner);
    friendly_prompt(r);
}

static void raw_prompt(struct repl *r) {
    r->mode = REPL_RAW;
    r->raw.len = 0;
    r->raw_full = false;
    say(">");
}

static void raw_begin(struct repl *r) {
    text_buffer_free(&r->line);
    text_buffer_init(&r->raw, LINE_ROOM);
    say("raw REPL; CTRL-B to exit\r\n");
    raw_prompt(r);
}

// ---- running ----------------------------------------------------------------------------------------------------------------
struct program {
    const char *text;
    size_t len;
    enum parse_input input;
};

static void program_run(void *data) {
    struct program *p = data;
    run_text(p->text, p->len, "<stdin>", p->input);
}

bool repl_run(void (*fn)(void *), void *data, obj_t *exception) {
    rt.keyboard_interrupt = true;
    rt.interrupt_byte = 3;
    host_typed_look();
    bool fine = protect(fn, data, exception);
    rt.keyboard_interrupt = !terminal_is_device();
    __atomic_fetch_and(&rt.poll, ~POLL_KEYBOARD, __ATOMIC_SEQ_CST); // one that came too late
    while (heap_locked()) heap_unlock();
    return fine;
}

static bool blank(const char *text, size_t len) {
    for (size_t i = 0; i < len; i++)
        if (text[i] != ' ' && text[i] != '\n') return false;
    return true;
}

// True: it asked for the end.
static bool friendly_program(struct repl *r, struct program p) {
    obj_t exception;
    if (repl_run(program_run, &p, &exception)) return false;
    if (!exception_matches(exception, OBJ_PTR(&type_SystemExit))) {
        r->report(exception);
        return false;
    }
    r->exception = exception;
    return true;
}

// The text is copied: a program may collect what the line is made of.
static bool friendly_several(struct repl *r, struct program all) {
    char *copy = host_alloc(all.len + 1);
    memcpy(copy, all.text, all.len);
    bool exit = false;
    for (size_t at = 0, n; at < all.len && !exit; at += n) {
        n = statement_length(copy + at, all.len - at);
        if (!blank(copy + at, n)) exit = friendly_program(r, (struct program){copy + at, n, all.input});
    }
    host_free(copy);
    return exit;
}

// Of the friendly prompt and of paste mode; the next prompt follows.
static enum repl_result friendly_run(struct repl *r, enum parse_input input) {
    struct program p = {r->line.data, r->line.len, input};
    bool several = r->editor.several && input == PARSE_SINGLE;
    if (r->entered) r->entered(p.text, p.len);
    if (r->running) r->running(true);
    bool exit = several ? friendly_several(r, p) : friendly_program(r, p);
    if (r->running) r->running(false);
    if (exit) return REPL_EXIT;
    friendly_prompt(r);
    return REPL_MORE;
}

static enum repl_result raw_run(struct repl *r, const char *text, size_t len) {
    struct program p = {text, len, PARSE_RAW};
    obj_t exception = OBJ_NULL;
    enum repl_result result = REPL_MORE;
    if (r->running) r->running(true);
    bool fine = repl_run(program_run, &p, &exception);
    say("\004");
    if (!fine && exception_matches(exception, OBJ_PTR(&type_SystemExit))) {
        r->exception = exception;
        result = REPL_EXIT;
    } else if (!fine) {
        exception_print(&(struct printer){printer_stdout.data, printer_stdout.write}, exception);
    }
    say("\004");
    if (r->running) r->running(false);
    if (result == REPL_MORE) raw_prompt(r);
    return result;
}

// ---- friendly and paste mode -------------------------------------------------------------------------------------------------------
static void paste_begin(struct repl *r) {
    r->mode = REPL_PASTE;
    r->line.len = 0;
    say("\r\npaste mode; Ctrl-C to cancel, Ctrl-D to finish\r\n=== ");
}

static enum repl_result friendly_line(struct repl *r) {
    struct text_buffer *line = &r->line;
    if (line->len == 0) {
        friendly_prompt(r);
    } else if (!r->editor.several && parse_needs_more(line->data, line->len)) {
        r->editor.prompt = Q_ps2;
        prompt_write(Q_ps2);
        editor_continue(&r->editor);
    } else {
        return friendly_run(r, PARSE_SINGLE);
    }
    return REPL_MORE;
}

static enum repl_result friendly_feed(struct repl *r, unsigned char c) {
    enum editor_event event = editor_feed(&r->editor, c);
    if (event == EDITOR_MORE) return REPL_MORE;
    if (event == EDITOR_LINE) return friendly_line(r);
    if (event == EDITOR_C) {
        say("\r\n");
        friendly_prompt(r);
        return REPL_MORE;
    }
    if (r->editor.start > 0 && event == EDITOR_D) return friendly_run(r, PARSE_SINGLE); // the statement ends here, whatever it lacks
    if (r->editor.start > 0) return friendly_line(r);
    if (event == EDITOR_E) {
        paste_begin(r);
        return REPL_MORE;
    }
    say("\r\n");
    if (event == EDITOR_D) return REPL_END;
    if (event == EDITOR_A) {
        raw_begin(r);
    } else {
        text_buffer_free(&r->line);
        friendly_begin(r);
    }
    return REPL_MORE;
}

// The marks that a terminal puts around what it pastes are no part of it.
static bool paste_mark(struct text_buffer *line) {
    enum { LENGTH = 5 };
    char *end = line->data + line->len - LENGTH;
    if (line->len < LENGTH || (memcmp(end, "\033[200", LENGTH) != 0 && memcmp(end, "\033[201", LENGTH) != 0)) return false;
    line->len -= LENGTH;
    return true;
}

static enum repl_result paste_feed(struct repl *r, unsigned char c) {
    if (c == '\n' && r->lines_only) c = '\r';
    if (c == 3) {
        say("\r\n");
        friendly_prompt(r);
    } else if (c == 4) {
        say("\r\n");
        return friendly_run(r, PARSE_FILE);
    } else if (c == '\r') {
        text_buffer_add(&r->line, "\n", 1);
        say("\r\n=== ");
    } else {
        char one = (char)c;
        if (c != '~' || !paste_mark(&r->line)) text_buffer_add(&r->line, &one, 1);
        terminal_write(&one, 1);
    }
    return REPL_MORE;
}

// ---- raw mode --------------------------------------------------------------------------------------------------------------------------
static void raw_paste_begin(struct repl *r) {
    static const char answer[] = {'R', 1, WINDOW & 0xff, WINDOW >> 8, 1};
    r->mode = REPL_RAW_PASTE;
    r->pasted_len = r->window = 0;
    terminal_write(answer, sizeof answer);
}

static void no_room(void *unused) {
    (void)unused;
    raise_no_memory(LINE_ROOM);
}

static void raw_no_room(struct repl *r) {
    obj_t exception;
    protect(no_room, NULL, &exception);
    say("\004");
    exception_print(&(struct printer){printer_stdout.data, printer_stdout.write}, exception);
    say("\004");
    raw_prompt(r);
}

static enum repl_result raw_feed(struct repl *r, unsigned char c) {
    struct text_buffer *raw = &r->raw;
    if (raw->len == 2 && raw->data[0] == 5 && raw->data[1] == 'A') {
        raw->len = 0;
        if (c == 1) raw_paste_begin(r);
        else terminal_write("R", 2); // understood, but there is no such mode
        return REPL_MORE;
    }
    char one = (char)c;
    switch (c) {
    case 1:
        say("raw REPL; CTRL-B to exit\r\n");
        raw_prompt(r);
        break;
    case 2:
        text_buffer_free(raw);
        say("\r\n");
        friendly_begin(r);
        break;
    case 3: raw->len = 0; break;
    case 4:
        if (raw->len == 0 && !r->raw_full) {
            say("OK\r\n");
            return REPL_END;
        }
        say("OK");
        if (!r->raw_full) return raw_run(r, raw->data, raw->len);
        raw_no_room(r);
        break;
    default:
        if (!r->raw_full) text_buffer_add(raw, &one, 1);
    }
    return REPL_MORE;
}

static void raw_paste_interrupted(struct repl *r) {
    obj_t exception = raise_build(&type_KeyboardInterrupt, 0, NULL);
    say("\004\004");
    exception_print(&(struct printer){printer_stdout.data, printer_stdout.write}, exception);
    say("\004");
    raw_prompt(r);
}

static enum repl_result raw_paste_feed(struct repl *r, unsigned char c) {
    if (c == 4) {
        enum repl_result result = REPL_MORE;
        if (r->pasted_len <= PASTED_MOST) {
            say("\004");
            result = raw_run(r, r->pasted, r->pasted_len);
        } else {
            raw_no_room(r);
        }
        host_free(r->pasted);
        r->pasted = NULL;
        r->pasted_room = 0;
        return result;
    }
    if (c == 3) {
        raw_paste_interrupted(r);
        return REPL_MORE;
    }
    if (r->pasted_len > PASTED_MOST) return REPL_MORE; // it has been told
    if (r->pasted_len == r->pasted_room) r->pasted = host_resize(r->pasted, r->pasted_room = r->pasted_room * 2 + 1024);
    r->pasted[r->pasted_len++] = (char)c;
    if (r->pasted_len > PASTED_MOST) {
        say("\004");
    } else if (++r->window == WINDOW) {
        r->window = 0;
        say("\001");
    }
    return REPL_MORE;
}

// ---- the machine ----------------------------------------------------------------------------------------------------------------------
struct feeding {
    struct repl *repl;
    unsigned char byte;
    enum repl_result result;
};

static void feed(void *data) {
    struct feeding *f = data;
    struct repl *r = f->repl;
    switch (r->mode) {
    case REPL_FRIENDLY: f->result = friendly_feed(r, f->byte); break;
    case REPL_PASTE: f->result = paste_feed(r, f->byte); break;
    case REPL_RAW: f->result = raw_feed(r, f->byte); break;
    case REPL_RAW_PASTE: f->result = raw_paste_feed(r, f->byte); break;
    }
}

// The heap had no room for the line.
static void feed_failed(struct repl *r, obj_t exception) {
    if (r->mode == REPL_RAW) {
        r->raw.len = 0;
        r->raw_full = true;
        return;
    }
    say("\r\n");
    r->report(exception);
    friendly_prompt(r);
}

enum repl_result repl_feed(struct repl *r, unsigned char c) {
    struct feeding f = {r, c, REPL_MORE};
    obj_t exception;
    if (!protect(feed, &f, &exception)) feed_failed(r, exception);
    return f.result;
}

static void begin(void *data) {
    struct repl *r = data;
    if (r->mode == REPL_RAW) {
        text_buffer_init(&r->line, LINE_ROOM); // the friendly prompt's, over when the raw one begins
        raw_begin(r);
    } else {
        friendly_begin(r);
    }
}

void repl_start(struct repl *r) {
    rt.keyboard_interrupt = !terminal_is_device();
    r->line = r->raw = (struct text_buffer){0};
    r->editor = (struct editor){.complete = true};
    r->pasted = NULL;
    r->pasted_room = r->pasted_len = 0;
    protect(begin, r, NULL);
}

void repl_stop(struct repl *r) {
    host_free(r->pasted);
    r->pasted = NULL;
    text_buffer_free(&r->line);
    text_buffer_free(&r->raw);
    if (r->mode == REPL_PASTE) r->mode = REPL_FRIENDLY;
    if (r->mode == REPL_RAW_PASTE) r->mode = REPL_RAW;
}
