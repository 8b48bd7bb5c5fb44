// SPDX-License-Identifier: MIT
// Push buttons (also the reset button) and slide switches.
#include "ports/unix/panel/panel.h"

#include <math.h>
#include <string.h>

static bool is_down(const struct panel *p, int index) {
    return p->now.parts[index].value > 0.5f || p->pressed_part == index || p->key_part == index;
}

static void name_below(struct panel *p, int index, struct rect r) {
    const struct scene_part_still *part = &p->scene->still.parts[index];
    if (part->x < 0) return; // the strip writes it
    cairo_set_source_rgba(p->cr, 1, 1, 1, 0.85);
    cairo_select_font_face(p->cr, "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(p->cr, r.h * 0.34);
    cairo_text_extents_t e;
    cairo_text_extents(p->cr, part->name, &e);
    cairo_move_to(p->cr, r.x + r.w / 2 - e.x_advance / 2, r.y + r.h * 1.38);
    cairo_show_text(p->cr, part->name);
    cairo_new_path(p->cr);
}

static void button_shape(struct panel *p, int index, struct rect r, double red, double green, double blue) {
    double x = r.x + r.w / 2, y = r.y + r.h / 2, size = r.w < r.h ? r.w : r.h;
    draw_rounded(p, (struct rect){x - size / 2, y - size / 2, size, size}, size * 0.12);
    cairo_set_source_rgb(p->cr, 0.74, 0.76, 0.79);
    cairo_fill_preserve(p->cr);
    cairo_set_source_rgba(p->cr, 0, 0, 0, 0.5);
    cairo_set_line_width(p->cr, 1);
    cairo_stroke(p->cr);
    bool down = is_down(p, index);
    cairo_arc(p->cr, x, y, size * (down ? 0.27 : 0.33), 0, 2 * PI);
    cairo_set_source_rgb(p->cr, down ? red * 0.6 : red, down ? green * 0.6 : green, down ? blue * 0.6 : blue);
    cairo_fill_preserve(p->cr);
    cairo_set_source_rgba(p->cr, 0, 0, 0, 0.6);
    cairo_stroke(p->cr);
    name_below(p, index, r);
}

static void button_draw(struct panel *p, int index, struct rect r) { button_shape(p, index, r, 0.2, 0.22, 0.26); }
static void reset_draw(struct panel *p, int index, struct rect r) { button_shape(p, index, r, 0.62, 0.2, 0.16); }

static void switch_draw(struct panel *p, int index, struct rect r) {
    bool on = p->now.parts[index].value > 0.5f;
    draw_rounded(p, r, r.h * 0.5);
    draw_colour(p, on ? C_ACCENT : C_LOW, 1);
    cairo_fill(p->cr);
    cairo_arc(p->cr, on ? r.x + r.w - r.h / 2 : r.x + r.h / 2, r.y + r.h / 2, r.h * 0.38, 0, 2 * PI);
    cairo_set_source_rgb(p->cr, 1, 1, 1);
    cairo_fill(p->cr);
}

const struct part_picture picture_button = {.kind = "button", .w = 4.2, .h = 4.2, .draw = button_draw, .presses = true};
const struct part_picture picture_reset = {.kind = "reset", .w = 4.2, .h = 4.2, .draw = reset_draw, .presses = true};
const struct part_picture picture_switch = {.kind = "switch", .w = 6, .h = 3, .draw = switch_draw, .presses = true, .stays = true};
