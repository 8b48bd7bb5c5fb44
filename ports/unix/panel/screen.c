// SPDX-License-Identifier: MIT
// A terminal's screen with what scrolled out of it: see screen.h.
//
// Invariants
//  - Lines have no width but SCREEN_WIDTH: the view breaks them where its own right edge is. So a line editor that steps back by n columns
//    is right however wide the window is, and resizing it rewraps everything.
//  - first <= page <= row <= last, last - first < SCREEN_LINES; cells beyond `len` of a line are blanks.
//  - A line end goes to the first column: the bytes are those that leave the program, before a terminal's own translation.
//  - Understood are the sequences that our line editor, tracebacks in colour and small full-screen programs write; others are read to
//    their end and left out.
#include "ports/unix/panel/screen.h"

#include <string.h>

enum escape { PLAIN, ESCAPED, SEQUENCE, TITLE, TITLE_END, SKIP_ONE };

static struct screen_line *line_of(struct screen *s, uint64_t row) { return &s->lines[row % SCREEN_LINES]; }
const struct screen_line *screen_line_at(const struct screen *s, uint64_t row) { return &s->lines[row % SCREEN_LINES]; }
bool screen_is_empty(const struct screen *s) { return s->last == 0 && s->lines[0].len == 0; }

static void line_new(struct screen *s) {
    s->last++;
    memset(line_of(s, s->last), 0, sizeof(struct screen_line));
    if (s->last - s->first >= SCREEN_LINES) s->first++;
    if (s->page < s->first) s->page = s->first;
    if (s->saved_row < s->first) s->saved_row = s->first;
}

static void row_set(struct screen *s, uint64_t row) {
    while (row > s->last) line_new(s);
    s->row = row < s->page ? s->page : row;
}

static void blanks_until(struct screen_line *l, int column) {
    while (l->len < column) l->cells[l->len++] = ' ';
}

// ---- writing -------------------------------------------------------------------------------------------------------------------
static bool is_wide(uint32_t c) { // as the line editor counts
    return (c >= 0x1100 && c <= 0x115f) || (c >= 0x2e80 && c <= 0xa4cf) || (c >= 0xac00 && c <= 0xd7a3) || (c >= 0xf900 && c <= 0xfaff) ||
           (c >= 0xfe30 && c <= 0xfe6f) || (c >= 0xff00 && c <= 0xff60) || (c >= 0xffe0 && c <= 0xffe6) || (c >= 0x1f300 && c <= 0x1faff) ||
           (c >= 0x20000 && c <= 0x3fffd);
}

static void character_put(struct screen *s, uint32_t c) {
    int width = is_wide(c) ? 2 : 1;
    if (s->column + width > SCREEN_WIDTH) {
        line_of(s, s->row)->goes_on = true;
        row_set(s, s->row + 1);
        s->column = 0;
    }
    struct screen_line *l = line_of(s, s->row);
    blanks_until(l, s->column);
    l->cells[s->column] = c | s->style;
    if (width == 2) l->cells[s->column + 1] = s->style;
    s->column += width;
    if (l->len < s->column) l->len = (uint16_t)s->column;
}

static void step_back(struct screen *s) {
    if (s->column > 0) {
        s->column--;
    } else if (s->row > s->page && line_of(s, s->row - 1)->goes_on) {
        s->row--;
        s->column = SCREEN_WIDTH - 1;
    }
}

static void control(struct screen *s, unsigned char c) {
    switch (c) {
    case '\n':
        row_set(s, s->row + 1);
        s->column = 0;
        break;
    case '\r': s->column = 0; break;
    case '\b': step_back(s); break;
    case '\t':
        s->column = s->column / 8 * 8 + 8;
        if (s->column >= SCREEN_WIDTH) s->column = SCREEN_WIDTH - 1;
        break;
    case 27: s->escape = ESCAPED; break;
    default: break;
    }
}

// ---- sequences -----------------------------------------------------------------------------------------------------------------
static void rest_erase(struct screen *s) { // of the line, with what it goes on in
    struct screen_line *l = line_of(s, s->row);
    if (s->column < l->len) l->len = (uint16_t)s->column;
    if (l->goes_on && s->row < s->last) s->last = s->row;
    l->goes_on = false;
}

static void line_erase(struct screen *s, unsigned how) {
    struct screen_line *l = line_of(s, s->row);
    if (how == 0) {
        rest_erase(s);
        return;
    }
    int until = how == 1 && s->column + 1 < l->len ? s->column + 1 : l->len;
    for (int i = 0; i < until; i++) l->cells[i] = ' ';
    if (how == 2) l->len = 0;
}

static void screen_erase(struct screen *s, unsigned how) {
    if (how == 0) {
        rest_erase(s);
        s->last = s->row;
    } else if (how >= 2) { // a new page; the old one scrolls out
        int column = s->column;
        uint64_t below = s->row - s->page;
        line_new(s);
        s->page = s->last;
        row_set(s, s->page + below);
        s->column = column;
    }
}

static void cells_delete(struct screen *s, unsigned n) {
    struct screen_line *l = line_of(s, s->row);
    if (s->column >= l->len) return;
    unsigned behind = (unsigned)(l->len - s->column);
    if (n > behind) n = behind;
    memmove(l->cells + s->column, l->cells + s->column + n, (behind - n) * sizeof *l->cells);
    l->len = (uint16_t)(l->len - n);
}

static void cells_insert(struct screen *s, unsigned n) {
    struct screen_line *l = line_of(s, s->row);
    if (s->column >= l->len) return;
    unsigned room = (unsigned)(SCREEN_WIDTH - s->column), behind = (unsigned)(l->len - s->column);
    if (n > room) n = room;
    if (behind > room - n) behind = room - n;
    memmove(l->cells + s->column + n, l->cells + s->column, behind * sizeof *l->cells);
    for (unsigned i = 0; i < n; i++) l->cells[(unsigned)s->column + i] = ' ';
    l->len = (uint16_t)((unsigned)s->column + n + behind);
}

static void cells_erase(struct screen *s, unsigned n) {
    struct screen_line *l = line_of(s, s->row);
    for (int i = s->column; i < l->len && n > 0; i++, n--) l->cells[i] = ' ';
}

static void style_set(struct screen *s) {
    for (int i = 0; i < s->n_numbers || i == 0; i++) {
        unsigned n = s->n_numbers > 0 ? s->numbers[i] : 0;
        uint32_t colour = n >= 30 && n <= 37 ? n - 29 : n >= 90 && n <= 97 ? n - 81 : 0;
        if (n == 0) s->style = 0;
        else if (n == 1) s->style |= CELL_BOLD;
        else if (n == 22) s->style &= ~(uint32_t)CELL_BOLD;
        else if (colour || n == 39) s->style = (s->style & ~(uint32_t)CELL_COLOUR) | colour << CELL_COLOUR_SHIFT;
        else if (n == 38 || n == 48) return; // other palettes: what follows are their numbers
    }
}

static void column_set(struct screen *s, unsigned column) { s->column = column < SCREEN_WIDTH ? (int)column : SCREEN_WIDTH - 1; }

static void place_set(struct screen *s, unsigned row, unsigned column) {
    enum { ROWS_MOST = 200 };
    row_set(s, s->page + (row < ROWS_MOST ? row : ROWS_MOST));
    column_set(s, column);
}

static void cursor_save(struct screen *s, bool save) {
    if (save) {
        s->saved_row = s->row;
        s->saved_column = s->column;
    } else if (s->saved_row <= s->last) {
        row_set(s, s->saved_row);
        s->column = s->saved_column;
    }
}

static unsigned number(const struct screen *s, int i, unsigned otherwise) {
    return i < s->n_numbers && s->numbers[i] > 0 ? s->numbers[i] : otherwise;
}

static void sequence_do(struct screen *s, unsigned char letter) {
    unsigned n = number(s, 0, 1), how = number(s, 0, 0);
    if (n > SCREEN_LINES) n = SCREEN_LINES;
    switch (letter) {
    case 'A': s->row = s->row - s->page > n ? s->row - n : s->page; break;
    case 'B': s->row = s->row + n < s->last ? s->row + n : s->last; break;
    case 'C': column_set(s, (unsigned)s->column + n); break;
    case 'D':
        while (n-- > 0) step_back(s);
        break;
    case 'G': column_set(s, n - 1); break;
    case 'H':
    case 'f': place_set(s, n - 1, number(s, 1, 1) - 1); break;
    case 'J': screen_erase(s, how); break;
    case 'K': line_erase(s, how); break;
    case 'P': cells_delete(s, n); break;
    case '@': cells_insert(s, n); break;
    case 'X': cells_erase(s, n); break;
    case 'm': style_set(s); break;
    case 's': cursor_save(s, true); break;
    case 'u': cursor_save(s, false); break;
    case 'h':
    case 'l':
        if (s->question && how == 25) s->hidden = letter == 'l';
        if (s->question && how == 2004) s->marks = letter == 'h';
        break;
    default: break;
    }
}

static void escaped(struct screen *s, unsigned char c) {
    s->escape = c == '[' ? SEQUENCE : c == ']' ? TITLE : c == '(' || c == ')' || c == '#' ? SKIP_ONE : PLAIN;
    s->n_numbers = 0;
    s->question = false;
    if (c == '7' || c == '8') cursor_save(s, c == '7');
    if (c == 'c') {
        screen_erase(s, 2);
        place_set(s, 0, 0);
        s->style = 0;
        s->hidden = s->marks = false;
    }
}

static void sequence_byte(struct screen *s, unsigned char c) {
    enum { LARGEST = 10000 };
    if (c == '?') s->question = true;
    if (c >= '0' && c <= '9') {
        if (s->n_numbers == 0) s->numbers[s->n_numbers++] = 0;
        unsigned *n = &s->numbers[s->n_numbers - 1];
        if (*n < LARGEST) *n = *n * 10 + (c - '0');
    } else if (c == ';') {
        if (s->n_numbers == 0) s->numbers[s->n_numbers++] = 0;
        if (s->n_numbers < SCREEN_NUMBERS) s->numbers[s->n_numbers++] = 0;
    } else if (c >= '@' && c <= '~') {
        s->escape = PLAIN;
        sequence_do(s, c);
    }
}

static void escape_byte(struct screen *s, unsigned char c) {
    switch (s->escape) {
    case ESCAPED: escaped(s, c); break;
    case SEQUENCE: sequence_byte(s, c); break;
    case TITLE: s->escape = c == 7 ? PLAIN : c == 27 ? TITLE_END : TITLE; break;
    default: s->escape = PLAIN; break; // SKIP_ONE, and the \ of TITLE_END
    }
}

// ---- bytes -------------------------------------------------------------------------------------------------------------------
static void text_byte(struct screen *s, unsigned char c) {
    enum { REPLACEMENT = 0xfffd };
    if (s->more > 0 && (c & 0xc0) == 0x80) {
        s->character = s->character << 6 | (c & 0x3f);
        uint32_t c32 = s->character;
        bool good = c32 >= 0xa0 && c32 <= 0x10ffff && !(c32 >= 0xd800 && c32 <= 0xdfff);
        if (--s->more == 0) character_put(s, good ? c32 : REPLACEMENT);
        return;
    }
    if (s->more > 0) character_put(s, REPLACEMENT);
    s->more = 0;
    if (c < 0x80) {
        if (c != 127) character_put(s, c);
    } else if (c >= 0xc2 && c <= 0xf4) {
        s->more = c >= 0xf0 ? 3 : c >= 0xe0 ? 2 : 1;
        s->character = c & (0x3fu >> s->more);
    } else {
        character_put(s, REPLACEMENT);
    }
}

void screen_byte(struct screen *s, unsigned char byte) {
    if (s->escape) escape_byte(s, byte);
    else if (byte < ' ') control(s, byte);
    else text_byte(s, byte);
}
