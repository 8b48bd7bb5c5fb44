// SPDX-License-Identifier: MIT
// An accelerometer: a bubble in a ring, which follows the tilt; dragging tilts the board.
#include "ports/unix/panel/panel.h"

#include <math.h>

static void accel_draw(struct panel *p, int index, struct rect r) {
    const struct scene_part *part = &p->now.parts[index];
    double x = r.x + r.w / 2, y = r.y + r.h / 2, size = r.w < r.h ? r.w : r.h;
    cairo_arc(p->cr, x, y, size * 0.48, 0, 2 * PI);
    cairo_set_source_rgb(p->cr, 0.08, 0.1, 0.13);
    cairo_fill_preserve(p->cr);
    draw_colour(p, C_METAL, 1);
    cairo_set_line_width(p->cr, 1.2);
    cairo_stroke(p->cr);
    cairo_arc(p->cr, x, y, size * 0.18, 0, 2 * PI);
    draw_colour(p, C_FAINT, 1);
    cairo_stroke(p->cr);
    double bx = part->x, by = part->y, far = hypot(bx, by);
    if (far > 1) bx /= far, by /= far;
    cairo_arc(p->cr, x + bx * size * 0.33, y - by * size * 0.33, size * 0.12, 0, 2 * PI);
    draw_colour(p, C_DICT, 1);
    cairo_fill(p->cr);
}

const struct part_picture picture_accel = {.kind = "accel", .w = 5.5, .h = 5.5, .draw = accel_draw, .tilts = true};
