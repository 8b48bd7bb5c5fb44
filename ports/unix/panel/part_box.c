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
    draw_text(p, r.x + r.w / 2, r.y + r.h / 2 + 3, 9, C_DIM, CENTRE, text);
}

const struct part_picture picture_box = {"", 8, 5, box_draw, false, false, false};
