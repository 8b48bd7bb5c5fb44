// SPDX-License-Identifier: MIT
// The line editor: see editor.h.
//
// What it writes is what a board writes, byte for byte: up to four steps back are \b each, more are ESC [ n D; the rest of a line is
// erased (ESC [ K) only when it got shorter; moving right writes the characters passed.
// Indentation: a line starts with the whole levels of the one before, one more behind a colon; none after two lines of nothing but blanks.
// A blank typed right there takes away one level and stands for the hand of somebody who pastes: no more help in this statement. A tab
// typed there means the same and leaves what is there.
#include "repl/editor.h"
#include "heap/intern.h"
#include "objects/types.h"
#include "repl/complete.h"
#include "repl/history.h"
#include "repl/terminal.h"
#include "rt.h"
#include "run/raise.h"
#include "run/vm.h"

enum { LEVEL = 4, KEY_BACKSPACE = 8, KEY_TAB = 9, KEY_LF = 10, KEY_ESCAPE = 27, KEY_DELETE = 127 };

// ---- what the terminal shows -----------------------------------------------------------------------------------------------
static bool wide(uint32_t c) {
    return (c >= 0x1100 && c <= 0x115f) || (c >= 0x2e80 && c <= 0xa4cf) || (c >= 0xac00 && c <= 0xd7a3) || (c >= 0xf900 && c <= 0xfaff) ||
           (c >= 0xfe30 && c <= 0xfe6f) || (c >= 0xff00 && c <= 0xff60) || (c >= 0xffe0 && c <= 0xffe6) || (c >= 0x1f300 && c <= 0x1faff) ||
           (c >= 0x20000 && c <= 0x3fffd);
}

static size_t columns(const char *text, size_t len) {
    size_t n = 0;
    for (size_t i = 0; i < len; i++) {
        unsigned char b = (unsigned char)text[i];
        if ((b & 0xc0) == 0x80) continue;
        n++;
        if (b < 0xe1 || i + 2 >= len) continue;
        uint32_t c = (b & 0x0fu) << 12 | (text[i + 1] & 0x3fu) << 6 | (text[i + 2] & 0x3fu);
        if (b >= 0xf0 && i + 3 < len) c = (b & 7u) << 18 | (text[i + 1] & 0x3fu) << 12 | (text[i + 2] & 0x3fu) << 6 | (text[i + 3] & 0x3fu);
        n += wide(c);
    }
    return n;
}

static void steps_back(size_t n) {
    if (n <= 4) terminal_write("\b\b\b\b", n);
    else print_format(&printer_stdout, "\033[%uD", (unsigned)n);
}

static void erase_rest(void) { terminal_write("\033[K", 3); }

// Takes `cut` bytes away at `at`, puts text there, and leaves the cursor at `cursor`. Raises before anything is changed, or not at all.
static void editor_replace(struct editor *e, size_t at, size_t cut, const char *text, size_t len, size_t cursor) {
    struct text_buffer *line = e->line;
    size_t back = e->cursor > at ? columns(line->data + at, e->cursor - at) : 0;
    size_t before = columns(line->data + at, line->len - at);
    if (len > cut) text_buffer_extend(line, len - cut);
    char *hole = line->data + at;
    size_t behind = line->len - at - (len > cut ? len : cut);
    memmove(hole + len, hole + cut, behind);
    if (len) memcpy(hole, text, len);
    line->len = at + len + behind;
    steps_back(back);
    if (columns(hole, line->len - at) < before) erase_rest();
    if (line->len > at) terminal_write(hole, line->len - at);
    if (cursor < line->len) steps_back(columns(line->data + cursor, line->len - cursor));
    e->cursor = cursor;
}

static void editor_insert(struct editor *e, const char *text, size_t len) { editor_replace(e, e->cursor, 0, text, len, e->cursor + len); }

static void editor_delete(struct editor *e, size_t from, size_t to) {
    if (from < to) editor_replace(e, from, to - from, NULL, 0, from);
}

static void editor_move(struct editor *e, size_t to) {
    if (to < e->cursor) steps_back(columns(e->line->data + to, e->cursor - to));
    if (to > e->cursor) terminal_write(e->line->data + e->cursor, to - e->cursor);
    e->cursor = to;
}

// ---- places in the line ------------------------------------------------------------------------------------------------------
static bool inside_character(const struct editor *e, size_t at) { return at < e->line->len && (e->line->data[at] & 0xc0) == 0x80; }

static size_t place_before(const struct editor *e) {
    size_t at = e->cursor;
    if (at > e->start) at--;
    while (at > e->start && inside_character(e, at)) at--;
    return at;
}

static size_t place_behind(const struct editor *e) {
    size_t at = e->cursor;
    if (at < e->line->len) at++;
    while (inside_character(e, at)) at++;
    return at;
}

static bool in_word(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c & 0x80); }

static size_t word_before(const struct editor *e) {
    size_t at = e->cursor;
    while (at > e->start && !in_word(e->line->data[at - 1])) at--;
    while (at > e->start && in_word(e->line->data[at - 1])) at--;
    return at;
}

static size_t word_behind(const struct editor *e) {
    size_t at = e->cursor;
    while (at < e->line->len && !in_word(e->line->data[at])) at++;
    while (at < e->line->len && in_word(e->line->data[at])) at++;
    return at;
}

// ---- indentation -----------------------------------------------------------------------------------------------------------------
static size_t blanks_at(const char *text, size_t len) {
    size_t n = 0;
    while (n < len && text[n] == ' ') n++;
    return n;
}

static size_t line_start(const char *text, size_t end) {
    while (end > 0 && text[end - 1] != '\n') end--;
    return end;
}

size_t editor_indent(const char *text, size_t len) {
    size_t start = line_start(text, len), n = blanks_at(text + start, len - start) / LEVEL * LEVEL;
    if (start + blanks_at(text + start, len - start) == len && start > 0) { // blanks only: and the one before?
        size_t before = line_start(text, start - 1);
        if (before + blanks_at(text + before, start - 1 - before) == start - 1) return 0;
    }
    return len > start && text[len - 1] == ':' ? n + LEVEL : n;
}

// The first key behind fresh blanks. True: it has done its work.
static bool indent_by_hand(struct editor *e, unsigned char c) {
    if (!e->indent_fresh) return false;
    e->indent_fresh = false;
    if (c != ' ' && c != KEY_TAB) return false;
    e->indent_off = true;
    if (c == ' ') { // a level less, and this blank; what stays on the screen is blank too
        text_buffer_cut(e->line, e->cursor - (LEVEL - 1), LEVEL - 1);
        e->cursor -= LEVEL - 1;
        steps_back(LEVEL - 1);
    }
    return true;
}

void editor_begin(struct editor *e, struct text_buffer *line) {
    e->line = line;
    line->len = e->start = e->cursor = 0;
    e->age = -1;
    e->escape = ESCAPE_NONE;
    e->indent_fresh = e->indent_off = e->pasting = e->several = false;
}

void editor_continue(struct editor *e) {
    struct text_buffer *line = e->line;
    size_t n = e->indent_off ? 0 : editor_indent(line->data, line->len);
    char *end = text_buffer_extend(line, 1 + n);
    end[0] = '\n';
    memset(end + 1, ' ', n);
    e->start = line->len - n;
    e->cursor = line->len;
    e->age = -1;
    e->indent_fresh = n >= LEVEL;
    terminal_write(end + 1, n);
}

// ---- keys ----------------------------------------------------------------------------------------------------------------------------
static void key_backspace(struct editor *e) {
    size_t column = e->cursor - e->start;
    if (column >= LEVEL && blanks_at(e->line->data + e->start, column) == column) editor_delete(e, e->cursor - LEVEL, e->cursor);
    else editor_delete(e, place_before(e), e->cursor);
}

static void key_history(struct editor *e, long age) {
    const char *text = age < 0 ? "" : history_at((size_t)age);
    if (!text || age < -1) return;
    e->age = age;
    size_t len = strlen(text);
    editor_replace(e, e->start, e->line->len - e->start, text, len, e->start + len);
}

static enum editor_event key_tab(struct editor *e) {
    char before = e->cursor > 0 ? e->line->data[e->cursor - 1] : 0;
    if (e->pasting || !e->complete || before == ' ' || before == '\n') {
        editor_insert(e, "    ", LEVEL);
        return EDITOR_MORE;
    }
    char more[COMPLETE_ROOM];
    size_t len;
    enum complete_result r = complete(e->line->data, e->cursor, more, &len);
    if (r == COMPLETE_INSERT) {
        editor_insert(e, more, len);
    } else if (r == COMPLETE_LIST) {
        terminal_write("\r\n", 2);
        complete_list(&printer_terminal, e->line->data, e->cursor);
        prompt_write(e->prompt);
        size_t to = e->cursor;
        e->cursor = e->start;
        editor_move(e, e->line->len);
        editor_move(e, to);
    }
    return r == COMPLETE_STOPPED ? EDITOR_C : EDITOR_MORE;
}

static enum editor_event key_end(struct editor *e, unsigned char c) {
    e->last = c;
    history_add(e->line->data + e->start, e->line->len - e->start);
    terminal_write("\r\n", 2);
    return EDITOR_LINE;
}

// The end of a line of pasted text ends nothing: the statements run at Enter. What stands behind the cursor goes to the next line.
static void pasted_end(struct editor *e, unsigned char c) {
    e->last = c;
    text_buffer_insert(e->line, e->cursor, "\n", 1);
    history_add(e->line->data + e->start, e->cursor - e->start);
    e->start = ++e->cursor;
    e->indent_off = e->several = true;
    erase_rest();
    terminal_write("\r\n", 2);
    prompt_write(e->prompt = Q_ps2);
    size_t behind = e->line->len - e->cursor;
    terminal_write(e->line->data + e->cursor, behind);
    steps_back(columns(e->line->data + e->cursor, behind));
}

// Between the marks of a paste, characters are no keys. True: it has been dealt with.
static bool pasted(struct editor *e, unsigned char c) {
    if (!e->pasting || !e->complete || c == KEY_ESCAPE || c == KEY_TAB || c == 3) return false;
    if (c == '\r' || c == KEY_LF) pasted_end(e, c);
    return c < ' ' || c == KEY_DELETE;
}

static enum editor_event key_control(struct editor *e, unsigned char c) {
    size_t end = e->line->len;
    if (c >= 1 && c <= 5 && (c == 3 || end == e->start)) return (enum editor_event)c;
    switch (c) {
    case 1: editor_move(e, e->start); break;
    case 2: editor_move(e, place_before(e)); break;
    case 4: editor_delete(e, e->cursor, place_behind(e)); break;
    case 5: editor_move(e, end); break;
    case 6: editor_move(e, place_behind(e)); break;
    case KEY_BACKSPACE:
    case KEY_DELETE: key_backspace(e); break;
    case KEY_TAB: return key_tab(e);
    case 11: editor_delete(e, e->cursor, end); break;        // Ctrl-K
    case 14: key_history(e, e->age - 1); break;              // Ctrl-N
    case 16: key_history(e, e->age + 1); break;              // Ctrl-P
    case 21: editor_replace(e, e->start, e->cursor - e->start, NULL, 0, e->start); break; // Ctrl-U
    case 23: editor_delete(e, word_before(e), e->cursor); break; // Ctrl-W
    case KEY_ESCAPE:
        e->escape = ESCAPE_BEGUN;
        e->parameter[0] = e->parameter[1] = e->n_parameters = 0;
        break;
    default: break;
    }
    return EDITOR_MORE;
}

// ---- escape sequences ------------------------------------------------------------------------------------------------------------------
static void escape_tilde(struct editor *e) {
    switch (e->parameter[0]) {
    case 1:
    case 7: editor_move(e, e->start); break;
    case 3: editor_delete(e, e->cursor, place_behind(e)); break;
    case 4:
    case 8: editor_move(e, e->line->len); break;
    case 200: e->pasting = true; break;
    case 201: e->pasting = false; break;
    default: break;
    }
}

static void escape_letter(struct editor *e, unsigned char c) {
    bool control = e->parameter[1] == 5 || e->parameter[1] == 3; // Ctrl or Alt with an arrow
    switch (c) {
    case 'A': key_history(e, e->age + 1); break;
    case 'B': key_history(e, e->age - 1); break;
    case 'C': editor_move(e, control ? word_behind(e) : place_behind(e)); break;
    case 'D': editor_move(e, control ? word_before(e) : place_before(e)); break;
    case 'H': editor_move(e, e->start); break;
    case 'F': editor_move(e, e->line->len); break;
    case '~': escape_tilde(e); break;
    default: break;
    }
}

static void escape_bracket(struct editor *e, unsigned char c) {
    if (c >= '0' && c <= '9') {
        unsigned *p = &e->parameter[e->n_parameters < 1 ? 0 : 1];
        if (*p < 1000) *p = *p * 10 + c - '0';
    } else if (c == ';') {
        e->n_parameters++;
    } else {
        e->escape = ESCAPE_NONE;
        escape_letter(e, c);
    }
}

static void escape_feed(struct editor *e, unsigned char c) {
    enum editor_escape state = e->escape;
    if (state == ESCAPE_BRACKET) {
        escape_bracket(e, c);
        return;
    }
    e->escape = ESCAPE_NONE;
    if (state == ESCAPE_O) {
        escape_letter(e, c);
        return;
    }
    switch (c) {
    case '[': e->escape = ESCAPE_BRACKET; break;
    case 'O': e->escape = ESCAPE_O; break;
    case 'b': editor_move(e, word_before(e)); break;
    case 'f': editor_move(e, word_behind(e)); break;
    case 'd': editor_delete(e, e->cursor, word_behind(e)); break;
    case KEY_BACKSPACE:
    case KEY_DELETE: editor_delete(e, word_before(e), e->cursor); break;
    default: break;
    }
}

enum editor_event editor_feed(struct editor *e, unsigned char c) {
    unsigned char last = e->last;
    e->last = 0;
    if (e->escape != ESCAPE_NONE) {
        e->indent_fresh = false;
        escape_feed(e, c);
        return EDITOR_MORE;
    }
    if ((c == KEY_LF && last == '\r') || (c == '\r' && last == KEY_LF)) return EDITOR_MORE;
    if (pasted(e, c)) return EDITOR_MORE;
    if (c == '\r' || c == KEY_LF) return key_end(e, c);
    if (indent_by_hand(e, c)) return EDITOR_MORE;
    if (c < ' ' || c == KEY_DELETE) return key_control(e, c);
    char one = (char)c;
    if (c < 0x80) {
        editor_insert(e, &one, 1);
    } else { // the bytes of a character come one by one: each stays with the cursor behind it
        text_buffer_insert(e->line, e->cursor, &one, 1);
        e->cursor++;
        terminal_write(&one, 1);
        size_t behind = e->line->len - e->cursor;
        if (behind && utf8_valid(e->line->data + e->start, e->line->len - e->start)) {
            terminal_write(e->line->data + e->cursor, behind);
            steps_back(columns(e->line->data + e->cursor, behind));
        }
    }
    return EDITOR_MORE;
}

struct prompt {
    qstr_t name;
    obj_t value;
};

static void prompt_find(void *arg) {
    struct prompt *prompt = arg;
    obj_t pair[2] = {OBJ_NULL, OBJ_NULL};
    obj_t sys = import_builtin(Q_sys);
    if (sys) obj_load_method_maybe(sys, prompt->name, pair);
    prompt->value = pair[0];
}

static void prompt_print(void *arg) {
    const struct prompt *prompt = arg;
    struct printer p = printer_stdout;
    if (prompt->value) obj_print(&p, prompt->value, PRINT_STR);
    else print_text(&p, prompt->name == Q_ps1 ? ">>> " : "... ");
}

void prompt_write(qstr_t name) {
    struct prompt prompt = {name, OBJ_NULL};
    protect(prompt_find, &prompt, NULL);
    bool runs = prompt.value && !obj_is_str(prompt.value); // it may be an object with a method __str__
    if (runs) terminal_guard(true);
    protect(prompt_print, &prompt, NULL);
    if (runs) terminal_guard(false);
}

void editor_input(struct text_buffer *line) {
    struct editor e = {.prompt = Q_empty};
    editor_begin(&e, line);
    for (;;) {
        int c = terminal_read();
        if (c < 0) {
            if (line->len == 0) raise_type(&type_EOFError);
            return;
        }
        switch (editor_feed(&e, (unsigned char)c)) {
        case EDITOR_LINE: return;
        case EDITOR_C: raise_type(&type_KeyboardInterrupt);
        case EDITOR_D: raise_type(&type_EOFError);
        default: break;
        }
    }
}
