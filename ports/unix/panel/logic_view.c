// SPDX-License-Identifier: MIT
// The logic view: waveforms of chosen nets, interrupts and collections on tracks of their own, cursors, time axis.
//
// Where more than one edge falls into one pixel, a solid bar is drawn: it says "busy" and costs no more than a line.
#include "ports/unix/panel/panel.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { NAME_W = 92, AXIS_H = 18 };
static struct rect area; // of the waveforms, at the last drawing

struct window { // the times that are shown
    double from, span;
    struct rect r;
};

static double x_of(const struct window *w, double at) { return w->r.x + (at - w->from) / w->span * w->r.w; }
static double time_at(const struct panel *p, double x) {
    double right = p->follow ? (double)p->now.heard : (double)p->right;
    return right - p->span + (x - area.x) / area.w * p->span;
}

void logic_zoom(struct panel *p, double factor, double at) {
    double time = time_at(p, at), span = p->span * factor;
    if (span < 200 || span > 3.6e12) return;
    double right = time + (1 - (at - area.x) / area.w) * span;
    p->span = span;
    if (p->follow) return;
    p->right = right > 0 ? (uint64_t)right : 0;
}

// Walks the edges of a channel inside the window, oldest first.
static uint64_t first_edge(const struct channel *c, double from) {
    uint64_t low = c->head > EDGES ? c->head - EDGES : 0, high = c->head;
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        if ((double)c->edges[middle % EDGES].at < from)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool level_before(const struct panel *p, const struct channel *c, uint64_t edge) {
    uint64_t oldest = c->head > EDGES ? c->head - EDGES : 0;
    if (edge > oldest) return c->edges[(edge - 1) % EDGES].level;
    if (edge < c->head) return !c->edges[edge % EDGES].level;
    return p->now.pins[c->gpio].level;
}

static void wave_draw(struct panel *p, const struct channel *c, const struct window *w, double y, double h) {
    cairo_t *cr = p->cr;
    uint64_t i = first_edge(c, w->from);
    bool level = level_before(p, c, i);
    double x = w->r.x, top = y, low = y + h;
    cairo_move_to(cr, x, level ? top : low);
    while (i < c->head) {
        double at = x_of(w, (double)c->edges[i % EDGES].at), start = at;
        if (at > w->r.x + w->r.w) break;
        uint64_t begin = i;
        while (i < c->head && x_of(w, (double)c->edges[i % EDGES].at) < start + 1) level = c->edges[i++ % EDGES].level;
        cairo_line_to(cr, start, level_before(p, c, begin) ? top : low);
        if (i - begin > 1) { // too fast for this scale
            cairo_line_to(cr, start, top);
            cairo_line_to(cr, start, low);
        }
        cairo_line_to(cr, start, level ? top : low);
    }
    double end = x_of(w, (double)p->now.heard);
    cairo_line_to(cr, end < w->r.x + w->r.w ? end : w->r.x + w->r.w, level ? top : low);
    draw_colour(p, C_HIGH, 1);
    cairo_set_line_width(cr, 1.3);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    cairo_stroke(cr);
}

static void spans_draw(struct panel *p, const struct track *t, const struct window *w, double y, double h, enum colour_name colour) {
    uint64_t oldest = t->head > EDGES ? t->head - EDGES : 0;
    double began = -1, drawn = -1;
    draw_colour(p, colour, 1);
    for (uint64_t i = oldest; i < t->head; i++) {
        double x = x_of(w, (double)t->edges[i % EDGES].at);
        if (t->edges[i % EDGES].on) {
            began = x;
            continue;
        }
        double from = began < w->r.x ? w->r.x : began, to = x > w->r.x + w->r.w ? w->r.x + w->r.w : x;
        if (began < 0 || x < w->r.x || from > w->r.x + w->r.w || (to < drawn + 0.5 && to - from < 0.5)) continue;
        cairo_rectangle(p->cr, from, y, to - from > 1 ? to - from : 1, h);
        drawn = to;
    }
    cairo_fill(p->cr);
}

static void axis_words(double t, double step, char *out, size_t room) {
    static const char *const names[] = {"ns", "us", "ms", "s"};
    int unit = 0, digits = 0;
    double size = 1;
    for (; unit < 3 && (step >= size * 1000 || t >= size * 100000); unit++) size *= 1000;
    while (step * pow(10, digits) < size * 0.999) digits++;
    snprintf(out, room, "%.*f %s", digits, t > 0 ? t / size : 0, names[unit]);
}

static void axis_draw(struct panel *p, const struct window *w) {
    double step = pow(10, floor(log10(w->span / 4)));
    double most = w->r.w / 62 > 2 ? w->r.w / 62 : 2; // labels that fit
    if (most > 10) most = 10;
    while (w->span / step > most) step *= w->span / step > 2 * most ? 5 : 2;
    double y = w->r.y + w->r.h;
    for (double t = ceil(w->from / step) * step; t < w->from + w->span; t += step) {
        double x = x_of(w, t);
        if (t < -step / 2) continue;
        cairo_move_to(p->cr, x, w->r.y);
        cairo_line_to(p->cr, x, y);
        draw_colour(p, C_FAINT, 0.5);
        cairo_set_line_width(p->cr, 1);
        cairo_stroke(p->cr);
        char text[32];
        axis_words(t, step, text, sizeof text);
        if (x + 30 < w->r.x + w->r.w && x > w->r.x + 14) draw_text(p, x, y + 13, 9.5, C_DIM, CENTRE, text);
    }
}

static void cursors_draw(struct panel *p, const struct window *w) {
    for (int i = 0; i < 2; i++) {
        double x = x_of(w, (double)p->cursor[i]);
        if (!p->cursor[i] || x < w->r.x || x > w->r.x + w->r.w) continue;
        cairo_move_to(p->cr, x, w->r.y);
        cairo_line_to(p->cr, x, w->r.y + w->r.h);
        draw_colour(p, C_ACCENT, 1);
        cairo_set_line_width(p->cr, 1);
        cairo_stroke(p->cr);
        draw_bold(p, x + 3, w->r.y + 10, 10, C_ACCENT, LEFT, i ? "B" : "A");
    }
}

static void title_words(const struct panel *p, char *out, size_t room) {
    char span[32], apart[32];
    text_time(span, sizeof span, p->span);
    if (p->cursor[0] && p->cursor[1]) {
        double ns = fabs((double)p->cursor[1] - (double)p->cursor[0]);
        char rate[32];
        text_time(apart, sizeof apart, ns);
        text_hertz(rate, sizeof rate, ns > 0 ? 1e9 / ns : 0);
        snprintf(out, room, "B - A  %s  (%s)    window %s", apart, rate, span);
    } else {
        snprintf(out, room, "window %s%s", span, p->follow ? "" : "    held");
    }
}

static int tracks_used(const struct panel *p) {
    int n = p->collections.head > 0;
    for (uint32_t i = 0; i < p->now.n_lines; i++) n += p->irqs[i].head > 0;
    return n;
}

static void row_name(struct panel *p, const struct window *w, double y, double row, enum colour_name colour, const char *name) {
    double size = row < 16 ? 9 : 11, wide = draw_width(p, size, name) * 1.13, room = NAME_W - 14;
    if (wide > room) size = size * room / wide > 8 ? size * room / wide : 8;
    draw_bold(p, w->r.x - 10, y + row / 2 + size * 0.36, size, colour, RIGHT, name);
}

static const char *gpio_name(const struct panel *p, int gpio) {
    for (uint32_t i = 0; i < p->scene->still.n_pins && i < SCENE_PINS; i++)
        if (p->scene->still.pins[i].gpio == gpio) return p->scene->still.pins[i].name;
    return "?";
}

static double channels_draw(struct panel *p, const struct window *w, double row) {
    double y = w->r.y;
    for (int i = 0; i < p->n_channels && y + row <= w->r.y + w->r.h + 1; i++, y += row) {
        struct channel *c = &p->channels[i];
        row_name(p, w, y, row, C_TEXT, gpio_name(p, c->gpio));
        widget_add(p, (struct rect){w->r.x - NAME_W, y, NAME_W - 4, row}, W_CHANNEL, i,
                   "u: decode as UART, i: I2C with the next one, s: SPI with the next one");
        double decoded = c->decode ? 14 : 0;
        wave_draw(p, c, w, y + row * 0.2 + decoded, row * 0.6 - decoded);
        if (c->decode) decode_draw(p, i, (struct rect){w->r.x, y + 2, w->r.w, 13}, w->from, w->span);
    }
    return y;
}

static void tracks_draw(struct panel *p, const struct window *w, double y, double row) {
    for (uint32_t i = 0; i < p->now.n_lines && y + row <= w->r.y + w->r.h + 1; i++) {
        char name[SCENE_NAME + 4];
        if (p->irqs[i].head == 0) continue;
        const char *dot = strchr(p->now.lines[i].name, '.'); // of machine.Timer the second word
        snprintf(name, sizeof name, "irq %s", dot ? dot + 1 : p->now.lines[i].name);
        row_name(p, w, y, row, C_DIM, name);
        spans_draw(p, &p->irqs[i], w, y + row * 0.25, row * 0.5, C_ACCENT);
        y += row;
    }
    if (p->collections.head > 0 && y + row <= w->r.y + w->r.h + 1) {
        row_name(p, w, y, row, C_DIM, "collect");
        spans_draw(p, &p->collections, w, y + row * 0.25, row * 0.5, C_ARRAY);
    }
}

static void hint_draw(struct panel *p, struct rect r, const char *text) {
    double size = 12, wide = draw_width(p, size, text);
    if (wide > r.w - 28) size *= (r.w - 28) / wide;
    draw_text(p, r.x + r.w / 2, r.y + r.h / 2, size, C_DIM, CENTRE, text);
}

void logic_draw(struct panel *p, struct rect r) {
    char words[120];
    draw_panel(p, r, "LOGIC");
    title_words(p, words, sizeof words);
    double right = p->follow ? (double)p->now.heard : (double)p->right;
    struct window w = {right - p->span, p->span, {r.x + 14 + NAME_W, r.y + 32, r.w - NAME_W - 28, r.h - 44 - AXIS_H}};
    area = w.r;
    int rows = p->n_channels + tracks_used(p);
    double row = rows > 0 ? w.r.h / rows : w.r.h;
    if (row > 40) row = 40;
    if (row < 13) row = 13;
    int hidden = rows - (int)((w.r.h + 1) / row);
    if (hidden > 0) snprintf(words + strlen(words), sizeof words - strlen(words), "    %d more below", hidden);
    draw_text(p, r.x + r.w - 14, r.y + 20, 11, C_DIM, RIGHT, words);
    axis_draw(p, &w);
    cairo_save(p->cr);
    cairo_rectangle(p->cr, w.r.x - NAME_W - 4, w.r.y, w.r.w + NAME_W + 4, w.r.h);
    cairo_clip(p->cr);
    double y = channels_draw(p, &w, row);
    tracks_draw(p, &w, y, row);
    cursors_draw(p, &w);
    cairo_restore(p->cr);
    widget_add(p, w.r, W_LOGIC, 0, "wheel: zoom; click: cursor A, right click: B; h: hold");
    if (rows == 0)
        hint_draw(p, r, "no pin has changed yet: right-click a pin to watch it");
}
