// SPDX-License-Identifier: MIT
// The console: what the program printed, as a terminal shows it, and what the person types into it.
//
// Invariants
//  - Keys go to the program only while panel->typing, which a click or the tab key sets; then no short cut of another view hears them.
//    Escape and shift+tab end it, and so does the end of the program.
//  - What is typed or pasted waits in `pending` until the ring of the scene has room for it: it is never lost, and nothing waits for it.
//  - Lines are broken at the view's right edge. `scroll` counts rows of the view from the end; typing goes back there.
#include "ports/unix/panel/panel.h"

#include <string.h>

enum { SIZE = 12, STEP = 16 };
#define ADVANCE (SIZE * 0.602) // of DejaVu Sans Mono, in points

// ---- bytes from the program -----------------------------------------------------------------------------------------------------
void console_take(struct panel *p) {
    uint64_t head = atomic_load(&p->scene->console_head), last = p->screen.last;
    if (head < p->console_seen) p->console_seen = 0;
    if (head - p->console_seen > SCENE_CONSOLE) p->console_seen = head - SCENE_CONSOLE;
    for (; p->console_seen < head; p->console_seen++)
        screen_byte(&p->screen, (unsigned char)p->scene->console[p->console_seen % SCENE_CONSOLE]);
    if (p->scroll > 0 && p->screen.last > last) p->scroll += p->screen.last - last; // what is read stays in place
}

// ---- bytes to the program ---------------------------------------------------------------------------------------------------------
static void bytes_type(struct panel *p, const char *bytes, size_t n) {
    if (n > sizeof p->pending - p->n_pending) n = sizeof p->pending - p->n_pending;
    memcpy(p->pending + p->n_pending, bytes, n);
    p->n_pending += n;
    p->scroll = 0;
    console_feed(p);
}

void console_feed(struct panel *p) {
    size_t taken = scene_typed_put(p->scene, p->pending, p->n_pending);
    p->n_pending -= taken;
    memmove(p->pending, p->pending + taken, p->n_pending);
}

void console_text(struct panel *p, const char *text) {
    if (p->typing) bytes_type(p, text, strlen(text));
}

void console_paste(struct panel *p, const char *text) { // lines end as the return key ends them
    if (!p->typing) return;
    if (p->screen.marks) bytes_type(p, "\033[200~", 6);
    for (char before = 0; *text; before = *text++)
        if (*text != '\n' || before != '\r') bytes_type(p, *text == '\n' ? "\r" : text, 1);
    if (p->screen.marks) bytes_type(p, "\033[201~", 6);
}

// What a key that is no text says to a program; NULL: nothing.
static const char *key_bytes(const char *name) {
    static const struct {
        const char *name, *bytes;
    } known[] = {{"Return", "\r"},    {"Keypad Enter", "\r"}, {"Backspace", "\177"}, {"Tab", "\t"},       {"Delete", "\033[3~"},
                 {"Up", "\033[A"},    {"Down", "\033[B"},     {"Right", "\033[C"},   {"Left", "\033[D"},  {"Home", "\033[H"},
                 {"End", "\033[F"},   {"Insert", "\033[2~"}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i].name, name) == 0) return known[i].bytes;
    return NULL;
}

static bool word_key(const char *name, char *bytes) { // control and left, right, ...
    const char *plain = key_bytes(name);
    if (!plain || strlen(plain) != 3 || plain[0] != 27) return false;
    memcpy(bytes, "\033[1;5", 5);
    bytes[5] = plain[2];
    return true;
}

void console_key(struct panel *p, const char *name, unsigned modifiers) {
    const char *bytes = key_bytes(name);
    char word[6];
    if (strcmp(name, "Escape") == 0 || (strcmp(name, "Tab") == 0 && modifiers & KEY_SHIFT)) {
        p->typing = false;
    } else if (strcmp(name, "PageUp") == 0) {
        console_scroll(p, p->rows > 1 ? p->rows - 1 : 1);
    } else if (strcmp(name, "PageDown") == 0) {
        console_scroll(p, p->rows > 1 ? 1 - p->rows : -1);
    } else if (modifiers & KEY_CONTROL && word_key(name, word)) {
        bytes_type(p, word, sizeof word);
    } else if (modifiers & KEY_CONTROL && name[0] && !name[1] && name[0] >= '@' && name[0] <= '_') {
        bytes_type(p, &(char){(char)(name[0] & 31)}, 1);
    } else if (bytes) {
        bytes_type(p, bytes, strlen(bytes));
    }
}

void console_scroll(struct panel *p, int rows) {
    if (rows < 0 && (uint64_t)-rows > p->scroll) p->scroll = 0;
    else p->scroll += (uint64_t)(int64_t)rows;
}

// ---- the view ----------------------------------------------------------------------------------------------------------------------
static int rows_of(const struct screen *s, uint64_t line, int columns) {
    int len = screen_line_at(s, line)->len;
    if (line == s->row && s->column >= len) len = s->column + 1; // the cursor stands behind it
    return len > columns ? (len + columns - 1) / columns : 1;
}

int utf8_put(char *to, uint32_t c) {
    int n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (int i = n - 1; i > 0; i--, c >>= 6) to[i] = (char)(0x80 | (c & 0x3f));
    to[0] = (char)(n == 1 ? c : (0xf00 >> n & 0xff) | c);
    return n;
}

struct place console_place(const struct panel *p, double x, double y) {
    double down = (y - p->text_at.y) / STEP, right = (x - p->text_at.x) / ADVANCE + 0.5;
    uint64_t row = p->skipped + (uint64_t)(down > 0 ? down : 0), at = 0;
    for (uint64_t line = p->screen.first; line <= p->screen.last && p->columns > 0; line++) {
        uint64_t rows = (uint64_t)rows_of(&p->screen, line, p->columns);
        if (row < at + rows) {
            int column = (int)(row - at) * p->columns + (int)(right < 0 ? 0 : right > p->columns ? p->columns : right);
            return (struct place){line, column < SCREEN_WIDTH ? column : SCREEN_WIDTH};
        }
        at += rows;
    }
    return (struct place){p->screen.last, SCREEN_WIDTH};
}

static void character_draw(struct panel *p, double x, double y, uint32_t c) {
    char text[5] = {0};
    utf8_put(text, c);
    cairo_move_to(p->cr, x, y);
    cairo_show_text(p->cr, text);
}

static void style_draw(struct panel *p, uint32_t cell) {
    static const unsigned hex[2][8] = {{0x7a8699, 0xf2705a, 0x4fc787, 0xe6c84f, 0x6ea8ff, 0xd98cc0, 0x5cc7d6, 0xe3e9f2},
                                       {0x586579, 0xb3261e, 0x0b7a4b, 0x8a6a00, 0x1f5fbf, 0x9a3f7e, 0x0b7285, 0x18202c}};
    unsigned colour = (cell & CELL_COLOUR) >> CELL_COLOUR_SHIFT;
    cairo_select_font_face(p->cr, "DejaVu Sans Mono", CAIRO_FONT_SLANT_NORMAL,
                           cell & CELL_BOLD ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(p->cr, SIZE);
    if (colour == 0) {
        draw_colour(p, C_TEXT, 1);
        return;
    }
    unsigned c = hex[p->light][(colour - 1) % 8];
    cairo_set_source_rgb(p->cr, (c >> 16) / 255.0, (c >> 8 & 255) / 255.0, (c & 255) / 255.0);
}

// Cells from..to of a line, in one row of the view: runs of one style and of plain letters go together.
static void cells_draw(struct panel *p, const struct screen_line *l, int from, int to, double x, double y) {
    char run[SCREEN_WIDTH + 1];
    uint32_t style = UINT32_MAX;
    for (int i = from; i < to && i < l->len;) {
        uint32_t cell = l->cells[i], c = cell & CELL_CHARACTER;
        if ((cell & ~(uint32_t)CELL_CHARACTER) != style) {
            style = cell & ~(uint32_t)CELL_CHARACTER;
            style_draw(p, style);
        }
        int n = 0, start = i;
        for (; i < to && i < l->len && (l->cells[i] & CELL_CHARACTER) < 0x80 && (l->cells[i] & ~(uint32_t)CELL_CHARACTER) == style; i++)
            run[n++] = (l->cells[i] & CELL_CHARACTER) >= ' ' ? (char)(l->cells[i] & CELL_CHARACTER) : ' ';
        run[n] = 0;
        cairo_move_to(p->cr, x + (start - from) * ADVANCE, y);
        if (n > 0) cairo_show_text(p->cr, run);
        else character_draw(p, x + (start - from) * ADVANCE, y, c), i++;
    }
    cairo_new_path(p->cr);
}

static void cursor_draw(struct panel *p, double x, double y) {
    if (p->screen.hidden || (!p->typing && !p->now.typing)) return;
    cairo_rectangle(p->cr, x + 0.5, y + 2.5, ADVANCE - 1, STEP - 3);
    draw_colour(p, p->typing ? C_ACCENT : C_DIM, p->typing ? 0.75 : 1);
    cairo_set_line_width(p->cr, 1);
    if (p->typing) cairo_fill(p->cr);
    else cairo_stroke(p->cr);
}

static void marked_draw(struct panel *p, uint64_t line, int from, int columns, double x, double y) {
    int first, end;
    if (!selection_in_line(p, line, &first, &end)) return;
    if (first < from) first = from;
    if (end > from + columns) end = from + columns;
    if (first >= end) return;
    cairo_rectangle(p->cr, x + (first - from) * ADVANCE, y + 1, (end - first) * ADVANCE, STEP);
    draw_colour(p, C_ACCENT, 0.3);
    cairo_fill(p->cr);
}

static void line_draw(struct panel *p, uint64_t line, int columns, struct rect in, double y) { // y of its first row
    const struct screen *s = &p->screen;
    const struct screen_line *l = screen_line_at(s, line);
    for (int row = 0; row < rows_of(s, line, columns); row++, y += STEP) {
        if (y < in.y - 1 || y + STEP > in.y + in.h + 1) continue;
        int from = row * columns, column = s->column - from;
        marked_draw(p, line, from, columns, in.x, y);
        if (line == s->row && column >= 0 && column < columns) cursor_draw(p, in.x + column * ADVANCE, y);
        cells_draw(p, l, from, from + columns, in.x, y + SIZE);
    }
}

static void bar_beside(struct panel *p, struct rect in, uint64_t all, uint64_t below) { // where in what scrolled out the view is
    double h = in.h * p->rows / (double)all, y = in.y + in.h - h - (in.h - h) * (double)below / (double)(all - (uint64_t)p->rows);
    draw_rounded(p, (struct rect){in.x + in.w + 4, y, 4, h < 12 ? 12 : h}, 2);
    draw_colour(p, below > 0 ? C_ACCENT : C_FAINT, 1);
    cairo_fill(p->cr);
}

static void screen_draw(struct panel *p, struct rect in) {
    const struct screen *s = &p->screen;
    int columns = (int)(in.w / ADVANCE);
    p->rows = (int)(in.h / STEP);
    if (columns < 1 || p->rows < 1) return;
    uint64_t all = 0, page = 0, most = (uint64_t)p->rows;
    for (uint64_t line = s->first; line <= s->last; line++) {
        int rows = rows_of(s, line, columns);
        all += (uint64_t)rows;
        if (line >= s->page) page += (uint64_t)rows;
    }
    uint64_t least = page < most ? page : most; // the page begins at the top until it is full
    if (p->scroll > all - least) p->scroll = all - least;
    uint64_t skip = all - p->scroll - least, at = 0;
    p->columns = columns;
    p->text_at = in;
    p->skipped = skip;
    for (uint64_t line = s->first; line <= s->last; line++) {
        uint64_t rows = (uint64_t)rows_of(s, line, columns);
        if (at + rows > skip && at < skip + most) line_draw(p, line, columns, in, in.y + ((double)at - (double)skip) * STEP);
        at += rows;
    }
    if (all > most) bar_beside(p, in, all, p->scroll);
}

void console_draw(struct panel *p, struct rect r) {
    draw_panel(p, r, "CONSOLE");
    if (p->typing) {
        draw_rounded(p, r, 10);
        draw_colour(p, C_ACCENT, 1);
        cairo_set_line_width(p->cr, 2);
        cairo_stroke(p->cr);
    }
    const char *words = p->scroll > 0 ? "scrolled back" : p->typing ? "esc: leave" : p->now.typing ? "click to type" : "";
    draw_text(p, r.x + r.w - 14, r.y + 20, 11, p->typing ? C_ACCENT : C_DIM, RIGHT, words);
    widget_add(p, r, W_CONSOLE, 0, p->now.typing ? "click, or tab, to type to the program; drag, ctrl+shift+c: copy; wheel: scroll back"
                                                    : "drag, ctrl+shift+c: copy; wheel: scroll back");
    struct rect in = {r.x + 14, r.y + 32, r.w - 28, r.h - 42};
    cairo_save(p->cr);
    cairo_rectangle(p->cr, in.x, in.y, in.w + 10, in.h);
    cairo_clip(p->cr);
    screen_draw(p, in);
    cairo_restore(p->cr);
    if (screen_is_empty(&p->screen) && !p->now.typing) draw_text(p, in.x, in.y + SIZE, SIZE, C_FAINT, LEFT, "nothing printed yet");
}
