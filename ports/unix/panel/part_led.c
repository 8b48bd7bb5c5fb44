// SPDX-License-Identifier: MIT
// A light-emitting diode: as bright as its pin was on since the last look, so PWM dims and fast blinking blends.
#include "ports/unix/panel/panel.h"

#include <math.h>

static double brightness(const struct panel *p, const struct scene_part_still *part) {
    if (part->gpio < 0 || part->gpio >= SCENE_PINS) return 0;
    const struct scene_pin *pin = &p->now.pins[part->gpio];
    if (pin->floating) return 0;
    double on = p->hertz[part->gpio] >= 15 ? p->duty[part->gpio] : pin->level;
    return part->active_low ? 1 - on : on;
}

static void led_draw(struct panel *p, int index, struct rect r) {
    const struct scene_part_still *part = &p->scene->still.parts[index];
    struct colour c = part_colour(p, part->colour);
    double on = brightness(p, part), seen = pow(on, 0.55); // eyes are not linear
    double x = r.x + r.w / 2, y = r.y + r.h / 2, size = r.w < r.h ? r.w : r.h;
    if (seen > 0.01) {
        cairo_pattern_t *glow = cairo_pattern_create_radial(x, y, size * 0.2, x, y, size * 1.9);
        cairo_pattern_add_color_stop_rgba(glow, 0, c.r, c.g, c.b, 0.75 * seen);
        cairo_pattern_add_color_stop_rgba(glow, 0.45, c.r, c.g, c.b, 0.25 * seen);
        cairo_pattern_add_color_stop_rgba(glow, 1, c.r, c.g, c.b, 0);
        cairo_set_source(p->cr, glow);
        cairo_arc(p->cr, x, y, size * 1.9, 0, 2 * PI);
        cairo_fill(p->cr);
        cairo_pattern_destroy(glow);
    }
    struct rect body = {x - size * 0.5, y - size * 0.32, size, size * 0.64};
    draw_rounded(p, body, size * 0.14);
    cairo_set_source_rgb(p->cr, 0.16 + (c.r - 0.16) * (0.22 + 0.78 * seen), 0.16 + (c.g - 0.16) * (0.22 + 0.78 * seen),
                         0.16 + (c.b - 0.16) * (0.22 + 0.78 * seen));
    cairo_fill_preserve(p->cr);
    cairo_set_source_rgba(p->cr, 0, 0, 0, 0.45);
    cairo_set_line_width(p->cr, 1);
    cairo_stroke(p->cr);
    if (seen > 0.3) { // the die itself is nearly white
        cairo_arc(p->cr, x, y, size * 0.14, 0, 2 * PI);
        cairo_set_source_rgba(p->cr, 1, 1, 1, seen * 0.8);
        cairo_fill(p->cr);
    }
}

const struct part_picture picture_led = {.kind = "led", .w = 2.6, .h = 2.6, .draw = led_draw};
