// SPDX-License-Identifier: MIT
// The line editor of a board: bytes of a terminal in, lines out, what the terminal should show out through terminal_write().
//
// Invariants
//  - `line` holds the whole statement so far, its lines divided by \n; only what lies behind `start` can be edited.
//  - start <= cursor <= line->len, and the cursor never stands inside a UTF-8 character.
//  - What the terminal shows behind the prompt is line[start..], its cursor at `cursor`, after every byte that is fed.
// May raise MemoryError when the line grows: it is in the Python heap, as on a board.
#ifndef SRC_EDITOR_H
#define SRC_EDITOR_H

#include "objects/text.h"

enum editor_escape { ESCAPE_NONE, ESCAPE_BEGUN, ESCAPE_BRACKET, ESCAPE_O };
struct editor {
    struct text_buffer *line;
    size_t start, cursor;
    qstr_t prompt;         // Q_ps1, Q_ps2: what stands before the line
    enum editor_escape escape;
    unsigned parameter[2]; // of an escape sequence: the numbers seen
    unsigned n_parameters;
    long age;              // of the line of the history that is shown; -1: none
    bool indent_fresh;     // the blanks before the cursor were put there by the editor, and nothing was typed since
    bool indent_off;       // the statement is indented by hand from here on
    bool pasting;          // between the marks of a bracketed paste: text, no keys
    bool several;          // what was pasted had ends of lines: it may be several statements
    bool complete;         // TAB completes
    unsigned char last;    // the end of line before, whose partner (\r\n, \n\r) is skipped
};
// What a byte led to: EDITOR_MORE, EDITOR_LINE (Enter), or the control character A..E that ended the line: C always, the others only
// when the line is empty.
enum editor_event { EDITOR_MORE = 0, EDITOR_A = 1, EDITOR_B = 2, EDITOR_C = 3, EDITOR_D = 4, EDITOR_E = 5, EDITOR_LINE = '\r' };

void editor_begin(struct editor *e, struct text_buffer *line); // a new statement: empties the line
void editor_continue(struct editor *e);                        // another line of it: adds the \n, indents
enum editor_event editor_feed(struct editor *e, unsigned char c);

// The blanks that a new line starts with, after the lines in text (the last one unfinished by \n).
size_t editor_indent(const char *text, size_t len);
void prompt_write(qstr_t name); // sys.ps1, sys.ps2
// input() of a device: a line from the terminal into an empty buffer. EOFError for Ctrl-D on an empty line, KeyboardInterrupt
void editor_input(struct text_buffer *line);

#endif
