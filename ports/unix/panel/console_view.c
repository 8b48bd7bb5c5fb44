// SPDX-License-Identifier: MIT
// The console: what the program printed, line by line; escape sequences of terminals are left out.
#include "ports/unix/panel/panel.h"

#include <string.h>

static void line_end(struct panel *p) {
    if (p->n_lines == CONSOLE_LINES - 1) {
        memmove(p->lines[0], p->lines[1], sizeof p->lines[0] * (CONSOLE_LINES - 1));
        p->n_lines--;
    }
    p->n_lines++;
    p->column = 0;
    memset(p->lines[p->n_lines], 0, sizeof p->lines[0]);
}

static void byte_take(struct panel *p, char c) {
    if (p->escape) { // ESC [ ... letter
        p->escape = p->escape == 1 && c == '[' ? 2 : p->escape == 2 && !(c >= '@' && c <= '~') ? 2 : 0;
        return;
    }
    if (c == 27)
        p->escape = 1;
    else if (c == '\n')
        line_end(p);
    else if (c == '\r')
        p->column = 0;
    else if (c == '\b')
        p->column -= p->column > 0;
    else if (c == '\t')
        do byte_take(p, ' ');
        while (p->column % 8);
    else if ((unsigned char)c >= ' ') {
        if (p->column == CONSOLE_WIDTH) line_end(p);
        p->lines[p->n_lines][p->column++] = c;
    }
}

void console_take(struct panel *p) {
    uint64_t head = atomic_load(&p->scene->console_head);
    if (head < p->console_seen) p->console_seen = 0;
    if (head - p->console_seen > SCENE_CONSOLE) p->console_seen = head - SCENE_CONSOLE;
    for (; p->console_seen < head; p->console_seen++) byte_take(p, p->scene->console[p->console_seen % SCENE_CONSOLE]);
}

// The first `most` letters of UTF-8 text; what is not UTF-8 becomes a ?.
static void text_clean(const char *from, char *to, size_t most) {
    size_t n = 0;
    for (const unsigned char *s = (const unsigned char *)from; *s && n < most; n++) {
        int more = *s >= 0xf0 ? 3 : *s >= 0xe0 ? 2 : *s >= 0xc2 ? 1 : 0, good = *s < 0x80 || more > 0;
        for (int i = 1; i <= more; i++) good = good && (s[i] & 0xc0) == 0x80;
        if (!good) {
            *to++ = '?';
            s++;
        } else {
            for (int i = 0; i <= more; i++) *to++ = (char)*s++;
        }
    }
    *to = 0;
}

void console_draw(struct panel *p, struct rect r) {
    enum { SIZE = 12, STEP = 16 };
    draw_panel(p, r, "CONSOLE");
    struct rect in = {r.x + 14, r.y + 32, r.w - 28, r.h - 42};
    int rows = (int)(in.h / STEP), shown = p->n_lines + (p->column > 0);
    int first = shown > rows ? shown - rows : 0;
    cairo_save(p->cr);
    cairo_rectangle(p->cr, in.x, in.y, in.w, in.h);
    cairo_clip(p->cr);
    for (int i = first; i < shown; i++) {
        char text[CONSOLE_WIDTH * 4 + 1];
        text_clean(p->lines[i], text, (size_t)(in.w / (SIZE * 0.6)));
        draw_mono(p, in.x, in.y + (i - first) * STEP + SIZE, SIZE, C_TEXT, text);
    }
    cairo_restore(p->cr);
    if (shown == 0) draw_text(p, in.x, in.y + SIZE, SIZE, C_FAINT, LEFT, "nothing printed yet");
}
