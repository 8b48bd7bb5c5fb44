// SPDX-License-Identifier: MIT
// A part of which there is no picture: a box with the name of its kind.
#include "ports/unix/panel/panel.h"

#include <stdio.h>

static void box_draw(struct panel *p, int index, struct rect r) {
    char text[SCENE_NAME];
    snprintf(text, sizeof text, "%.20s", p->scene->still.parts[index].kind);
    draw_rounded(p, r, 3);
    draw_colour(p, C_CHIP, 1);
    cairo_fill_preserve(p->cr);
    draw_colour(p, C_METAL, 1);
    cairo_set_line_width(p->cr, 1);
    cairo_stroke(p->cr);
    double size = 9, wide = draw_width(p, size, text);
    if (wide > r.w - 4) size *= (r.w - 4) / wide;
    draw_text(p, r.x + r.w / 2, r.y + r.h / 2 + size / 3, size, C_DIM, CENTRE, text);
}

const struct part_picture picture_box = {.kind = "", .w = 8, .h = 5, .draw = box_draw};
