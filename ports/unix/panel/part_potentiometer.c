// SPDX-License-Identifier: MIT
// A potentiometer: a knob that turns from 7 to 5 o'clock.
#include "ports/unix/panel/panel.h"

#include <math.h>

static void potentiometer_draw(struct panel *p, int index, struct rect r) {
    double x = r.x + r.w / 2, y = r.y + r.h / 2, size = r.w < r.h ? r.w : r.h;
    double from = PI * 0.75, angle = from + p->now.parts[index].value * PI * 1.5;
    cairo_set_line_width(p->cr, size * 0.09);
    cairo_arc(p->cr, x, y, size * 0.44, from, from + PI * 1.5);
    draw_colour(p, C_FAINT, 1);
    cairo_stroke(p->cr);
    cairo_arc(p->cr, x, y, size * 0.44, from, angle);
    draw_colour(p, C_ACCENT, 1);
    cairo_stroke(p->cr);
    cairo_arc(p->cr, x, y, size * 0.33, 0, 2 * PI);
    cairo_set_source_rgb(p->cr, 0.25, 0.29, 0.36);
    cairo_fill(p->cr);
    cairo_move_to(p->cr, x + cos(angle) * size * 0.1, y + sin(angle) * size * 0.1);
    cairo_line_to(p->cr, x + cos(angle) * size * 0.29, y + sin(angle) * size * 0.29);
    cairo_set_source_rgb(p->cr, 1, 1, 1);
    cairo_set_line_width(p->cr, size * 0.06);
    cairo_stroke(p->cr);
}

const struct part_picture picture_potentiometer = {.kind = "potentiometer", .w = 9, .h = 9, .draw = potentiometer_draw, .turns = true};
