// SPDX-License-Identifier: MIT
// Text of the console that the mouse marks, to be copied.
//
// Invariants
//  - A place is a line of the screen and a column in it, so what is marked stays marked while the view scrolls or wraps anew. Lines that
//    scrolled out for good are marked no more.
//  - mark[0] is where the button went down, mark[1] where the mouse is; equal: nothing is marked.
#include "ports/unix/panel/panel.h"

#include <string.h>

static bool before(const struct place *a, const struct place *b) { return a->line != b->line ? a->line < b->line : a->column < b->column; }

// From *from on, up to *to, which is not in it.
static bool selection_order(const struct panel *p, struct place *from, struct place *to) {
    bool back = before(&p->mark[1], &p->mark[0]);
    *from = p->mark[back];
    *to = p->mark[!back];
    if (from->line < p->screen.first) *from = (struct place){p->screen.first, 0};
    if (to->line > p->screen.last) *to = (struct place){p->screen.last, SCREEN_WIDTH};
    return before(from, to);
}

bool selection_in_line(const struct panel *p, uint64_t line, int *from, int *to) {
    struct place a, b;
    if (!selection_order(p, &a, &b) || line < a.line || line > b.line) return false;
    *from = line == a.line ? a.column : 0;
    *to = line == b.line ? b.column : SCREEN_WIDTH;
    return true;
}

void selection_begin(struct panel *p, double x, double y) {
    p->selecting = true;
    p->mark[0] = p->mark[1] = console_place(p, x, y);
}

void selection_extend(struct panel *p, double x, double y) {
    if (p->selecting) p->mark[1] = console_place(p, x, y);
}

void selection_end(struct panel *p) { p->selecting = false; }

const char *selection_text(const struct panel *p) {
    enum { ROOM = 1 << 18, LONGEST = 4 };
    static char text[ROOM + LONGEST + 2];
    size_t n = 0;
    struct place from, to;
    if (!selection_order(p, &from, &to)) return NULL;
    for (uint64_t line = from.line; line <= to.line && n < ROOM; line++) {
        const struct screen_line *l = screen_line_at(&p->screen, line);
        int end = line == to.line && to.column < l->len ? to.column : l->len;
        for (int i = line == from.line ? from.column : 0; i < end && n < ROOM; i++) {
            uint32_t c = l->cells[i] & CELL_CHARACTER;
            if (c) n += (size_t)utf8_put(text + n, c); // 0: the second half of a wide one
        }
        if (line < to.line && !l->goes_on) text[n++] = '\n';
    }
    text[n] = 0;
    return text;
}
