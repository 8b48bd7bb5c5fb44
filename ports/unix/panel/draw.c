// SPDX-License-Identifier: MIT
// Small drawing: text, rounded boxes, numbers with units; and the list of what can be clicked.
#include "ports/unix/panel/panel.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

void draw_rgb(struct panel *p, struct colour c, double alpha) { cairo_set_source_rgba(p->cr, c.r, c.g, c.b, alpha); }
void draw_colour(struct panel *p, enum colour_name name, double alpha) { draw_rgb(p, p->colours[name], alpha); }

void draw_rounded(struct panel *p, struct rect r, double radius) {
    cairo_t *cr = p->cr;
    if (radius > r.w / 2) radius = r.w / 2;
    if (radius > r.h / 2) radius = r.h / 2;
    cairo_new_sub_path(cr);
    cairo_arc(cr, r.x + r.w - radius, r.y + radius, radius, -PI / 2, 0);
    cairo_arc(cr, r.x + r.w - radius, r.y + r.h - radius, radius, 0, PI / 2);
    cairo_arc(cr, r.x + radius, r.y + r.h - radius, radius, PI / 2, PI);
    cairo_arc(cr, r.x + radius, r.y + radius, radius, PI, PI * 1.5);
    cairo_close_path(cr);
}

void draw_panel(struct panel *p, struct rect r, const char *title) {
    draw_rounded(p, r, 10);
    draw_colour(p, C_PANEL, 1);
    cairo_fill_preserve(p->cr);
    draw_colour(p, C_PANEL_EDGE, 1);
    cairo_set_line_width(p->cr, 1);
    cairo_stroke(p->cr);
    draw_bold(p, r.x + 14, r.y + 20, 12, C_DIM, LEFT, title);
}

static void text_at(struct panel *p, double x, double y, double size, enum colour_name colour, enum align align, const char *text) {
    cairo_text_extents_t e;
    cairo_set_font_size(p->cr, size);
    if (align != LEFT) {
        cairo_text_extents(p->cr, text, &e);
        x -= align == RIGHT ? e.x_advance : e.x_advance / 2;
    }
    draw_colour(p, colour, 1);
    cairo_move_to(p->cr, x, y);
    cairo_show_text(p->cr, text);
    cairo_new_path(p->cr); // no point to go on from
}

void draw_text(struct panel *p, double x, double y, double size, enum colour_name colour, enum align align, const char *text) {
    cairo_select_font_face(p->cr, "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
    text_at(p, x, y, size, colour, align, text);
}

void draw_bold(struct panel *p, double x, double y, double size, enum colour_name colour, enum align align, const char *text) {
    cairo_select_font_face(p->cr, "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_BOLD);
    text_at(p, x, y, size, colour, align, text);
}

void draw_mono(struct panel *p, double x, double y, double size, enum colour_name colour, const char *text) {
    cairo_select_font_face(p->cr, "DejaVu Sans Mono", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
    text_at(p, x, y, size, colour, LEFT, text);
}

double draw_width(struct panel *p, double size, const char *text) {
    cairo_text_extents_t e;
    cairo_select_font_face(p->cr, "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(p->cr, size);
    cairo_text_extents(p->cr, text, &e);
    return e.x_advance;
}

static void text_scaled(char *out, size_t room, double v, const char *const *units, size_t n, double step) {
    size_t i = 0;
    while (i + 1 < n && v >= step * 0.9995) v /= step, i++;
    snprintf(out, room, v >= 99.95 || v == floor(v) ? "%.0f %s" : v >= 9.995 ? "%.1f %s" : "%.2f %s", v, units[i]);
}

void text_time(char *out, size_t room, double ns) {
    static const char *const units[] = {"ns", "us", "ms", "s"};
    text_scaled(out, room, ns, units, 4, 1000);
}
void text_hertz(char *out, size_t room, double hertz) {
    static const char *const units[] = {"Hz", "kHz", "MHz"};
    text_scaled(out, room, hertz == floor(hertz) ? hertz + 1e-6 : hertz, units, 3, 1000); // measured: never without its digits
}
void text_bytes(char *out, size_t room, double bytes) {
    static const char *const units[] = {"B", "KiB", "MiB", "GiB"};
    text_scaled(out, room, bytes, units, 4, 1024);
}

bool inside(struct rect r, double x, double y) { return x >= r.x && x < r.x + r.w && y >= r.y && y < r.y + r.h; }

int widget_add(struct panel *p, struct rect r, enum widget_kind kind, int index, const char *hint) {
    if (p->n_widgets == WIDGETS) return -1;
    p->widgets[p->n_widgets] = (struct widget){r, kind, index, hint};
    if (p->focus == p->n_widgets) draw_focus(p, r);
    return p->n_widgets++;
}

void draw_focus(struct panel *p, struct rect r) {
    draw_rounded(p, (struct rect){r.x - 2, r.y - 2, r.w + 4, r.h + 4}, 5);
    draw_colour(p, C_ACCENT, 1);
    cairo_set_line_width(p->cr, 2);
    cairo_stroke(p->cr);
}
