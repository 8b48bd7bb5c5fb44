// SPDX-License-Identifier: MIT
// The prompt of a board as a machine that is fed byte by byte: friendly (>>>), paste (===), raw, raw-paste. What it answers goes out
// through terminal_write(); programs run inside repl_feed().
//
// Invariants
//  - Between two calls no program runs and rt.keyboard_interrupt is off: a Ctrl-C is a byte.
//  - `line` is in the Python heap, 32 bytes at first, as on a board; so is `raw`, which exists in raw mode only. The text of raw-paste mode
//    is in host memory: a board compiles it as it comes.
//  - Nothing raises out of repl_feed().
#ifndef SRC_REPL_H
#define SRC_REPL_H

#include "repl/editor.h"

enum repl_mode { REPL_FRIENDLY, REPL_PASTE, REPL_RAW, REPL_RAW_PASTE };
enum repl_result {
    REPL_MORE,
    REPL_END, // Ctrl-D on an empty line
    REPL_EXIT // the program raised SystemExit: `exception`
};
struct repl {
    enum repl_mode mode;
    struct editor editor;
    struct text_buffer line, raw;
    bool raw_full;          // there was no room for all of the program
    char *pasted;           // raw-paste mode
    size_t pasted_len, pasted_room;
    unsigned window;        // bytes since the last sign that more may be sent
    const char *banner;     // lines of text, ended by \r\n
    bool lines_only;        // \n is what the Enter key sends
    void (*report)(obj_t exception); // shows an exception at the friendly prompt
    void (*running)(bool on);        // a program starts; it has ended, and so has what is shown of it; may be NULL
    void (*entered)(const char *text, size_t len); // a whole statement; may be NULL
    obj_t exception;        // REPL_EXIT
};

// The caller fills banner, lines_only, the functions, and mode, which is REPL_FRIENDLY or REPL_RAW. The heap is that of the runtime.
void repl_start(struct repl *r);
enum repl_result repl_feed(struct repl *r, unsigned char c);
void repl_stop(struct repl *r);
// Runs fn(data) as a program: Ctrl-C interrupts it, the heap is unlocked behind it. False: *exception.
bool repl_run(void (*fn)(void *), void *data, obj_t *exception);

#endif
